//! Invariant 1: `shared`, `backend/ledger` and `crates/*` read no clock, make no randomness and do no I/O.

use super::Finding;
use super::source::line_of;
use super::tree::File;

const RULE: &str = "purity";

/// The pure folders.
const PURE: [&str; 3] = ["shared", "backend/ledger", "crates"];

/// Names that reach outside. A name counts wherever it is a whole path segment.
const OUTSIDE: [(&str, &str); 24] = [
    ("SystemTime", "pass the time as an argument"),
    ("Instant", "pass the time as an argument"),
    ("now_utc", "pass the time as an argument"),
    ("now_local", "pass the time as an argument"),
    ("Utc::now", "pass the time as an argument"),
    ("Local::now", "pass the time as an argument"),
    ("getrandom", "pass the random bytes or a generator as an argument"),
    ("OsRng", "pass a generator as an argument"),
    ("SysRng", "pass a generator as an argument"),
    ("ThreadRng", "pass a generator as an argument"),
    ("thread_rng", "pass a generator as an argument"),
    ("RandomState", "use an ordered map: a hash map's order is random"),
    ("std::fs", "no file is read here: pass its bytes"),
    ("std::net", "no network is used here"),
    ("std::env", "no environment is read here: pass the value"),
    ("std::process", "no program is started here"),
    ("std::thread", "no thread is started here"),
    ("io::stdin", "no I/O here"),
    ("io::stdout", "no I/O here"),
    ("io::stderr", "no I/O here"),
    ("print!", "no I/O here"),
    ("println!", "no I/O here"),
    ("eprintln!", "no I/O here"),
    ("eprint!", "no I/O here"),
];

/// Modules of `std` that may not appear in a grouped import.
const MODULES: [&str; 5] = ["fs", "net", "env", "process", "thread"];

/// Names from outside in the code of one file; its tests may use them, and what is a program of its own.
pub(super) fn check(file: &File) -> Vec<Finding> {
    let Some(rust) = &file.rust else {
        return Vec::new();
    };
    let is_program = file.path.contains("/examples/") || file.path.ends_with("/build.rs");
    if !file.below(&PURE) || file.is_test() || is_program {
        return Vec::new();
    }
    let code = &rust.code;
    let mut findings: Vec<Finding> = OUTSIDE
        .iter()
        .flat_map(|(name, instead)| {
            code.match_indices(name)
                .filter(|(at, name)| whole(code, *at, name.len()))
                .map(|(at, name)| finding(file, code, at, &format!("`{name}`: {instead}")))
                .collect::<Vec<_>>()
        })
        .collect();
    findings.extend(
        grouped_imports(code)
            .into_iter()
            .map(|(at, module)| finding(file, code, at, &format!("`std::{module}` in a grouped import"))),
    );
    findings
}

fn finding(file: &File, code: &str, at: usize, what: &str) -> Finding {
    Finding::new(RULE, format!("{}:{}", file.path, line_of(code, at)), what)
}

/// Whether a name is not part of a longer one.
fn whole(code: &str, at: usize, length: usize) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    !code[..at].chars().next_back().is_some_and(part) && !code[at + length..].chars().next().is_some_and(part)
}

/// `use std::{fs, …}`.
fn grouped_imports(code: &str) -> Vec<(usize, &'static str)> {
    let mut found = Vec::new();
    for (start, opening) in code.match_indices("std::{") {
        let inside = &code[start + opening.len()..];
        let inside = &inside[..inside.find(';').unwrap_or(inside.len())];
        for module in MODULES {
            let named = inside
                .match_indices(module)
                .any(|(at, _)| whole(inside, at, module.len()) && !inside[..at].ends_with("::"));
            if named {
                found.push((start, module));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(path: &str, text: &str) -> usize {
        check(&File::new(path, text.as_bytes().to_vec())).len()
    }

    #[test]
    fn clocks_randomness_and_files_are_found() {
        assert_eq!(count("shared/src/a.rs", "fn a() { std::time::SystemTime::now(); }"), 1);
        assert_eq!(count("crates/seal/src/a.rs", "use getrandom::fill;"), 1);
        assert_eq!(count("backend/ledger/src/a.rs", "fn a() { std::fs::read(\"x\"); }"), 1);
        assert_eq!(count("shared/src/a.rs", "use std::{fmt, fs};"), 1);
        assert_eq!(count("crates/gs1/src/a.rs", "fn a() { println!(\"x\"); }"), 1);
    }

    #[test]
    fn tests_comments_and_other_crates_are_not() {
        assert_eq!(count("shared/src/a.rs", "// std::fs is not used\nuse std::{fmt, env_name};"), 0);
        assert_eq!(count("shared/src/a.rs", "#[cfg(test)]\nmod tests { use std::fs; }"), 0);
        assert_eq!(count("crates/gs1/tests/golden.rs", "use std::fs;"), 0);
        assert_eq!(count("crates/scan/examples/score.rs", "use std::fs;"), 0);
        assert_eq!(count("backend/server/src/a.rs", "use std::fs;"), 0);
        assert_eq!(count("shared/src/a.rs", "fn a() { env!(\"CARGO_PKG_NAME\"); }"), 0);
        assert_eq!(count("shared/src/a.rs", "struct InstantSale; fn a(std_fs: u8) {}"), 0);
    }
}
