//! The files of the repository, as the rules see them.

use std::fs;

use anyhow::Result;

use super::source::{self, Source};
use crate::process::{command, output};
use crate::repo::Repo;

/// A file that is, or will be, committed.
pub(super) struct File {
    /// Its path below the root, with `/`.
    pub(super) path: String,
    /// Its length.
    pub(super) bytes: u64,
    /// Its text, if it is text.
    pub(super) text: Option<String>,
    /// Its code taken apart, if it is Rust.
    pub(super) rust: Option<Source>,
}

impl File {
    /// A file from its path and text.
    pub(super) fn new(path: &str, bytes: Vec<u8>) -> Self {
        let length = bytes.len() as u64;
        let text = String::from_utf8(bytes).ok();
        let rust = text.as_deref().filter(|_| path.ends_with(".rs")).map(source::take_apart);
        Self { path: path.to_owned(), bytes: length, text, rust }
    }

    /// Whether the file is below one of these folders.
    pub(super) fn below(&self, folders: &[&str]) -> bool {
        folders.iter().any(|folder| self.path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/')))
    }

    /// Whether it is a test rather than the product: a file of tests beside the code, or of a `tests` folder.
    pub(super) fn is_test(&self) -> bool {
        let mut parts = self.path.split('/');
        let name = parts.next_back().unwrap_or_default();
        name == "tests.rs" || name.ends_with("_tests.rs") || parts.any(|part| part == "tests" || part == "benches")
    }
}

/// All files.
pub(super) struct Tree {
    files: Vec<File>,
}

impl Tree {
    /// What git knows or would add.
    pub(super) fn read(repo: &Repo) -> Result<Self> {
        let list = output(command("git").current_dir(repo.root()).args([
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ]))?;
        let files = list
            .split('\0')
            .filter(|path| !path.is_empty())
            // A file removed and not yet committed is in the list but not there.
            .filter_map(|path| Some(File::new(path, fs::read(repo.path(path)).ok()?)))
            .collect();
        Ok(Self { files })
    }

    /// A tree for the rules' own tests.
    #[cfg(test)]
    pub(super) fn of(files: &[(&str, &str)]) -> Self {
        let files = files.iter().map(|(path, text)| File::new(path, text.as_bytes().to_vec())).collect();
        Self { files }
    }

    pub(super) fn files(&self) -> &[File] {
        &self.files
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_not_a_prefix_of_a_name() {
        let file = File::new("shared/src/lib.rs", Vec::new());
        assert!(file.below(&["shared"]));
        assert!(!file.below(&["share"]));
    }

    #[test]
    fn tests_are_told_from_the_product() {
        let test = |path: &str| File::new(path, Vec::new()).is_test();
        assert!(test("shared/src/verdict/tests.rs"));
        assert!(test("tests/src/lib.rs"));
        assert!(test("crates/gs1/tests/golden.rs"));
        assert!(!test("crates/gs1/src/attests.rs"));
    }
}
