//! Bars: EAN-13 and EAN-8 (GS1 General Specifications 5.2), Code 128 (ISO/IEC 15417).

/// Elements of the digits in set A, light first (GS1 General Specifications figure 5.2.1.2.1-1); set C is the same dark
/// first, set B its mirror image.
const WIDTHS: [&[u8; 4]; 10] =
    [b"3211", b"2221", b"2122", b"1411", b"1132", b"1231", b"1114", b"1312", b"1213", b"3112"];

/// Which of the left digits are in set B, by the first digit of an EAN-13.
const PARITY: [&str; 10] =
    ["AAAAAA", "AABABB", "AABBAB", "AABBBA", "ABAABB", "ABBAAB", "ABBBAA", "ABABAB", "ABABBA", "ABBABA"];

/// Widths of the characters of Code 128 by value, dark first; the last is the start in set B.
const CODE128: &str = "212222222122222221121223121322131222122213122312132212221213221312231212112232122132122231\
    113222123122123221223211221132221231213212223112312131311222321122321221312212322112322211212123212321232121111323\
    131123131321112313132113132311211313231113231311112133112331132131113123113321133121313121211331231131213113213311\
    213131311123311321331121312113312311332111314111221411431111111224111422121124121421141122141221112214112412122114\
    122411142112142211241211221114413111241112134111111242121142121241114212124112124211411212421112421211212141214121\
    412121111143111341131141114113114311411113411311113141114131311141411131211412211214";
const CODE128_STOP: &[u8] = b"2331112";
const START_B: usize = 104;

/// The last digit of a GS1 key (GS1 General Specifications 7.9.1).
pub(crate) fn check_digit(digits: &str) -> u32 {
    let sum: u32 =
        digits.bytes().rev().zip([3, 1].into_iter().cycle()).map(|(digit, by)| u32::from(digit - b'0') * by).sum();
    (10 - sum % 10) % 10
}

fn push(bars: &mut Vec<bool>, widths: impl Iterator<Item = u8>, mut dark: bool) {
    for width in widths {
        bars.extend(std::iter::repeat_n(dark, usize::from(width - b'0')));
        dark = !dark;
    }
}

/// EAN-13 or EAN-8 with its check digit.
pub(crate) fn ean(digits: &str) -> Vec<bool> {
    let digits: Vec<usize> = digits.bytes().map(|digit| usize::from(digit - b'0')).collect();
    let (parity, digits) = if digits.len() == 8 { ("AAAA", &digits[..]) } else { (PARITY[digits[0]], &digits[1..]) };
    let mut bars = Vec::new();
    push(&mut bars, b"111".iter().copied(), true);
    for (&digit, set) in digits.iter().zip(parity.chars()) {
        match set {
            'A' => push(&mut bars, WIDTHS[digit].iter().copied(), false),
            _ => push(&mut bars, WIDTHS[digit].iter().rev().copied(), false),
        }
    }
    push(&mut bars, b"11111".iter().copied(), false);
    for &digit in &digits[parity.len()..] {
        push(&mut bars, WIDTHS[digit].iter().copied(), true);
    }
    push(&mut bars, b"111".iter().copied(), true);
    bars
}

/// Code 128 in code set B.
pub(crate) fn code128(text: &str) -> Vec<bool> {
    let values: Vec<usize> = text.bytes().map(|byte| usize::from(byte - b' ')).collect();
    let check = values.iter().zip(1..).map(|(value, place)| value * place).sum::<usize>() + START_B;
    let mut bars = Vec::new();
    for value in std::iter::once(START_B).chain(values).chain([check % 103]) {
        push(&mut bars, CODE128[6 * value..].bytes().take(6), true);
    }
    push(&mut bars, CODE128_STOP.iter().copied(), true);
    bars
}
