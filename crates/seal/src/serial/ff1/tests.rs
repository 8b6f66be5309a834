//! FF1 against the standard's samples and against another implementation.

use super::Ff1;
use crate::{SerialFormat, serial::format::CROCKFORD};
use aes::{Aes128, Aes192, Aes256, cipher::KeyInit};
use fpe::ff1::{FF1, FlexibleNumeralString};
use proptest::prelude::*;

fn hex(text: &str) -> Vec<u8> {
    let digit = |at: usize| u8::from_str_radix(&text[at..at + 2], 16).unwrap();
    (0..text.len()).step_by(2).map(digit).collect()
}

fn number(numerals: &[u16], radix: u32) -> u128 {
    let append = |value, &numeral| value * u128::from(radix) + u128::from(numeral);
    numerals.iter().fold(0, append)
}

fn numerals(mut value: u128, radix: u32, length: usize) -> Vec<u16> {
    let mut numerals = vec![0; length];
    for numeral in numerals.iter_mut().rev() {
        *numeral = (value % u128::from(radix)) as u16;
        value /= u128::from(radix);
    }
    numerals
}

/// Both directions, by the length of the key.
fn both(key: &[u8], radix: u32, length: usize, tweak: &[u8], value: [u128; 2]) -> [u128; 2] {
    macro_rules! run {
        ($aes:ty) => {{
            let ff1 = Ff1::new(<$aes>::new_from_slice(key).unwrap(), radix, length, tweak);
            [ff1.encrypt(value[0]), ff1.decrypt(value[1])]
        }};
    }
    match key.len() {
        16 => run!(Aes128),
        24 => run!(Aes192),
        _ => run!(Aes256),
    }
}

#[test]
fn samples_of_the_standard() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/golden/seal/nist-ff1.tsv");
    let text = std::fs::read_to_string(path).unwrap();
    let mut samples = 0;
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let row: Vec<&str> = line.split('\t').collect();
        let [_, key, radix, tweak, plain, secret] = row[..] else { panic!("{line}") };
        let radix: u32 = radix.parse().unwrap();
        let tweak = hex(tweak.trim_matches('-'));
        let value = [plain, secret].map(|it| u128::from_str_radix(it, radix).unwrap());
        let [encrypted, decrypted] = both(&hex(key), radix, plain.len(), &tweak, value);
        assert_eq!((encrypted, decrypted), (value[1], value[0]), "{line}");
        samples += 1;
    }
    assert_eq!(samples, 9);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn another_implementation_agrees_on_our_formats(
        key in any::<[u8; 32]>(), at in 0..4usize, value in any::<u128>(),
    ) {
        let format = SerialFormat::ALL[at];
        let (radix, digits) = (format.radix(), format.digits());
        let value = value % format.space();
        let theirs = FF1::<Aes256>::new(&key, radix).unwrap();
        let text = FlexibleNumeralString::from(numerals(value, radix, digits));
        let expected: Vec<u16> = theirs.encrypt(&[], &text).unwrap().into();
        let expected = number(&expected, radix);
        let [encrypted, decrypted] = both(&key, radix, digits, &[], [value, expected]);
        prop_assert_eq!((encrypted, decrypted), (expected, value));
    }

    #[test]
    fn another_implementation_agrees_on_any_form(
        key in any::<[u8; 32]>(),
        (radix, length) in (2..=100u32).prop_flat_map(|radix| {
            // At least a million texts, as the standard asks, and halves that
            // fit a word.
            let shortest = (20.0 / f64::from(radix).log2()).ceil() as usize;
            let longest = (2.0 * (62.0 / f64::from(radix).log2()).floor()) as usize;
            (Just(radix), shortest..=longest)
        }),
        tweak in prop::collection::vec(any::<u8>(), 0..40),
        value in any::<u128>(),
    ) {
        let value = value % u128::from(radix).pow(length as u32);
        let theirs = FF1::<Aes256>::new(&key, radix).unwrap();
        let text = FlexibleNumeralString::from(numerals(value, radix, length));
        let expected: Vec<u16> = theirs.encrypt(&tweak, &text).unwrap().into();
        let expected = number(&expected, radix);
        let [encrypted, decrypted] = both(&key, radix, length, &tweak, [value, expected]);
        prop_assert_eq!((encrypted, decrypted), (expected, value));
    }
}

#[test]
fn alphabets_are_in_order_and_unmistakable() {
    assert!(CROCKFORD.is_sorted() && CROCKFORD.len() == 32);
    assert!(!CROCKFORD.iter().any(|it| b"ILOU".contains(it)));
    for format in SerialFormat::ALL {
        assert!(format.alphabet().as_bytes().is_sorted());
        assert!(u128::from(format.capacity()) <= format.space() >> 20);
    }
    let capacities = SerialFormat::ALL.map(|it| it.capacity());
    assert_eq!(capacities, [132_860, 9_565_938, 1 << 40, 1 << 40]);
}
