//! Codes as scanners, keyboards and programs damage them: each row of `tests/golden/gs1/damaged.tsv` comes back as the code
//! it was, or is refused under the name it has there. A repair counts only when the tail verifies.

#![allow(clippy::unwrap_used, reason = "a helper of a test fails by panicking")]

use std::collections::HashSet;
use std::fmt::Write;
use std::path::Path;

use shared::code::{Reading, Secrets, TailCheck, read};
use shared::gs1::GS;
use shared::seal::{KeyInfo, KeySet, KeyState, MacKey, Profile, SigningKey};

fn golden(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/golden");
    std::fs::read_to_string(root.join(path)).unwrap()
}

/// The keys of `tests/golden/seal/tails.tsv`, one id for each profile.
fn keys(seed: u8) -> (KeySet, Secrets) {
    let bytes: [u8; 32] = std::array::from_fn(|at| at as u8 + seed);
    let info = |id: &str, profile, public| KeyInfo {
        id: id.parse().unwrap(),
        group: "footwear".to_owned(),
        profile,
        state: KeyState::Active,
        public,
    };
    let keys = vec![
        info("KZ01", Profile::Signed, Some(SigningKey::from_seed(&bytes).public())),
        info("Z9Z9", Profile::Mac, None),
        info("SH01", Profile::Short, None),
    ];
    let secrets = Secrets {
        mac: vec![("Z9Z9".parse().unwrap(), MacKey::from_bytes(&bytes))],
        short: vec![("SH01".parse().unwrap(), MacKey::from_bytes(&bytes))],
    };
    (KeySet { version: 1, issued_at: 0, keys, report_key: [0; 32] }, secrets)
}

/// The code, or the name of the refusal.
fn outcome(text: &str, (keys, secrets): &(KeySet, Secrets)) -> String {
    let seen = read(text, keys, secrets);
    match (seen.reading, seen.tail) {
        (Reading::Mark(code), Some(TailCheck::Valid)) => escape(&code.element_string()),
        (Reading::Mark(_), tail) => format!("refused: {}", tail.map_or("no tail", TailCheck::as_str)),
        (Reading::Foreign(code), _) => format!("refused: foreign {}", code.issuer.as_str()),
        (Reading::Incomplete { missing, .. }, _) => format!("refused: incomplete {}", missing.as_str()),
        (Reading::NotAMark(other), _) => format!("refused: not a mark, {}", other.as_str()),
    }
}

#[test]
fn damaged_codes_are_read_as_they_were_meant() {
    let ours = keys(0);
    let others = keys(1);
    let table = golden("gs1/damaged.tsv");
    let (mut rows, mut wrong, mut kinds) = (0, String::new(), HashSet::new());
    for line in table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let &[damage, text, expected] = line.split('\t').collect::<Vec<&str>>().as_slice() else {
            panic!("{line}");
        };
        let raw = unescape(text);
        let found = outcome(&raw, &ours);
        if found != expected {
            writeln!(wrong, "{damage}\t{text}\t{found}").unwrap();
        }
        let forged = outcome(&raw, &others);
        assert!(forged.starts_with("refused: "), "{damage}: nothing is read that no key vouches for: {forged}");
        rows += 1;
        kinds.insert(damage.to_owned());
    }
    assert!(wrong.is_empty(), "these rows came out differently\n{wrong}");
    assert!(rows >= 300 && kinds.len() >= 100, "{rows} rows of {} kinds", kinds.len());
}

/// Every code that the table expects is one whose tail another implementation made.
#[test]
fn the_codes_are_golden() {
    let tails = golden("seal/tails.tsv");
    let codes: HashSet<String> = tails
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| {
            let columns: Vec<&str> = line.split('\t').collect();
            let ai = if columns[0] == "short" { "93" } else { "92" };
            escape(&format!("{}{GS}{ai}{}", columns[3].replace("<GS>", "\u{1d}"), columns[4]))
        })
        .collect();
    for line in golden("gs1/damaged.tsv").lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let expected = line.split('\t').nth(2).unwrap();
        assert!(expected.starts_with("refused: ") || codes.contains(expected), "{expected}");
    }
}

fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace(GS, "\\x1d")
}

/// `\t \r \n \\ \xNN \u{N}`, as in every table beside this one.
fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((plain, escape)) = rest.split_once('\\') {
        out.push_str(plain);
        let (c, length) = match escape.as_bytes()[0] {
            b't' => ('\t', 1),
            b'r' => ('\r', 1),
            b'n' => ('\n', 1),
            b'\\' => ('\\', 1),
            b'x' => (char::from(u8::from_str_radix(&escape[1..3], 16).unwrap()), 3),
            _ => {
                let end = escape.find('}').unwrap();
                (char::from_u32(u32::from_str_radix(&escape[2..end], 16).unwrap()).unwrap(), end + 1)
            }
        };
        out.push(c);
        rest = &escape[length..];
    }
    out + rest
}
