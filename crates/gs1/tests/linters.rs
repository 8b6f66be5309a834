//! The pass and fail vectors of the GS1 Barcode Syntax Dictionary's linters, for what this crate checks.

#![allow(clippy::unwrap_used, reason = "a helper of a test fails by panicking")]

use gs1::{Charset, has_check_digit, is_date};

/// Undoes the vectors' escapes, those of C. A byte above 127 is no character of any set here, so its code point stands
/// for it.
fn unescape(data: &str) -> String {
    let mut out = String::new();
    let mut rest = data;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let escape = &rest[at + 1..];
        let (c, length) = match escape.strip_prefix('x') {
            Some(hex) => (char::from(u8::from_str_radix(&hex[..2], 16).unwrap()), 3),
            None => (escape.chars().next().unwrap(), 1),
        };
        out.push(c);
        rest = &escape[length..];
    }
    out + rest
}

fn passes(linter: &str, data: &str) -> Option<bool> {
    let within = |set: Charset| Some(set.offender(data).is_none());
    match linter {
        "csetnumeric" => within(Charset::Numeric),
        "cset82" => within(Charset::Set82),
        "cset39" => within(Charset::Set39),
        "cset64" => within(Charset::Set64),
        "csum" => Some(has_check_digit(data)),
        "yymmd0" => Some(is_date(data)),
        _ => None,
    }
}

#[test]
fn linters_agree() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/fixtures/gs1/linter-vectors.tsv");
    let Ok(vectors) = std::fs::read_to_string(path) else {
        eprintln!("skipped: no public GS1 vectors at {path}");
        return;
    };
    let mut compared = 0;
    for line in vectors.lines().skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        let &[linter, expect, data, _, marked] = columns.as_slice() else {
            panic!("unexpected row {line:?}");
        };
        let data = unescape(data);
        let Some(passed) = passes(linter, &data) else {
            continue;
        };
        assert_eq!(passed, expect == "pass", "{line}");
        if let Some(set) = linter.strip_prefix("cset").filter(|_| !passed) {
            let set = match set {
                "numeric" => Charset::Numeric,
                "82" => Charset::Set82,
                "39" => Charset::Set39,
                _ => Charset::Set64,
            };
            let (at, c) = set.offender(&data).unwrap();
            // The vectors mark where the fault begins; an asterisk in the data itself marks nothing.
            let marked = unescape(marked);
            let expected = (0..marked.len())
                .find(|&at| marked.get(..at) == data.get(..at) && marked.get(at..).is_some_and(|m| m.starts_with('*')));
            if c != '*' {
                assert_eq!(Some(at), expected, "{line}");
            }
        }
        compared += 1;
    }
    assert!(compared > 800, "only {compared} vectors compared");
}
