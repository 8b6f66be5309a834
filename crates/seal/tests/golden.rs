//! The golden files of `tests/golden/seal`: bytes that never change.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests")]

mod support;

use seal::{
    KeySetError, KeyState, MacKey, Profile, PublicKey, SerialFormat, SerialMaster, SignedKeySet, SigningKey, base72,
    envelope::{self, EnvelopeError, EnvelopeKey, Sealed},
    verify_signed,
};
use std::collections::BTreeSet;
use support::{array, golden, hex, prefix, rows};

#[test]
fn serials() {
    let mut lengths = BTreeSet::new();
    for [master, gtin, length, number, serial] in rows("serials.tsv") {
        let format = SerialFormat::of_len(length.parse().unwrap()).unwrap();
        let series = SerialMaster::from_bytes(&array(&master)).series(&gtin, &format);
        let number: u64 = number.parse().unwrap();
        assert_eq!(series.serial(number).as_deref(), Some(&*serial), "{gtin} {number}");
        assert_eq!(series.number(&serial), Some(number), "{gtin} {serial}");
        assert_eq!(serial.len(), format.len());
        lengths.insert(length);
    }
    assert_eq!(lengths.len(), SerialFormat::ALL.len());
}

#[test]
fn tails() {
    let mut profiles = BTreeSet::new();
    for [profile, key, public, text, tail] in rows("tails.tsv") {
        let text = prefix(&text);
        let altered = text.replacen("0487", "0488", 1).replacen("0460", "0461", 1);
        match profile.as_str() {
            "signed" => {
                let key = SigningKey::from_seed(&array(&key));
                assert_eq!(key.public().to_string(), public);
                assert_eq!(key.sign_tail(&text), tail);
                assert!(verify_signed(&public.parse().unwrap(), &text, &tail));
                assert!(!verify_signed(&key.public(), &altered, &tail));
            }
            "mac" => {
                let key = MacKey::from_bytes(&array(&key));
                assert_eq!(key.tail(&text), tail);
                assert!(key.verify(&text, &tail));
                assert!(!key.verify(&altered, &tail));
            }
            "short" => {
                let key = MacKey::from_bytes(&array(&key));
                assert_eq!(key.short_tail(&text), tail);
                assert!(key.verify_short(&text, &tail));
                assert!(!key.verify_short(&altered, &tail));
            }
            other => panic!("{other}"),
        }
        let known: Profile = serde_json::from_value(profile.into()).unwrap();
        assert_eq!(tail.len(), known.tail_len());
        profiles.insert(known);
    }
    assert_eq!(profiles, BTreeSet::from(Profile::ALL));
}

#[test]
fn base_72() {
    for [bytes, text] in rows("base72.tsv") {
        if bytes == "-" {
            assert_eq!(base72::decode(&text), None, "{text}");
        } else {
            assert_eq!(base72::encode(&array(&bytes)), text);
            assert_eq!(base72::decode(&text), Some(array(&bytes)));
        }
    }
}

#[test]
fn key_sets() {
    let vectors: serde_json::Value = serde_json::from_str(&golden("keyset.json")).unwrap();
    let text = |at: &str| vectors.pointer(at).unwrap().as_str().unwrap().to_owned();
    let anchor = SigningKey::from_seed(&array(&text("/anchor_seed")));
    let public: PublicKey = text("/anchor_public").parse().unwrap();
    assert_eq!(anchor.public(), public);

    let ours: SignedKeySet = serde_json::from_value(vectors["ours"].clone()).unwrap();
    let set = ours.verify(&public).unwrap();
    assert_eq!((set.version, set.issued_at), (7, 1_767_225_600));
    assert_eq!(set.sign(&anchor).unwrap(), ours);
    for (at, state) in KeyState::ALL.into_iter().enumerate() {
        for (letter, profile) in [('S', Profile::Signed), ('M', Profile::Mac), ('H', Profile::Short)] {
            let known = |key: &&seal::KeyInfo| key.profile == profile && key.state == state;
            let key = set.keys.iter().find(known).unwrap();
            assert!(key.id.as_str().starts_with(&format!("K{at}{letter}")));
            assert_eq!(key.public.is_some(), profile == Profile::Signed);
        }
    }

    let later: SignedKeySet = serde_json::from_value(vectors["later"].clone()).unwrap();
    let newer = later.verify(&public).unwrap();
    assert!(newer.supersedes(&set) && !set.supersedes(&newer) && !set.supersedes(&set));
    assert_eq!(newer.keys, set.keys);

    let stranger = SigningKey::from_seed(&[1; 32]).public();
    assert!(matches!(ours.verify(&stranger), Err(KeySetError::Signature)));
}

#[test]
fn envelopes() {
    for [secret, public, info, aad, enc, ciphertext, plaintext] in rows("envelopes.tsv") {
        let key = EnvelopeKey::from_bytes(&array(&secret));
        assert_eq!(key.public(), array(&public));
        let sealed = Sealed { enc: array(&enc), ciphertext: hex(&ciphertext) };
        let (info, aad) = (hex(&info), hex(&aad));
        let opened = envelope::open(&key, &info, &aad, &sealed);
        assert_eq!(opened.unwrap().as_slice(), hex(&plaintext));
        assert_eq!(envelope::open(&key, &info, b"other", &sealed), Err(EnvelopeError::Closed));
        assert_eq!(envelope::open(&key, b"other", &aad, &sealed), Err(EnvelopeError::Closed));
    }
}
