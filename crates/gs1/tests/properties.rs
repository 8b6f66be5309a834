//! What holds for every input: nothing panics, what is printed is read back, errors of a digit are found, and what a
//! keyboard or a driver did to a code is undone by one of its readings.

#![allow(clippy::unwrap_used, reason = "a helper of a test fails by panicking")]

use gs1::lint::Linter;
use gs1::reading::{MAX_CANDIDATES, Repair, candidates, candidates_with};
use gs1::{Ai, Charset, Component, Element, ElementString, GS, Gtin, ParseErrorKind, Sscc, check_digit, digital_link};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

/// Texts that come close to codes, so that the deeper branches are reached.
fn hostile() -> impl Strategy<Value = String> {
    let scraps = select(vec![
        "01",
        "0104870001234560",
        "21",
        "3A7K9M2P4Q6R8",
        "\u{1d}",
        "91K001",
        "92",
        "(",
        ")",
        "(01)",
        "(21)",
        "[",
        "]",
        "]d2",
        "<GS>",
        "{FNC1}",
        "\\u001d",
        "\\",
        "&#29;",
        "%1D",
        "%",
        "^]",
        "\u{241d}",
        "è",
        "^",
        "8005",
        "8030=",
        "17270200",
        "00",
        "https://h",
        "/",
        "?",
        "&",
        "#",
        "=",
        " ",
        "\u{a0}",
        "\r\n",
        "Ф",
        "қ",
        "\"",
        "№",
        "ё",
        "💙",
        "\u{0}",
        "93abcd",
        "24",
        "99",
    ]);
    prop_oneof![any::<String>(), "\\PC{0,40}", prop::collection::vec(scraps, 0..24).prop_map(|scraps| scraps.concat()),]
}

/// A part that every rule for it lets pass.
fn part(part: &Component) -> BoxedStrategy<String> {
    let day = || (1..13u8, 1..29u8).prop_map(|(month, day)| format!("{month:02}{day:02}"));
    let some = |texts: &'static [&'static str]| select(texts).prop_map(str::to_owned).boxed();
    let pattern = match part.linters.first() {
        Some(Linter::Csum) => {
            return format!("[0-9]{{{}}}", part.max - 1)
                .prop_map(|digits| format!("{digits}{}", check_digit(&digits).unwrap()))
                .boxed();
        }
        Some(Linter::Yymmd0 | Linter::Yymmdd) => {
            return (0..100u8, day()).prop_map(|(year, day)| format!("{year:02}{day}")).boxed();
        }
        Some(Linter::Yyyymmdd) => return (1900..2100u16, day()).prop_map(|(year, day)| format!("{year}{day}")).boxed(),
        Some(Linter::CsumAlpha) => return some(&["1987654Ad4X4bL5ttr2310c2K", "7907665Bm8v2AB"]),
        Some(Linter::Iban) => return some(&["DE91100000000123456789", "BE71096123456769"]),
        Some(Linter::CouponCode) => return some(&["012345612345611110123", "10614141011111275110111"]),
        Some(Linter::CouponPosOffer) => return some(&["001234561234560123456"]),
        Some(Linter::PackageType) => return some(&["1A", "200", "8", "ZZ", "X20"]),
        Some(Linter::Iso3166 | Linter::Iso3166999) => return some(&["398", "643", "004"]),
        Some(Linter::Iso3166Alpha2) => return some(&["KZ", "RU", "AD"]),
        Some(Linter::Iso4217) => return some(&["398", "643", "978"]),
        Some(Linter::PieceOfTotal) => "0[1-4]0[5-9]",
        Some(Linter::PosInSeqSlash) => "[1-4]/[5-9]",
        Some(Linter::Hh) => "[01][0-9]",
        Some(Linter::Mi | Linter::Ss) => "[0-5][0-9]",
        Some(Linter::Hhmi) => "[01][0-9][0-5][0-9]",
        Some(Linter::Latitude) => "1[0-7][0-9]{8}",
        Some(Linter::Longitude) => "[0-2][0-9]{9}",
        Some(Linter::MediaType) => "0[1-9]",
        Some(Linter::NoZeroPrefix) => "[1-9][0-9]{0,11}",
        Some(Linter::Winding | Linter::YesNo | Linter::Iso5218) => "[01]",
        Some(Linter::Zero) => "0",
        Some(Linter::Hyphen) => "-",
        Some(Linter::ImporterIdx) => "[A-Za-z0-9_-]",
        other => {
            let characters = match (other, part.charset) {
                (Some(Linter::NonZero), _) => "[1-9]",
                (Some(Linter::PcEnc), _) => "[!-\"&-?A-Z_a-z]",
                (_, Charset::Numeric) => "[0-9]",
                (_, Charset::Set82) => "[!-\"%-?A-Z_a-z]",
                (_, Charset::Set39) => "[#/0-9A-Z-]",
                (_, Charset::Set64) => "[A-Za-z0-9_-]",
            };
            return format!("{characters}{{{},{}}}", part.min, part.max).boxed();
        }
    };
    pattern.to_owned().boxed()
}

