//! What holds for every code: serials are one to one, altered codes are
//! refused, and no text, however strange, does harm.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests")]

use proptest::prelude::*;
use seal::{MacKey, PublicKey, SerialFormat, SerialMaster, SigningKey, base72, verify_signed};
use std::collections::HashSet;

fn formats() -> impl Strategy<Value = SerialFormat> {
    prop::sample::select(SerialFormat::ALL.to_vec())
}

/// A master, a GTIN, a format and a number that has a serial.
fn places() -> impl Strategy<Value = ([u8; 32], String, SerialFormat, u64)> {
    let parts = (any::<[u8; 32]>(), "[0-9]{14}", formats());
    parts.prop_flat_map(|(master, gtin, format)| (Just(master), Just(gtin), Just(format), 0..format.capacity()))
}

/// A signed code: its key, prefix and tail.
fn signed_codes() -> impl Strategy<Value = (PublicKey, String, String)> {
    (any::<[u8; 32]>(), places()).prop_map(|(seed, (master, gtin, format, number))| {
        let series = SerialMaster::from_bytes(&master).series(&gtin, &format);
        let serial = series.serial(number).unwrap();
        let prefix = format!("01{gtin}21{serial}\u{1d}91KZ01");
        let key = SigningKey::from_seed(&seed);
        let tail = key.sign_tail(&prefix);
        (key.public(), prefix, tail)
    })
}

/// `text` with the character at `at` replaced.
fn replaced(text: &str, at: usize, by: char) -> String {
    text.chars().enumerate().map(|(here, old)| if here == at { by } else { old }).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_number_gives_one_serial_and_comes_back((master, gtin, format, number) in places()) {
        let series = SerialMaster::from_bytes(&master).series(&gtin, &format);
        let serial = series.serial(number).unwrap();
        prop_assert_eq!(serial.len(), format.len());
        let body = serial.strip_prefix(format.prefix()).unwrap();
        prop_assert!(body.chars().all(|it| format.alphabet().contains(it)));
        prop_assert_eq!(series.number(&serial), Some(number));
        // The same again, from the same secret.
        let again = SerialMaster::from_bytes(&master).series(&gtin, &format);
        prop_assert_eq!(again.serial(number), Some(serial));
    }

    #[test]
    fn a_serial_in_use_comes_back_from_its_number(
        (master, gtin, format, _) in places(), body in "[0-9A-HJKMNP-TV-Z]{19}",
    ) {
        let series = SerialMaster::from_bytes(&master).series(&gtin, &format);
        let serial = format!("{}{body}", format.prefix());
        let serial = &serial[..format.len()];
        if let Some(number) = series.number(serial) {
            prop_assert!(number < format.capacity());
            prop_assert_eq!(series.serial(number).unwrap(), serial);
        }
    }

    #[test]
    fn beyond_the_capacity_there_is_nothing(
        (master, gtin, format, number) in places(), any in any::<u64>(),
    ) {
        let series = SerialMaster::from_bytes(&master).series(&gtin, &format);
        prop_assert_eq!(series.serial(format.capacity()), None);
        prop_assert_eq!(series.serial(format.capacity().saturating_add(number)), None);
        prop_assert_eq!(series.serial(any).is_some(), any < format.capacity());
    }

    #[test]
    fn a_changed_character_is_refused(
        (public, prefix, tail) in signed_codes(),
        at in any::<prop::sample::Index>(),
        by in prop_oneof!["[!-~]", "[\u{0}-\u{7f}]", "\\PC"],
    ) {
        prop_assert!(verify_signed(&public, &prefix, &tail));
        let by = by.chars().next().unwrap();
        let place = at.index(prefix.len() + tail.len());
        let (changed_prefix, changed_tail) = match place.checked_sub(prefix.len()) {
            None => (replaced(&prefix, place, by), tail.clone()),
            Some(place) => (prefix.clone(), replaced(&tail, place, by)),
        };
        let same = changed_prefix == prefix && changed_tail == tail;
        prop_assert_eq!(verify_signed(&public, &changed_prefix, &changed_tail), same);
    }

    #[test]
    fn a_lost_or_added_character_is_refused(
        (public, prefix, tail) in signed_codes(),
        at in any::<prop::sample::Index>(),
        by in prop::sample::select(base72::ALPHABET.to_vec()),
    ) {
        let place = at.index(tail.len());
        let shorter = [&tail[..place], &tail[place + 1..]].concat();
        prop_assert!(!verify_signed(&public, &prefix, &shorter));
        let longer = [&tail[..place], &*String::from(char::from(by)), &tail[place..]].concat();
        prop_assert!(!verify_signed(&public, &prefix, &longer));
        let place = at.index(prefix.len());
        let shorter = [&prefix[..place], &prefix[place + 1..]].concat();
        prop_assert!(!verify_signed(&public, &shorter, &tail));
        let longer = [&prefix[..place], &*String::from(char::from(by)), &prefix[place..]].concat();
        prop_assert!(!verify_signed(&public, &longer, &tail));
    }

    #[test]
    fn base_72_is_one_to_one(high in any::<[u8; 32]>(), low in any::<[u8; 32]>()) {
        let bytes: [u8; 64] = [high, low].concat().try_into().unwrap();
        let text = base72::encode(&bytes);
        prop_assert_eq!(text.len(), base72::CHARS);
        prop_assert_eq!(base72::decode(&text), Some(bytes));
    }

    #[test]
    fn a_text_in_base_72_is_refused_or_the_only_one(text in "[!*+./0-9:=?A-Z_a-z-]{83}") {
        if let Some(bytes) = base72::decode(&text) {
            prop_assert_eq!(base72::encode(&bytes), text);
        }
    }

    #[test]
    fn strange_texts_do_no_harm(prefix in "\\PC{0,90}", text in any::<String>()) {
        let key = SigningKey::from_seed(&[7; 32]);
        let mac = MacKey::from_bytes(&[7; 32]);
        prop_assert!(!verify_signed(&key.public(), &prefix, &text));
        prop_assert!(!mac.verify(&prefix, &text));
        prop_assert_eq!(mac.verify_short(&prefix, &text), mac.short_tail(&prefix) == text);
        let _ = base72::decode(&text);
        let _ = text.parse::<seal::KeyId>();
        let _ = text.parse::<PublicKey>();
        for format in SerialFormat::ALL {
            let series = SerialMaster::from_bytes(&[7; 32]).series(&prefix, &format);
            let _ = series.number(&text);
            let _ = series.number(&format!("{}{text}", format.prefix()));
        }
        let set = seal::SignedKeySet { payload: text.clone(), signature: prefix };
        prop_assert!(set.verify(&key.public()).is_err());
    }

    #[test]
    fn mac_tails_refuse_every_other_text(
        seed in any::<[u8; 32]>(), prefix in "[!-~]{1,60}", at in 0..44usize, by in "[ -~]",
    ) {
        let key = MacKey::from_bytes(&seed);
        let by = by.chars().next().unwrap();
        let (tail, short) = (key.tail(&prefix), key.short_tail(&prefix));
        let changed = replaced(&tail, at, by);
        prop_assert_eq!(key.verify(&prefix, &changed), changed == tail);
        let changed = replaced(&short, at % 4, by);
        prop_assert_eq!(key.verify_short(&prefix, &changed), changed == short);
        prop_assert!(!key.verify(&prefix, &tail[..43]));
        let longer = tail.clone() + "=";
        prop_assert!(!key.verify(&prefix, &longer));
        prop_assert!(!key.verify_short(&prefix, &short[..3]));
        prop_assert!(!key.verify(&prefix, "") && !key.verify_short(&prefix, ""));
    }
}

