//! Project Wycheproof's vectors for Ed25519 and HMAC-SHA-256.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests")]

mod support;

use seal::{PublicKey, constant_time_eq, hmac_sha256};
use serde_json::Value;
use support::{fixture, hex};

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap()
}

/// Every test of a file with its group.
fn tests(file: &Value) -> impl Iterator<Item = (&Value, &Value)> {
    let groups = file["testGroups"].as_array().unwrap().iter();
    groups.flat_map(|group| {
        let tests = group["tests"].as_array().unwrap().iter();
        tests.map(move |test| (group, test))
    })
}

#[test]
fn ed25519() {
    let Some(file) = fixture("wycheproof-ed25519.json") else {
        return;
    };
    let mut valid = 0;
    for (group, test) in tests(&file) {
        let public: Result<PublicKey, _> = text(&group["publicKey"], "pk").parse();
        let signature: Result<[u8; 64], _> = hex(text(test, "sig")).try_into();
        let accepted = match (public, signature) {
            (Ok(public), Ok(signature)) => public.verify(&hex(text(test, "msg")), &signature),
            _ => false,
        };
        assert_eq!(accepted, text(test, "result") == "valid", "{test}");
        valid += u32::from(accepted);
    }
    assert!(valid > 0);
}

#[test]
fn hmac_sha_256() {
    let Some(file) = fixture("wycheproof-hmac-sha256.json") else {
        return;
    };
    let mut valid = 0;
    for (group, test) in tests(&file) {
        let bytes = group["tagSize"].as_u64().unwrap() as usize / 8;
        let code = hmac_sha256(&hex(text(test, "key")), &hex(text(test, "msg")));
        let accepted = constant_time_eq(&code[..bytes], &hex(text(test, "tag")));
        assert_eq!(accepted, text(test, "result") == "valid", "{test}");
        valid += u32::from(accepted);
    }
    assert!(valid > 0);
}
