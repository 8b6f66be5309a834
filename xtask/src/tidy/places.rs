//! Invariant 6: only `backend/store` holds SQL, only `edge/src/cloudflare` names the Worker's library, only the
//! app's `device` names the platform.

use super::Finding;
use super::source::line_of;
use super::tree::File;

/// Names that belong to one place.
struct Place {
    rule: &'static str,
    names: &'static [&'static str],
    /// The only places where they may stand.
    only: &'static [&'static str],
    /// Where the rule does not look.
    not_in: &'static [&'static str],
}

const PLACES: [Place; 3] = [
    Place {
        rule: "sql-outside-store",
        names: &["rusqlite", "sqlx", "tokio_postgres", "postgres"],
        only: &["backend/store/"],
        not_in: &["xtask/", "tests/"],
    },
    Place {
        rule: "worker-outside-cloudflare",
        names: &["worker"],
        only: &["edge/src/cloudflare/", "edge/src/cloudflare.rs"],
        not_in: &["xtask/", "tests/"],
    },
    Place {
        rule: "platform-outside-device",
        names: &["web_sys", "js_sys", "wasm_bindgen", "wasm_bindgen_futures", "gloo", "jni", "objc2"],
        only: &[
            "app/src/device/",
            "app/src/device.rs",
            "crates/scan/src/web.rs",
            "edge/src/cloudflare/",
            "edge/src/cloudflare.rs",
        ],
        not_in: &["xtask/"],
    },
];

/// Beginnings of statements. They count in strings only, in capitals, as this project writes SQL.
const STATEMENTS: [&str; 10] = [
    "SELECT ",
    "INSERT INTO ",
    "INSERT OR ",
    "UPDATE ",
    "DELETE FROM ",
    "CREATE TABLE ",
    "CREATE INDEX ",
    "CREATE UNIQUE ",
    "ALTER TABLE ",
    "PRAGMA ",
];

/// Names and statements out of their place.
pub(super) fn check(file: &File) -> Vec<Finding> {
    let Some(rust) = &file.rust else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    for place in &PLACES {
        if starts_with(file, place.only) || starts_with(file, place.not_in) {
            continue;
        }
        for name in place.names {
            for at in uses(&rust.code_with_tests, name) {
                let line = line_of(&rust.code_with_tests, at);
                findings.push(Finding::new(
                    place.rule,
                    format!("{}:{line}", file.path),
                    format!("`{name}` belongs in {}", place.only.join(", ")),
                ));
            }
        }
    }
    if !starts_with(file, &["backend/store/", "xtask/", "tests/"]) {
        findings.extend(statements(file, &rust.strings));
    }
    findings
}

fn starts_with(file: &File, folders: &[&str]) -> bool {
    folders.iter().any(|folder| file.path.starts_with(folder))
}

/// Where a crate is used: at the start of a path, as in `name::` or `use name`.
fn uses(code: &str, name: &str) -> Vec<usize> {
    code.match_indices(name)
        .filter(|(at, _)| {
            let (before, after) = (&code[..*at], &code[at + name.len()..]);
            let path_goes_on = before.chars().next_back().is_some_and(|c| c.is_alphanumeric() || "_:.".contains(c));
            let imported =
                before.trim_end().ends_with("use") && !after.starts_with(|c: char| c.is_alphanumeric() || c == '_');
            !path_goes_on && (after.starts_with("::") || imported)
        })
        .map(|(at, _)| at)
        .collect()
}

fn statements(file: &File, strings: &str) -> Vec<Finding> {
    STATEMENTS
        .iter()
        .flat_map(|statement| strings.match_indices(statement))
        .filter(|(at, _)| {
            let before = strings[..*at].chars().next_back();
            let starts = before.is_none_or(|c| c.is_whitespace() || c == '(');
            // In English, people update things too.
            let english = strings[*at..].starts_with("UPDATE") && !sets(&strings[*at..]);
            starts && !english
        })
        .map(|(at, statement)| {
            Finding::new(
                "sql-outside-store",
                format!("{}:{}", file.path, line_of(strings, at)),
                format!("`{}…` is SQL: only backend/store holds it", statement.trim_end()),
            )
        })
        .collect()
}

/// Whether `UPDATE` is followed by `SET`, with nothing but a table's name between.
fn sets(statement: &str) -> bool {
    statement.split_whitespace().take(8).any(|word| word == "SET")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(path: &str, text: &str) -> Vec<&'static str> {
        check(&File::new(path, text.as_bytes().to_vec())).iter().map(|finding| finding.rule).collect()
    }

    #[test]
    fn sql_is_found_outside_the_store() {
        let query = "const Q: &str = \"SELECT a FROM b\";";
        assert_eq!(rules("backend/api/src/a.rs", query), ["sql-outside-store"]);
        assert!(rules("backend/store/src/a.rs", query).is_empty());
        assert_eq!(rules("backend/api/src/a.rs", "use rusqlite::Connection;"), ["sql-outside-store"]);
        assert!(rules("backend/api/src/a.rs", "let a = \"set UPDATE to refresh\";").is_empty());
        let update = "let a = \"UPDATE a SET b = 1\";";
        assert_eq!(rules("backend/api/src/a.rs", update), ["sql-outside-store"]);
        assert!(rules("backend/api/src/a.rs", "// SELECT a FROM b\nlet a = \"Select a code\";").is_empty());
    }

    #[test]
    fn the_worker_library_is_found_outside_its_folder() {
        assert_eq!(rules("edge/src/router.rs", "use worker::Env;"), ["worker-outside-cloudflare"]);
        assert_eq!(rules("edge/src/lib.rs", "#[worker::event(fetch)]"), ["worker-outside-cloudflare"]);
        assert!(rules("edge/src/cloudflare/kv.rs", "use worker::Env;").is_empty());
        assert!(rules("app/src/device/mod.rs", "use crate::device::worker::Scanner;").is_empty());
        assert!(rules("app/src/screens/scan.rs", "let worker = 1; worker.post();").is_empty());
    }

    #[test]
    fn the_platform_is_found_outside_its_folder() {
        assert_eq!(rules("app/src/state.rs", "fn a() { web_sys::window(); }"), ["platform-outside-device"]);
        assert!(rules("app/src/device/camera.rs", "fn a() { web_sys::window(); }").is_empty());
        assert!(rules("crates/scan/src/web.rs", "use wasm_bindgen::prelude::*;").is_empty());
        assert_eq!(rules("crates/scan/src/lib.rs", "use wasm_bindgen::prelude::*;"), ["platform-outside-device"]);
    }
}