fn value(ai: Ai) -> BoxedStrategy<String> {
    let parts = ai.spec().components;
    let fewest = parts.iter().filter(|part| !part.optional).count();
    let all: Vec<_> = parts.iter().map(part).collect();
    (all, fewest..=parts.len()).prop_map(|(parts, taken)| parts[..taken].concat()).boxed()
}

/// Whether a value says itself that it is whole, so that a cut one is wrong rather than short.
fn tells_its_end(ai: &str) -> bool {
    let last = ai.parse::<Ai>().unwrap().spec().components.last().unwrap();
    last.min < last.max && (!last.linters.is_empty() || last.charset == Charset::Set64)
}

/// Lets a pattern built at run time be a strategy.
trait Pattern {
    fn boxed(self) -> BoxedStrategy<String>;
    fn prop_map<T: std::fmt::Debug + 'static>(self, map: impl Fn(String) -> T + 'static) -> BoxedStrategy<T>;
}

impl Pattern for String {
    fn boxed(self) -> BoxedStrategy<String> {
        Strategy::boxed(prop::string::string_regex(&self).unwrap())
    }

    fn prop_map<T: std::fmt::Debug + 'static>(self, map: impl Fn(String) -> T + 'static) -> BoxedStrategy<T> {
        Strategy::boxed(Strategy::prop_map(Pattern::boxed(self), map))
    }
}

fn codes() -> impl Strategy<Value = ElementString> {
    subsequence(Ai::all().collect::<Vec<Ai>>(), 1..8).prop_shuffle().prop_flat_map(|ais| {
        let values: Vec<_> = ais.iter().map(|&ai| value(ai)).collect();
        values.prop_map(move |values| {
            let parts = ais.iter().zip(values).map(|(&ai, value)| Element { ai, value });
            ElementString::new(parts).unwrap()
        })
    })
}

/// A code of the kind that goods carry: serial of a usual length, tail after it.
fn marks() -> impl Strategy<Value = String> {
    let serial = prop_oneof!["3[0-9A-HJKMNP-TV-Z]{12}", "[0-9A-HJKMNP-TV-Z]{7}", "[0-9A-Z]{6}", "[0-9A-Z]{20}"];
    let tail = prop_oneof![
        "91[0-9A-Z]{4}\u{1d}92[-!*+./0-9:=?A-Z_a-z]{83}",
        "91[0-9A-Z]{4}\u{1d}92[+/0-9A-Za-z]{43}=",
        "93[0-9A-Za-z_-]{4}",
    ];
    ("[0-9]{13}", serial, tail).prop_map(|(gtin, serial, tail)| {
        let check = check_digit(&gtin).unwrap();
        format!("01{gtin}{check}21{serial}{GS}{tail}")
    })
}

fn reached(raw: &str, code: &str) -> Result<Vec<Repair>, TestCaseError> {
    let found = candidates(raw).into_iter().find(|candidate| candidate.text == code);
    found
        .map(|candidate| candidate.repairs)
        .ok_or_else(|| TestCaseError::fail(format!("not among the readings of {raw:?}")))
}

/// Keys of a United States keyboard, and what the same keys type under the two layouts.
const KEYS: &str = "`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:\"ZXCVBNM<>?";
const RUSSIAN: &str =
    "ё1234567890-=йцукенгшщзхъ\\фывапролджэячсмитьбю.Ё!\"№;%:?*()_+ЙЦУКЕНГШЩЗХЪ/ФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,";
