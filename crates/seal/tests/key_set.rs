//! What a key set must be before anybody uses it.

#![allow(clippy::unwrap_used, reason = "tests")]

use proptest::prelude::*;
use seal::{
    KeyInfo, KeySet, KeySetError, KeyState, MAX_GROUP_BYTES, MAX_KEYS, MAX_PAYLOAD_BYTES, Profile, PublicKey,
    PublicKeyError, SignedKeySet, SigningKey,
};

fn anchor() -> SigningKey {
    SigningKey::from_seed(&[1; 32])
}

fn key(at: usize) -> KeyInfo {
    KeyInfo {
        id: format!("{at:04}").parse().unwrap(),
        group: "footwear".to_owned(),
        profile: Profile::Signed,
        state: KeyState::Active,
        public: Some(SigningKey::from_seed(&[2; 32]).public()),
    }
}

fn set(keys: Vec<KeyInfo>) -> KeySet {
    KeySet { version: 1, issued_at: 1_767_225_600, keys, report_key: [9; 32] }
}

/// A payload as it stands, signed by the anchor.
fn signed(payload: String) -> SignedKeySet {
    let set = SigningKey::from_seed(&[1; 32]);
    let bytes = set.sign(payload.as_bytes());
    let signature = {
        use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
        URL_SAFE_NO_PAD.encode(bytes)
    };
    SignedKeySet { payload, signature }
}

fn refusal(payload: String) -> KeySetError {
    signed(payload).verify(&anchor().public()).unwrap_err()
}

#[test]
fn travels_and_comes_back() {
    let set = set((0..3).map(key).collect());
    let text = serde_json::to_string(&set.sign(&anchor()).unwrap()).unwrap();
    let read: SignedKeySet = serde_json::from_str(&text).unwrap();
    assert_eq!(read.verify(&anchor().public()).unwrap(), set);
    assert_eq!(set.get(&"0002".parse().unwrap()), Some(&set.keys[2]));
    assert_eq!(set.get(&"0003".parse().unwrap()), None);
}

#[test]
fn the_largest_set_fits_its_bytes() {
    let widest = |at| KeyInfo { group: "\"".repeat(MAX_GROUP_BYTES), state: KeyState::Compromised, ..key(at) };
    let set = set((0..MAX_KEYS).map(widest).collect());
    let signed = set.sign(&anchor()).unwrap();
    assert!(signed.payload.len() <= MAX_PAYLOAD_BYTES, "{}", signed.payload.len());
    assert_eq!(signed.verify(&anchor().public()).unwrap(), set);
}

#[test]
fn unusable_sets_are_neither_signed_nor_taken() {
    let with = |change: fn(&mut KeyInfo)| {
        let mut key = key(1);
        change(&mut key);
        set(vec![key])
    };
    let table = [
        (set((0..=MAX_KEYS).map(key).collect()), "TooManyKeys"),
        (set(vec![key(1), key(2), key(1)]), "Duplicate(KeyId(0001))"),
        (with(|key| key.group.clear()), "Group(KeyId(0001))"),
        (with(|key| key.group = "x".repeat(MAX_GROUP_BYTES + 1)), "Group(KeyId(0001))"),
        (with(|key| key.group = "beer\n".to_owned()), "Group(KeyId(0001))"),
        (with(|key| key.public = None), "Public(KeyId(0001))"),
        (with(|key| key.profile = Profile::Mac), "Public(KeyId(0001))"),
        (with(|key| key.profile = Profile::Short), "Public(KeyId(0001))"),
    ];
    for (set, expected) in table {
        let error = set.sign(&anchor()).unwrap_err();
        assert_eq!(format!("{error:?}"), expected);
        let error = refusal(serde_json::to_string(&set).unwrap());
        assert_eq!(format!("{error:?}"), expected);
    }
}

#[test]
fn signed_nonsense_is_refused() {
    let good = serde_json::to_string(&set(vec![key(1)])).unwrap();
    assert!(signed(good.clone()).verify(&anchor().public()).is_ok());
    for (from, to) in [
        ("\"version\":1", "\"version\":-1"),
        ("\"version\":1", "\"version\":1,\"version\":2"),
        ("\"version\":1,", ""),
        ("\"active\"", "\"Active\""),
        ("\"0001\"", "\"001\""),
        ("\"0909", "\"09AB"),
        ("\"0909", "\""),
        ("{\"version\"", "[{\"version\""),
    ] {
        let payload = good.replacen(from, to, 1);
        assert_ne!(payload, good, "{from}");
        assert!(matches!(refusal(payload), KeySetError::Form(_)), "{from} {to}");
    }
    let large = format!("{good}{}", " ".repeat(MAX_PAYLOAD_BYTES));
    assert!(matches!(refusal(large), KeySetError::TooLarge));
    assert!(matches!(refusal(String::new()), KeySetError::Form(_)));
}

#[test]
fn points_that_anybody_could_sign_for_are_no_keys() {
    // Points of small order, and y above the field's order (RFC 8032, 5.1.3).
    for weak in [
        "0100000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0200000000000000000000000000000000000000000000000000000000000000",
    ] {
        assert_eq!(weak.parse::<PublicKey>(), Err(PublicKeyError::Point), "{weak}");
    }
    let text = anchor().public().to_string();
    assert_eq!(text.parse(), Ok(anchor().public()));
    assert_eq!(text.to_uppercase().parse::<PublicKey>(), Err(PublicKeyError::Text));
    assert_eq!(text[2..].parse::<PublicKey>(), Err(PublicKeyError::Text));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_changed_byte_is_refused(at in any::<prop::sample::Index>(), by in "[ -~]") {
        let good = set(vec![key(1), key(2)]).sign(&anchor()).unwrap();
        let place = at.index(good.payload.len());
        let mut bad = good.clone();
        bad.payload.replace_range(place..=place, &by);
        prop_assert_eq!(bad.verify(&anchor().public()).is_ok(), bad == good);
        let place = at.index(good.signature.len());
        let mut bad = good.clone();
        bad.signature.replace_range(place..=place, &by);
        prop_assert_eq!(bad.verify(&anchor().public()).is_ok(), bad == good);
    }
}
