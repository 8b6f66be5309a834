//! Every Rust file is part of a program: one that no other declares is compiled by nobody, and nobody sees that it is stale.

use std::collections::HashSet;

use super::Finding;
use super::tree::{File, Tree};

/// Files below `src` that no module names.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let rust = || tree.files().iter().filter(|file| file.path.contains("src/"));
    let declared: HashSet<String> = rust().flat_map(declarations).collect();
    let is_lost = |file: &&File| file.rust.is_some() && !is_root(&file.path) && !declared.contains(&module(&file.path));
    let finding = |file: &File| Finding::new("module-declared", &file.path, "no other file declares it with `mod`");
    rust().filter(is_lost).map(finding).collect()
}

/// Whether a program or a library begins here.
fn is_root(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    matches!(name, "lib.rs" | "main.rs") || path.contains("/bin/") && path.rsplit('/').nth(1) == Some("bin")
}

/// The path of a module without its ending: `a/b.rs` and `a/b/mod.rs` are both `a/b`.
fn module(path: &str) -> String {
    let path = path.strip_suffix(".rs").unwrap_or(path);
    path.strip_suffix("/mod").unwrap_or(path).to_owned()
}

/// The modules that a file declares.
fn declarations(file: &File) -> Vec<String> {
    let Some(rust) = &file.rust else { return Vec::new() };
    let folder = if is_root(&file.path) {
        file.path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned()
    } else {
        module(&file.path)
    };
    let lines = rust.code_with_tests.lines();
    let names = lines.filter_map(|line| line.trim().strip_suffix(';')?.rsplit_once("mod "));
    let names = names.filter(|(before, _)| before.is_empty() || before.starts_with("pub") || before.starts_with('#'));
    names.map(|(_, name)| format!("{folder}/{}", name.trim())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_nobody_declares_is_found() {
        let tree = Tree::of(&[
            ("a/src/lib.rs", "mod b;\npub mod c;\n// mod lost;"),
            ("a/src/b.rs", ""),
            ("a/src/c/mod.rs", "pub(crate) mod d;\n#[cfg(test)]\nmod tests;"),
            ("a/src/c/d.rs", ""),
            ("a/src/c/tests.rs", ""),
            ("a/src/lost.rs", ""),
            ("a/src/c/b.rs", ""),
            ("a/src/bin/tool.rs", ""),
            ("a/src/bin/other/main.rs", "mod part;"),
            ("a/src/bin/other/part.rs", ""),
            ("a/src/picture.png", ""),
        ]);
        let lost: Vec<_> = check(&tree).into_iter().map(|finding| finding.place).collect();
        assert_eq!(lost, ["a/src/lost.rs", "a/src/c/b.rs"]);
    }
}
