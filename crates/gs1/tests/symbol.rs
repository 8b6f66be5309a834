//! Symbols as others read them: sizes, the library's decoder, SVG and PNG pixel by pixel.

#![allow(clippy::unwrap_used, reason = "a helper of a test fails by panicking")]

use datamatrix::DataMatrix;
use gs1::symbol::{QUIET, Symbol, SymbolError, data_codewords};
use gs1::{ElementString, GS};
use proptest::prelude::*;

fn modules(symbol: &Symbol) -> Vec<bool> {
    let side = 0..symbol.size();
    side.clone().flat_map(|y| side.clone().map(move |x| (x, y))).map(|(x, y)| symbol.dark(x, y)).collect()
}

/// The decoder of the library gives the separators inside the data as GS and drops the leading FNC1.
fn decoded(symbol: &Symbol) -> Vec<u8> {
    DataMatrix::decode(&modules(symbol), symbol.size()).unwrap()
}

fn encode(raw: &str) -> (Symbol, usize) {
    let code = ElementString::parse(raw).unwrap();
    (Symbol::encode(&code).unwrap(), data_codewords(&code).len())
}

/// A path of closed rectangles one unit high, as modules.
fn drawn(svg: &str, size: usize) -> Vec<bool> {
    let path = svg.split("<path d=\"").nth(1).unwrap().split('"').next().unwrap();
    let mut modules = vec![false; size * size];
    let (mut x, mut y) = (0i64, 0i64);
    for run in path.split_terminator('z') {
        let (position, rectangle) = run[1..].split_once('h').unwrap();
        let (dx, dy) = position.split_once(' ').unwrap();
        (x, y) = (x + dx.parse::<i64>().unwrap(), y + dy.parse::<i64>().unwrap());
        let (length, back) = rectangle.split_once("v1h-").unwrap();
        assert_eq!(length, back);
        for module in x..x + length.parse::<i64>().unwrap() {
            let (column, row) = (module as usize - QUIET, y as usize - QUIET);
            assert!(column < size);
            modules[row * size + column] = true;
        }
    }
    modules
}

/// The modules of a PNG file, having looked at every pixel of it.
fn printed(file: &[u8], size: usize, scale: usize) -> Vec<bool> {
    let mut reader = png::Decoder::new(std::io::Cursor::new(file)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    let side = (size + 2 * QUIET) * scale;
    assert_eq!((info.width as usize, info.height as usize), (side, side));
    let dark = |x: usize, y: usize| pixels[y * info.line_size + x / 8] & (0x80 >> (x % 8)) == 0;
    let mut modules = vec![false; size * size];
    for (x, y) in (0..side).flat_map(|y| (0..side).map(move |x| (x, y))) {
        let (column, row) = ((x / scale).wrapping_sub(QUIET), (y / scale).wrapping_sub(QUIET));
        let inside = column < size && row < size;
        assert!(inside || !dark(x, y), "the quiet zone is light");
        if inside {
            modules[row * size + column] |= dark(x, y);
            assert_eq!(modules[row * size + column], dark(x, y), "a module has one colour");
        }
    }
    modules
}

/// Digit pairs save codewords, so the fullest symbol is one without them.
#[test]
fn a_signed_code_fills_forty_modules() {
    let tail = "Ab".repeat(41) + "C";
    let (symbol, codewords) = encode(&format!("0104870001234560213ABCDEFGHJKMN{GS}91KEYA{GS}92{tail}"));
    assert_eq!((tail.len(), symbol.size(), codewords), (83, 40, 114));
}

#[test]
fn data_beyond_the_largest_symbol_is_refused() {
    let long = (91..=99).map(|ai| format!("{ai}{}", "x".repeat(90))).collect::<Vec<_>>();
    assert!(ElementString::parse(&long.join("\u{1d}")).is_ok_and(|code| Symbol::encode(&code).is_ok()));
    assert_eq!(Symbol::encode_plain(&"x".repeat(4000)), Err(SymbolError::TooLong));
}

#[test]
fn plain_text_is_not_gs1() {
    let symbol = Symbol::encode_plain("https://example.org/").unwrap();
    assert_eq!(decoded(&symbol), b"https://example.org/");
    assert!(symbol.svg().contains("aria-label=\"Data Matrix\""));
    assert!(Symbol::encode_plain("Таңба").is_ok());
}

#[test]
fn the_image_says_what_it_is() {
    let (symbol, _) = encode("10A");
    let svg = symbol.svg();
    assert!(svg.contains("role=\"img\"") && svg.contains("aria-label=\"GS1 DataMatrix\""));
    assert_eq!(svg.matches("<path").count(), 1);
}

const SERIAL: &str = "3[0-9A-HJKMNP-TV-Z]{12}";
const TAIL: &str = "[-!*+./0-9:=?A-Z_a-z]{83}";

proptest! {
    #[test]
    fn each_profile_has_its_size(serial in SERIAL, key in "[0-9A-Z]{4}", tail in TAIL) {
        let signed = format!("010487000123456021{serial}{GS}91{key}{GS}92{tail}");
        let mac = format!("010487000123456021{serial}{GS}91{key}{GS}92{}", &tail[..44]);
        let short = format!("010487000123456021{serial}{GS}93{}", &tail[..4]);
        for (raw, size, most) in [(mac, 36, 75), (short, 22, 30)] {
            let (symbol, codewords) = encode(&raw);
            prop_assert!(codewords <= most);
            prop_assert!(symbol.size() <= size);
            prop_assert_eq!(decoded(&symbol), raw.as_bytes());
        }
        let (symbol, codewords) = encode(&signed);
        prop_assert!(codewords <= 114);
        prop_assert!(symbol.size() <= 40);
        prop_assert_eq!(decoded(&symbol), signed.as_bytes());
    }

    #[test]
    fn drawings_show_the_modules(serial in "[!-%&-~]{1,20}", scale in 1u32..5) {
        let serial = serial.replace(['#', '$', '@', '[', '\\', ']', '^', '`', '{', '|', '}', '~'], "x");
        let (symbol, _) = encode(&format!("010487000123456021{serial}"));
        prop_assert_eq!(drawn(&symbol.svg(), symbol.size()), modules(&symbol));
        prop_assert_eq!(printed(&symbol.png(scale), symbol.size(), scale as usize), modules(&symbol));
    }
}
