//! Every scheme, by table and against another implementation.

use datamatrix::SymbolList;
use datamatrix::data::{EncodationType, encode_data};
use proptest::prelude::*;

use super::*;

#[test]
fn codewords() {
    let gs1 = true;
    for (name, codewords, expected) in [
        ("ASCII", b"BCD".as_slice(), Some(("ABC", !gs1))),
        ("digits", &[130, 229, 141], Some(("009911", !gs1))),
        ("padding", &[b'B', 129, 70, 220], Some(("A", !gs1))),
        ("padding that is none", &[b'B', 129, 70, 99], None),
        ("FNC1 first", &[232, 131, b'B', 232, b'C'], Some(("01A\u{1d}B", gs1))),
        ("FNC1 twice", &[232, 232, b'B'], Some(("\u{1d}A", gs1))),
        ("FNC1 later", &[131, 132, 232, b'B'], Some(("0102\u{1d}A", !gs1))),
        ("AIM indicator, digits", &[141, 232, b'B'], Some(("11A", !gs1))),
        ("AIM indicator, letter", &[b'B', 232, b'B'], Some(("AA", !gs1))),
        ("GS1 with a letter before FNC1", &[232, b'B', 232, b'C'], Some(("A\u{1d}B", gs1))),
        ("structured append", &[233, 0x21, 1, 1, 232, b'B'], Some(("A", gs1))),
        ("structured append later", &[b'B', 233, 1, 1, 1], None),
        ("reader programming", &[234, b'B'], Some(("A", !gs1))),
        ("upper shift", &[235, 0x6a], Some(("é", !gs1))),
        ("macro 05", &[236, b'B'], Some(("[)>\u{1e}05\u{1d}A\u{1e}\u{4}", !gs1))),
        ("macro 06", &[237, b'B'], Some(("[)>\u{1e}06\u{1d}A\u{1e}\u{4}", !gs1))),
        ("macro later", &[b'B', 236], None),
        ("ECI 26", &[241, 27, 235, 0xd2 - 0x7f, 235, 0xa3 - 0x7f], Some(("ң", !gs1))),
        ("ECI of two", &[241, 128, 1, b'B'], Some(("A", !gs1))),
        ("ECI of three", &[241, 192, 1, 1, b'B'], Some(("A", !gs1))),
        ("ECI unknown form", &[241, 250, b'B'], None),
        ("ECI cut short", &[241, 128], None),
        ("zero", &[0], None),
        ("nothing", &[], None),
        ("only FNC1", &[232], None),
        ("only padding", &[129, 1], None),
        ("C40 of zeros", &[230, 0, 0], Some(("\0", !gs1))),
        ("Base 256 too long", &[231, 0xff], None),
    ] {
        let expected = expected.map(|(text, gs1)| Message { text: text.to_owned(), gs1 });
        assert_eq!(read(codewords), expected, "{name}");
    }
}

proptest! {
    /// What another implementation encodes comes back, in every scheme and in all together.
    #[test]
    fn comes_back(bytes in proptest::collection::vec(any::<u8>(), 1..90), mask in 0_usize..5) {
        let bytes: Vec<u8> = match mask {
            0 => bytes,
            1 => bytes.iter().map(|byte| b' ' + byte % 64).collect(),
            2 => bytes.iter().map(|byte| b"ABCXYZ019 *>\r"[usize::from(byte % 13)]).collect(),
            3 => bytes.iter().map(|byte| b"abcxyz ABC123!\x7f"[usize::from(byte % 15)]).collect(),
            _ => bytes.iter().map(|byte| byte & 0x7f).collect(),
        };
        for schemes in [
            EncodationType::all(),
            EncodationType::Ascii | EncodationType::C40,
            EncodationType::Ascii | EncodationType::Text,
            EncodationType::Ascii | EncodationType::X12,
            EncodationType::Ascii | EncodationType::Edifact,
            EncodationType::Ascii | EncodationType::Base256,
        ] {
            let Ok((codewords, _)) = encode_data(&bytes, &SymbolList::default(), None, schemes, true) else {
                continue;
            };
            let mut expected = crate::charset::Bytes::default();
            expected.extend(&bytes);
            let message = read(&codewords);
            prop_assert_eq!(message.map(|message| message.text), Some(expected.into_text()), "{:?}", schemes);
        }
    }

    #[test]
    fn never_stops(codewords in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(&codewords);
    }
}