const KAZAKH: &str = "(\"әіңғ,.үұқөһйцукенгшщзхъ\\фывапролджэячсмитьбю№)!ӘІҢҒ;:ҮҰҚӨҺЙЦУКЕНГШЩЗХЪ/ФЫВАПРОЛДЖЭЯЧСМИТЬБЮ?";

fn typed(text: &str, layout: &str) -> String {
    let key = |c: char| KEYS.chars().position(|key| key == c).and_then(|place| layout.chars().nth(place));
    text.chars().map(|c| key(c).unwrap_or(c)).collect()
}

fn caps_lock(text: &str) -> String {
    let flip = |c: char| {
        if c.is_lowercase() { c.to_uppercase().next() } else { c.to_lowercase().next() }
    };
    text.chars().map(|c| flip(c).unwrap_or(c)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn nothing_panics(raw in hostile()) {
        let _ = (raw.parse::<Gtin>(), raw.parse::<Sscc>(), raw.parse::<Ai>(), check_digit(&raw));
        for read in [ElementString::parse(&raw), ElementString::parse_bracketed(&raw)] {
            match read {
                Ok(code) => { let _ = (code.hri(), digital_link::print(&code, "https://h")); }
                Err(error) => {
                    prop_assert!(error.at <= raw.len());
                    let _ = error.to_string();
                }
            }
        }
        let _ = digital_link::parse(&raw);
    }

    #[test]
    fn what_is_read_is_what_is_printed(raw in hostile()) {
        if let Ok(code) = ElementString::parse(&raw) {
            prop_assert_eq!(code.to_string(), raw);
        }
    }

    #[test]
    fn readings_are_few_and_differ(raw in hostile()) {
        let found = candidates(&raw);
        prop_assert!((1..=MAX_CANDIDATES).contains(&found.len()));
        prop_assert!(found[0].repairs.is_empty());
        for (place, candidate) in found.iter().enumerate() {
            prop_assert!(found[..place].iter().all(|other| other.text != candidate.text));
            prop_assert_eq!(place > 0, !candidate.repairs.is_empty());
        }
        prop_assert_eq!(&found, &candidates(&raw));
    }

    #[test]
    fn codes_come_back(code in codes()) {
        let raw = code.to_string();
        prop_assert_eq!(ElementString::parse(&raw), Ok(code.clone()));
        if !raw.contains('(') {
            prop_assert_eq!(ElementString::parse_bracketed(&code.hri()), Ok(code));
        }
    }

    #[test]
    fn links_come_back(code in codes()) {
        if let Ok(uri) = digital_link::print(&code, "https://id.example.org/goods") {
            let mut back = digital_link::parse(&uri).unwrap().elements().to_vec();
            let mut all = code.elements().to_vec();
            back.sort_by_key(|element| element.ai);
            all.sort_by_key(|element| element.ai);
            prop_assert_eq!(back, all);
            prop_assert_eq!(&candidates(&uri)[1].repairs, &[Repair::DigitalLink]);
        }
    }

    #[test]
    fn a_cut_code_is_called_cut(code in codes()) {
        let raw = code.to_string();
        for end in 1..raw.len() {
            match ElementString::parse(&raw[..end]) {
                Ok(_) => {}
                Err(error) if raw[..end].ends_with(GS) => prop_assert_eq!(error.kind, ParseErrorKind::ExtraSeparator),
                // Cut base64 may lack some of its padding, a cut account some of its digits.
                Err(error) if error.ai.as_deref().is_some_and(tells_its_end) => {}
                Err(error) => prop_assert!(error.is_truncation(), "{error} in {:?}", &raw[..end]),
            }
        }
    }

    #[test]
    fn every_wrong_digit_is_found(digits in "[0-9]{13}", sscc in "[0-9]{17}", at in 0..18usize, by in 1..10u8) {
        for digits in [digits, sscc] {
            let right = format!("{digits}{}", check_digit(&digits).unwrap());
            let mut wrong = right.clone().into_bytes();
            let at = at % wrong.len();
            wrong[at] = b'0' + (wrong[at] - b'0' + by) % 10;
            let wrong = String::from_utf8(wrong).unwrap();
            match right.len() {
                14 => prop_assert!(right.parse::<Gtin>().is_ok() && wrong.parse::<Gtin>().is_err()),
                _ => prop_assert!(right.parse::<Sscc>().is_ok() && wrong.parse::<Sscc>().is_err()),
            }
        }
    }

    #[test]
    fn framing_is_no_repair(code in marks(), id in select(vec!["", "]d2", "]Q3", "]C1", "]e0", "\u{1d}", "]d2\u{1d}"]), end in select(vec!["", "\r", "\n", "\r\n", "\t"])) {
        prop_assert_eq!(reached(&format!("{id}{code}{end}"), &code)?, []);
    }

    #[test]
    fn written_separators_are_read(code in marks(), form in select(vec![
        "\\u001d", "\\u001D", "\\\\u001d", "\\x1D", "<GS>", "<gs>", "{GS}", "[GS]", "{FNC1}", "<FNC1>", "[FNC1]", "&#29;",
        "&#x1D;", "_x001D_", "%1D", "^]", "\u{241d}", "è", "\u{2194}",
    ])) {
        prop_assert_eq!(reached(&code.replace(GS, form), &code)?, [Repair::SeparatorForm]);
        prop_assert_eq!(reached(&format!("{form}{}", code.replace(GS, form)), &code)?, [Repair::SeparatorForm]);
    }

    #[test]
    fn brackets_are_read(code in marks()) {
        let hri = ElementString::parse(&code).unwrap().hri();
        prop_assert_eq!(reached(&hri, &code)?, [Repair::Brackets]);
        prop_assert_eq!(reached(&hri.replace('(', " (").replace(')', ") "), &code)?, [Repair::Brackets]);
        prop_assert_eq!(reached(&hri.replace('(', "[").replace(')', "]"), &code)?, [Repair::Brackets]);
    }

    #[test]
    fn layouts_are_undone(code in marks(), id in select(vec!["", "]d2"])) {
        let sent = format!("{id}{code}");
        prop_assert!(reached(&typed(&sent, KAZAKH), &code)?.contains(&Repair::KazakhLayout));
        // Without a letter, no layout shows.
        if typed(&code, RUSSIAN).chars().any(|c| c > '\u{400}' && c < '\u{500}') {
            prop_assert_eq!(reached(&typed(&sent, RUSSIAN), &code)?, [Repair::RussianLayout]);
            prop_assert!(reached(&typed(&sent, RUSSIAN).replace(GS, ""), &code)?.contains(&Repair::LostSeparators));
        }
    }

    #[test]
    fn caps_lock_is_undone(code in marks()) {
        reached(&caps_lock(&code), &code)?;
        reached(&caps_lock(&typed(&code, KAZAKH)), &code)?;
        if typed(&code, RUSSIAN).chars().any(|c| c > '\u{400}' && c < '\u{500}') {
            reached(&caps_lock(&typed(&code, RUSSIAN)), &code)?;
        }
    }

    #[test]
    fn lost_separators_are_put_back(code in marks()) {
        reached(&code.replace(GS, ""), &code)?;
        reached(&code.replacen(GS, "", 1), &code)?;
        let last = code.rfind(GS).unwrap();
        reached(&[&code[..last], &code[last + 1..]].concat(), &code)?;
    }

    #[test]
    fn any_length_of_serial_can_be_asked_for(serial in "[A-Z]{1,20}") {
        let code = format!("010487000123456021{serial}{GS}93abcd");
        let found = candidates_with(&code.replace(GS, ""), &[serial.len()]);
        prop_assert!(found.iter().any(|candidate| candidate.text == code));
    }

    #[test]
    fn extra_separators_are_dropped(code in marks(), more in 0..3usize) {
        let mut raw = code.replace(GS, "\u{1d}\u{1d}");
        raw.insert(16, GS);
        raw.extend(std::iter::repeat_n(GS, more));
        prop_assert_eq!(reached(&raw, &code)?, [Repair::ExtraSeparators]);
    }
}

#[test]
fn long_texts_are_not_repaired() {
    let long = "(01)<GS>".repeat(1000);
    assert_eq!(candidates(&long).len(), 1);
}

#[test]
fn the_layouts_cover_the_keyboard() {
    for layout in [RUSSIAN, KAZAKH] {
        assert_eq!(layout.chars().count(), KEYS.chars().count());
    }
}
