//! Whatever characters a tail holds, its code reads back: tails look like chance, and chance writes `://` too.

#![cfg(test)]

use shared::code::{MarkingCode, Reading, Secrets, Tail, TailCheck, read};
use shared::group::ProductGroup;
use shared::gs1::Gtin;
use shared::seal::{KeyInfo, KeySet, KeyState, Profile, SerialMaster, SigningKey};

#[test]
fn every_code_that_is_made_reads_back() {
    let gtin: Gtin = "04870001234560".parse().unwrap();
    let key = SigningKey::from_seed(&[7; 32]);
    let id = "F0S1".parse().unwrap();
    let info = KeyInfo {
        id,
        group: ProductGroup::Footwear.as_str().to_owned(),
        profile: Profile::Signed,
        state: KeyState::Active,
        public: Some(key.public()),
    };
    let keys = KeySet { version: 1, issued_at: 0, keys: vec![info], report_key: [0; 32] };
    let serials = SerialMaster::from_bytes(&[1; 32]).series(gtin.as_str(), ProductGroup::Footwear.serial_format());
    let mut with_slashes = 0;
    for number in 0..12_000 {
        let tail = Tail { profile: Profile::Signed, key: Some(id), value: String::new() };
        let mut code = MarkingCode { gtin, serial: serials.serial(number).unwrap(), tail: Some(tail) };
        let value = key.sign_tail(&code.prefix());
        with_slashes += u32::from(value.contains("://"));
        code.tail.as_mut().unwrap().value = value;
        let text = code.element_string();
        let seen = read(&text, &keys, &Secrets::default());
        assert_eq!((seen.tail, seen.repaired), (Some(TailCheck::Valid), false), "{text}");
        assert_eq!(seen.reading, Reading::Mark(code), "{text}");
    }
    assert!(with_slashes > 0, "the hard case is among them");
}
