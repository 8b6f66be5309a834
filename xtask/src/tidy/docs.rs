//! Every Rust file says at its top what it is.

use super::Finding;
use super::tree::File;

/// The first line that is not an attribute is a module comment.
pub(super) fn check(file: &File) -> Option<Finding> {
    let text = file.text.as_deref().filter(|_| file.rust.is_some())?;
    let first =
        text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with("#![")).unwrap_or_default();
    let said = first.strip_prefix("//!").is_some_and(|rest| !rest.trim().is_empty());
    (!said)
        .then(|| Finding::new("module-doc", &file.path, "the file must start with `//!` and a sentence on what it is"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rust(text: &str) -> Option<Finding> {
        check(&File::new("a.rs", text.as_bytes().to_vec()))
    }

    #[test]
    fn a_file_without_a_sentence_is_found() {
        assert!(rust("//! What it is.\nfn a() {}").is_none());
        assert!(rust("#![no_std]\n//! What it is.").is_none());
        assert!(rust("fn a() {}").is_some());
        assert!(rust("//!\n").is_some());
        assert!(rust("// An ordinary comment.\n").is_some());
    }

    #[test]
    fn other_languages_are_left_alone() {
        assert!(check(&File::new("a.js", b"let a;".to_vec())).is_none());
    }
}
