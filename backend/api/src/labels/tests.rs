//! What is drawn is read back from the bytes of the PDF.

use super::*;
use miniz_oxide::inflate::decompress_to_vec_zlib;
use shared::gs1::GS;
use shared::gs1::symbol::Symbol;
use shared::seal::{MacKey, SigningKey};

const GTIN: &str = "04870402000016";

fn codes(count: usize) -> Vec<String> {
    let (signer, mac) = (SigningKey::from_seed(&[7; 32]), MacKey::from_bytes(&[9; 32]));
    let code = |number: usize| {
        let unit = format!("01{GTIN}213{number:012}");
        let keyed = format!("{unit}{GS}91FS01");
        match number % 3 {
            0 => format!("{keyed}{GS}92{}", signer.sign_tail(&keyed)),
            1 => format!("{keyed}{GS}92{}", mac.tail(&keyed)),
            _ => format!("{unit}{GS}93{}", mac.short_tail(&unit)),
        }
    };
    (0..count).map(code).collect()
}

/// The decompressed streams of a document, in order.
fn streams(pdf: &[u8]) -> Vec<Vec<u8>> {
    let find = |from: usize, what: &[u8]| {
        pdf[from..].windows(what.len()).position(|window| window == what).map(|at| from + at)
    };
    let mut all = Vec::new();
    let mut at = 0;
    while let Some(start) = find(at, b"\nstream\n").map(|start| start + 8) {
        let end = find(start, b"\nendstream").unwrap();
        all.extend(decompress_to_vec_zlib(&pdf[start..end]));
        at = end;
    }
    all
}

/// The symbols drawn on a page, as lists of runs of dark modules: x, y upwards, length.
fn drawn(page: &str) -> Vec<Vec<[f32; 3]>> {
    let mut symbols = Vec::new();
    let mut runs = Vec::new();
    for line in page.lines() {
        let words: Vec<&str> = line.split(' ').collect();
        match words.as_slice() {
            [x, y, width, height, "re"] => {
                assert_eq!(*height, "1");
                runs.push([x, y, width].map(|number| number.parse().unwrap()));
            }
            ["f"] => symbols.push(std::mem::take(&mut runs)),
            _ => {}
        }
    }
    symbols
}

fn runs_of(symbol: &Symbol) -> Vec<[f32; 3]> {
    let size = symbol.size();
    let mut runs: Vec<[f32; 3]> = Vec::new();
    for y in 0..size {
        for x in (0..size).filter(|&x| symbol.dark(x, y)) {
            let up = (size - 1 - y) as f32;
            match runs.last_mut() {
                Some([start, row, length]) if *row == up && *start + *length == x as f32 => *length += 1.0,
                _ => runs.push([x as f32, up, 1.0]),
            }
        }
    }
    runs
}

#[test]
fn every_symbol_on_the_pages_is_that_of_its_code() {
    let codes = codes(LABELS_PER_PAGE + 5);
    let labels: Vec<Label<'_>> = codes.iter().map(|code| Label { element_string: code, name: "Бәтеңке" }).collect();
    let pdf = sheet(&labels).unwrap();
    let pages: Vec<String> = streams(&pdf)
        .into_iter()
        .filter_map(|stream| String::from_utf8(stream).ok())
        .filter(|text| text.contains(" re\n"))
        .collect();
    assert_eq!(pages.len(), 2);
    let symbols: Vec<Vec<[f32; 3]>> = pages.iter().flat_map(|page| drawn(page)).collect();
    assert_eq!(symbols.len(), codes.len());
    for (code, runs) in codes.iter().zip(symbols) {
        let symbol = Symbol::encode(&ElementString::parse(code).unwrap()).unwrap();
        assert_eq!(runs, runs_of(&symbol), "{code}");
    }
}

#[test]
fn text_is_set_in_glyphs_that_lead_back_to_its_letters() {
    let code = &codes(1)[0];
    let name = "Ұлттық «Әуез» №5, 100 ₸ — ҮҰҚҒҢӨҺІәүұқғңөһі";
    let pdf = sheet(&[Label { element_string: code, name }]).unwrap();
    let streams = streams(&pdf);
    let map = streams.iter().find(|stream| stream.windows(10).any(|window| window == b"beginbfcha")).unwrap();
    let map = String::from_utf8_lossy(map);
    let font = font::Font::new().unwrap();
    for c in name.chars() {
        let glyph = font.encode(&c.to_string());
        assert_ne!(glyph, [0, 0], "no glyph for {c}");
        let pair = format!("<{:02X}{:02X}> <{:04X}>", glyph[0], glyph[1], u32::from(c));
        assert!(map.contains(&pair), "{c}: {pair}");
    }
}

#[test]
fn long_names_end_in_an_ellipsis_and_unknown_letters_do_no_harm() {
    let code = &codes(1)[0];
    for name in ["", "名前", &"Тауар ".repeat(60), &"Ж".repeat(200), "a\u{0}b\n\u{202e}"] {
        assert!(sheet(&[Label { element_string: code, name }]).is_ok(), "{name}");
    }
}

#[test]
fn equal_labels_give_equal_bytes() {
    let codes = codes(3);
    let labels: Vec<Label<'_>> = codes.iter().map(|code| Label { element_string: code, name: "Сыра" }).collect();
    assert_eq!(sheet(&labels).unwrap(), sheet(&labels).unwrap());
    assert!(sheet(&[]).is_ok());
}

#[test]
fn the_label_that_cannot_be_drawn_is_named() {
    let codes = codes(1);
    let good = Label { element_string: &codes[0], name: "" };
    let bad = Label { element_string: "0104870402000017", name: "" };
    assert!(matches!(sheet(&[good, bad]), Err(LabelError::Code { index: 1, .. })));
}
