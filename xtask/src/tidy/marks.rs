//! Leftovers: what says that a thing is not done, and paths of one person's machine.

use super::Finding;
use super::source::line_of;
use super::tree::File;

/// In code, tests included.
const UNDONE_CODE: [&str; 4] = ["todo!", "unimplemented!", "#[ignore", "dbg!("];

/// In comments. Split, so that this file does not find itself.
const UNDONE_COMMENT: [&str; 3] = [concat!("FIX", "ME"), concat!("TO", "DO"), concat!("XX", "X")];

/// Folders that exist on one machine only.
const MACHINE_PATHS: [&str; 4] =
    [concat!("/ho", "me/"), concat!("/ro", "ot/"), concat!("/Us", "ers/"), concat!("/wo", "rk/")];

/// Files that others have written.
const FOREIGN: [&str; 3] = ["Cargo.lock", "package-lock.json", "LICENSE"];

/// Marks and paths in one file.
pub(super) fn check(file: &File) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let Some(rust) = &file.rust {
        for mark in UNDONE_CODE {
            findings.extend(found(file, "undone", &rust.code_with_tests, mark));
        }
        for mark in UNDONE_COMMENT {
            findings.extend(found(file, "undone", &rust.comments, mark));
        }
    }
    if let Some(text) = file.text.as_deref().filter(|_| !FOREIGN.contains(&file.path.as_str())) {
        for path in MACHINE_PATHS {
            findings.extend(found(file, "machine-path", text, path));
        }
    }
    findings
}

fn found(file: &File, rule: &'static str, text: &str, mark: &str) -> Vec<Finding> {
    text.match_indices(mark)
        .filter(|(at, _)| stands_alone(text, *at))
        .map(|(at, _)| {
            let place = format!("{}:{}", file.path, line_of(text, at));
            Finding::new(rule, place, format!("`{mark}`"))
        })
        .collect()
}

/// Not the tail of a longer name, path or address.
fn stands_alone(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    !before.is_some_and(|c| c.is_alphanumeric() || "_-./}~$".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(path: &str, text: &str) -> Vec<&'static str> {
        check(&File::new(path, text.as_bytes().to_vec())).iter().map(|finding| finding.rule).collect()
    }

    #[test]
    fn what_is_not_done_is_found_in_code_and_comments() {
        assert_eq!(rules("a.rs", "fn a() { todo!() }"), ["undone"]);
        assert_eq!(rules("a.rs", "#[ignore]\nfn a() {}"), ["undone"]);
        let comment = format!("// {} later", UNDONE_COMMENT[0]);
        assert_eq!(rules("a.rs", &comment), ["undone"]);
    }

    #[test]
    fn what_only_talks_about_it_is_not() {
        assert!(rules("a.rs", "const A: &str = \"todo!\";").is_empty());
        assert!(rules("a.rs", "fn mytodo() {}").is_empty());
    }

    #[test]
    fn paths_of_a_machine_are_found_in_any_text() {
        let text = format!("cd {}me", MACHINE_PATHS[0]);
        assert_eq!(rules("docs/a.md", &text), ["machine-path"]);
        let address = format!("https://example.com{}me", MACHINE_PATHS[0]);
        assert!(rules("docs/a.md", &address).is_empty());
    }
}
