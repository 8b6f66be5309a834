//! Golden files: tab-separated rows, `#` begins a comment line, `\t \r \n \\ \xNN \u{N}` are escapes.

use std::fmt::Write;
use std::path::PathBuf;

/// Reads a golden file, applies the function to the first `inputs` columns of each row, and compares what it gives with
/// the other columns. All differing rows are shown at once, as they would have to be.
///
/// A row that refuses an identifier as unknown holds until the identifier becomes known: then a later row with the same
/// input takes its place.
pub(crate) fn check(name: &str, inputs: usize, run: impl Fn(&[String]) -> Vec<String>) {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/golden/gs1")).join(name);
    let text = std::fs::read_to_string(&path).unwrap();
    let mut wrong = String::new();
    let mut rows = 0;
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let table: Vec<Vec<String>> = lines.map(|line| line.split('\t').map(unescape).collect()).collect();
    for (place, columns) in table.iter().enumerate() {
        let (given, expected) = columns.split_at(inputs);
        let refuses_unknown = expected.iter().any(|text| text == "UnknownAi" || text.starts_with("Query("));
        if refuses_unknown && table[place + 1..].iter().any(|later| later.starts_with(given)) {
            continue;
        }
        let found = run(given);
        rows += 1;
        if found != expected {
            let row: Vec<String> = given.iter().chain(&found).map(|text| escape(text)).collect();
            writeln!(wrong, "{}", row.join("\t")).unwrap();
        }
    }
    assert!(rows > 0, "{name} has no rows");
    assert!(wrong.is_empty(), "{name}: these rows came out differently\n{wrong}");
}

fn escape(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            '\n' => out.push_str("\\n"),
            '\\' => out.push_str("\\\\"),
            c if c.is_ascii_control() => write!(out, "\\x{:02x}", c as u32).unwrap(),
            '\u{a0}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => write!(out, "\\u{{{:x}}}", c as u32).unwrap(),
            c => out.push(c),
        }
    }
    out
}

fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        if c != '\\' {
            out.push(c);
            continue;
        }
        let kind = rest.chars().next().unwrap();
        rest = &rest[1..];
        let code = match kind {
            't' => 9,
            'r' => 13,
            'n' => 10,
            '\\' => 92,
            'x' => {
                let (digits, after) = rest.split_at(2);
                rest = after;
                u32::from_str_radix(digits, 16).unwrap()
            }
            'u' => {
                let (digits, after) = rest[1..].split_once('}').unwrap();
                rest = after;
                u32::from_str_radix(digits, 16).unwrap()
            }
            other => panic!("unknown escape {other:?}"),
        };
        out.push(char::from_u32(code).unwrap());
    }
    out
}