/// Every position of a code, every character of ASCII.
#[test]
fn every_changed_character_is_refused() {
    let key = SigningKey::from_seed(&[42; 32]);
    let prefix = "0104870001234565213M5Z0QT8R1KXA\u{1d}91KZ01";
    let tail = key.sign_tail(prefix);
    let public = key.public();
    assert!(verify_signed(&public, prefix, &tail));
    let ascii = || (0..128u8).map(char::from);
    for at in 0..tail.len() {
        for by in ascii().filter(|&by| !tail[at..].starts_with(by)) {
            let changed = replaced(&tail, at, by);
            assert!(!verify_signed(&public, prefix, &changed), "{changed}");
        }
    }
    for at in 0..prefix.len() {
        for by in ascii().filter(|&by| !prefix[at..].starts_with(by)) {
            let changed = replaced(prefix, at, by);
            assert!(!verify_signed(&public, &changed, &tail), "{changed:?}");
        }
    }
}

/// Signing many at once gives what signing one by one gives.
#[test]
fn batches_change_nothing() {
    for count in [0, 1, 2, 63, 64, 65, 200] {
        let key = SigningKey::from_seed(&[count as u8; 32]);
        let prefixes: Vec<String> =
            (0..count).map(|at| format!("010487000123456521{}\u{1d}91KZ01", "x".repeat(at))).collect();
        let one_by_one: Vec<String> = prefixes.iter().map(|it| key.sign_tail(it)).collect();
        assert_eq!(key.sign_tails(&prefixes), one_by_one);
    }
}

/// A dense range of numbers, of every format and in two series.
#[test]
fn no_two_numbers_collide() {
    let master = SerialMaster::from_bytes(&[5; 32]);
    for format in SerialFormat::ALL {
        let count = format.capacity().min(60_000);
        let series = ["04870001234565", "04870001234572"].map(|it| master.series(it, &format));
        let first: HashSet<String> = (0..count).filter_map(|it| series[0].serial(it)).collect();
        assert_eq!(first.len() as u64, count);
        let last = (format.capacity() - count..format.capacity()).map(|it| series[0].serial(it));
        let both: HashSet<String> = first.iter().cloned().chain(last.flatten()).collect();
        let expected = (2 * count).min(format.capacity());
        assert_eq!(both.len() as u64, expected);

        // Of another product's serials none means anything here, save by the
        // chance of one in 2²⁰ that the format promises.
        let others = (0..count).filter_map(|it| series[1].serial(it));
        let read = others.filter(|it| series[0].number(it).is_some()).count();
        assert!(read <= 4, "{read} of {count} in {format:?}");
    }
}

/// The same GTIN, written shorter, is the same series.
#[test]
fn leading_zeros_of_a_gtin_do_not_matter() {
    let master = SerialMaster::from_bytes(&[6; 32]);
    let serial = |gtin| master.series(gtin, &SerialFormat::LEN_13).serial(17);
    assert_eq!(serial("4870001234565"), serial("04870001234565"));
    assert_eq!(serial("96385074"), serial("00000096385074"));
    assert_ne!(serial("04870001234565"), serial("14870001234562"));
}
