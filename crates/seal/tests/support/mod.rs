//! Reading of vectors, and small tools of the tests.
#![allow(dead_code, reason = "each test file uses a part")]

use std::path::{Path, PathBuf};

/// The folder of golden files.
pub(crate) fn golden(file: &str) -> String {
    let path = root().join("tests/golden/seal").join(file);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The rows of a golden table.
pub(crate) fn rows<const COLUMNS: usize>(file: &str) -> Vec<[String; COLUMNS]> {
    golden(file)
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| {
            let row: Vec<String> = line.split('\t').map(str::to_owned).collect();
            row.try_into().unwrap_or_else(|row| panic!("{file}: {row:?}"))
        })
        .collect()
}

/// Vectors kept beside the repository, where they are to be had.
pub(crate) fn fixture(file: &str) -> Option<serde_json::Value> {
    let path = root().join("../shared/fixtures/crypto").join(file);
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("SKIPPED: no {} here", path.display());
        return None;
    };
    Some(serde_json::from_str(&text).unwrap())
}

/// The root of the workspace.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Hexadecimal digits as bytes; `-` is none.
pub(crate) fn hex(text: &str) -> Vec<u8> {
    if text == "-" {
        return Vec::new();
    }
    assert!(text.len().is_multiple_of(2), "{text}");
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

/// Thirty-two or sixty-four bytes in hexadecimal digits.
pub(crate) fn array<const N: usize>(text: &str) -> [u8; N] {
    hex(text).try_into().unwrap()
}

/// `<GS>` as the character it stands for.
pub(crate) fn prefix(text: &str) -> String {
    text.replace("<GS>", "\u{1d}")
}
