//! What is printed: symbols and the texts they carry.

use gs1::ElementString;
use gs1::symbol::Symbol;
use qrcodegen::{QrCode, QrCodeEcc, QrSegment, Version};
use scan::Symbology;

use super::linear;
use super::random::Random;

/// A symbol as modules.
#[derive(Clone, Debug)]
pub(crate) struct Code {
    pub(crate) symbology: Symbology,
    /// What a reader must give.
    pub(crate) text: String,
    pub(crate) columns: usize,
    pub(crate) rows: usize,
    /// Modules that a row is high: 1 but for bars.
    pub(crate) row_height: f32,
    /// Light modules around it.
    pub(crate) quiet: usize,
    dark: Vec<bool>,
}

/// Characters of serial numbers (GS1 CSET 82) that a corpus of other tools can carry too.
const SERIAL: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!%&'*+-./_,:;=<>?";
const BASE32: &[u8] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const BASE64: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const BASE72: &[u8] = b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ!*+-./:=?_";
const DIGITS: &[u8] = b"0123456789";
const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

impl Code {
    /// The GS1 DataMatrix of a bracketed element string.
    pub(crate) fn datamatrix(bracketed: &str) -> Self {
        let code = ElementString::parse_bracketed(bracketed).expect("a code");
        let symbol = Symbol::encode(&code).expect("fits");
        let side = symbol.size();
        let dark = (0..side * side).map(|index| symbol.dark(index % side, index / side)).collect();
        let (symbology, text) = (Symbology::DataMatrix, code.to_string());
        Self { symbology, text, columns: side, rows: side, row_height: 1.0, quiet: 2, dark }
    }

    /// The QR symbol of a text, with the second of four levels of correction.
    pub(crate) fn qr(text: &str) -> Self {
        let segments = QrSegment::make_segments(text);
        let (least, most) = (Version::MIN, Version::MAX);
        let code = QrCode::encode_segments_advanced(&segments, QrCodeEcc::Medium, least, most, None, false);
        let code = code.expect("fits");
        let side = code.size() as usize;
        let dark =
            (0..side * side).map(|index| code.get_module((index % side) as i32, (index / side) as i32)).collect();
        let (symbology, text) = (Symbology::Qr, text.to_owned());
        Self { symbology, text, columns: side, rows: side, row_height: 1.0, quiet: 4, dark }
    }

    /// Bars over digits of a GTIN-13 or GTIN-8 without their check digit.
    pub(crate) fn ean(digits: &str) -> Self {
        let digits = format!("{digits}{}", linear::check_digit(digits));
        let symbology = if digits.len() == 8 { Symbology::Ean8 } else { Symbology::Ean13 };
        Self::bars(symbology, &digits, linear::ean(&digits), 50.0)
    }

    /// Code 128, code set B.
    pub(crate) fn code128(text: &str) -> Self {
        Self::bars(Symbology::Code128, text, linear::code128(text), 40.0)
    }

    fn bars(symbology: Symbology, text: &str, dark: Vec<bool>, row_height: f32) -> Self {
        Self { symbology, text: text.to_owned(), columns: dark.len(), rows: 1, row_height, quiet: 10, dark }
    }

    pub(crate) fn is_dark(&self, column: usize, row: usize) -> bool {
        self.dark[row * self.columns + column]
    }

    /// Width and height in modules, without the quiet zone.
    pub(crate) fn size(&self) -> (f32, f32) {
        (self.columns as f32, self.rows as f32 * self.row_height)
    }
}

/// A GTIN-14 of a unit that is sold: its first digit is 0.
fn gtin(random: &mut Random) -> String {
    let body = format!("0{}", random.text(DIGITS, 12));
    format!("{body}{}", linear::check_digit(&body))
}

/// A marked unit with a short check value: (01)(21)(93).
pub(crate) fn short(random: &mut Random) -> Code {
    let (gtin, serial, key) = (gtin(random), random.text(SERIAL, 13), random.text(BASE64, 4));
    Code::datamatrix(&format!("(01){gtin}(21){serial}(93){key}"))
}

/// A marked unit with a key and a check value of 44 characters: (01)(21)(91)(92).
pub(crate) fn long(random: &mut Random) -> Code {
    let (gtin, serial) = (gtin(random), random.text(SERIAL, 13));
    let (key, check) = (random.text(b"0123456789ABCDEF", 4), random.text(BASE64, 43));
    Code::datamatrix(&format!("(01){gtin}(21){serial}(91){key}(92){check}="))
}

/// A signed unit, 40 × 40 modules: (01)(21)(91)(92) with 83 characters of base 72.
pub(crate) fn signed(random: &mut Random) -> Code {
    let (gtin, serial) = (gtin(random), random.text(BASE32, 12));
    let (key, check) = (random.text(BASE32, 4), random.text(BASE72, 83));
    Code::datamatrix(&format!("(01){gtin}(21)3{serial}(91){key}(92){check}"))
}

/// One of the three, in turn.
pub(crate) fn datamatrix(random: &mut Random, index: usize) -> Code {
    match index % 3 {
        0 => short(random),
        1 => long(random),
        _ => signed(random),
    }
}

/// A GS1 Digital Link.
pub(crate) fn qr(random: &mut Random, index: usize) -> Code {
    let alphabet = [LETTERS, DIGITS].concat();
    let mut text = format!("https://id.example.org/01/{}/21/{}", gtin(random), random.text(&alphabet, 13));
    if index % 2 == 1 {
        text += &format!("?93={}", random.text(LETTERS, 4));
    }
    Code::qr(&text)
}

/// One of EAN-13, EAN-8, UPC-A and Code 128, in turn.
pub(crate) fn bars(random: &mut Random, index: usize) -> Code {
    match index % 4 {
        0 => Code::ean(&format!("{}{}", random.whole(1, 9), random.text(DIGITS, 11))),
        1 => Code::ean(&random.text(DIGITS, 7)),
        2 => Code::ean(&format!("0{}", random.text(DIGITS, 11))),
        _ => {
            let length = random.whole(6, 18);
            Code::code128(&random.text(BASE32, length))
        }
    }
}
