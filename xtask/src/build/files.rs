//! Files: walking, copying, and fingerprints that tell whether anything has changed.

use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// All files below a folder, in order; none if the folder is not there.
pub(crate) fn walk(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    if folder.is_dir() {
        collect(folder, &mut found)?;
    }
    found.sort();
    Ok(found)
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    let entries = fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, found)?;
        } else {
            found.push(path);
        }
    }
    Ok(())
}

/// Copies a file, making the folders above it.
pub(crate) fn copy(from: &Path, to: &Path) -> Result<()> {
    make_parent(to)?;
    fs::copy(from, to).map(|_| ()).with_context(|| format!("could not copy {} to {}", from.display(), to.display()))
}

/// Copies everything below a folder.
pub(crate) fn copy_all(from: &Path, to: &Path) -> Result<()> {
    for file in walk(from)? {
        let below = file.strip_prefix(from)?;
        copy(&file, &to.join(below))?;
    }
    Ok(())
}

/// Writes a file, making the folders above it.
pub(crate) fn write(path: &Path, content: impl AsRef<[u8]>) -> Result<()> {
    make_parent(path)?;
    fs::write(path, content).with_context(|| format!("could not write {}", path.display()))
}

fn make_parent(path: &Path) -> Result<()> {
    let parent = path.parent().context("a file has a folder")?;
    fs::create_dir_all(parent).with_context(|| parent.display().to_string())
}

/// Sixteen hexadecimal digits that change with the content. For caches only: it resists accidents, no attack.
pub(crate) fn fingerprint<'a>(contents: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut hasher = DefaultHasher::new();
    for content in contents {
        hasher.write_usize(content.len());
        hasher.write(content);
    }
    format!("{:016x}", hasher.finish())
}

/// The fingerprint of files and of everything below folders, names included.
pub(crate) fn fingerprint_of(paths: &[PathBuf]) -> Result<String> {
    let mut parts: Vec<Vec<u8>> = Vec::new();
    for path in paths {
        let files = if path.is_dir() { walk(path)? } else { vec![path.clone()] };
        for file in files {
            parts.push(file.as_os_str().as_encoded_bytes().to_vec());
            parts.push(fs::read(&file).with_context(|| file.display().to_string())?);
        }
    }
    Ok(fingerprint(parts.iter().map(Vec::as_slice)))
}

/// A note beside a result of what it was made from.
pub(crate) struct Stamp {
    file: PathBuf,
    key: String,
}

impl Stamp {
    /// The stamp in `file` for a result made from what `key` stands for.
    pub(crate) fn new(file: PathBuf, key: String) -> Self {
        Self { file, key }
    }

    /// Whether the result was made from the same.
    pub(crate) fn fresh(&self) -> bool {
        fs::read_to_string(&self.file).is_ok_and(|text| text == self.key)
    }

    /// Notes that the result is made.
    pub(crate) fn set(&self) -> Result<()> {
        write(&self.file, &self.key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("xtask-{name}-{}", std::process::id()));
        if folder.exists() {
            fs::remove_dir_all(&folder).unwrap();
        }
        folder
    }

    #[test]
    fn a_fingerprint_tells_contents_apart() {
        let one = fingerprint([&b"ab"[..], &b"c"[..]]);
        assert_eq!(one, fingerprint([&b"ab"[..], &b"c"[..]]));
        assert_ne!(one, fingerprint([&b"a"[..], &b"bc"[..]]));
        assert_eq!(one.len(), 16);
    }

    #[test]
    fn a_copy_has_every_file_and_the_same_fingerprint_changes_with_one() {
        let folder = folder("copy");
        write(&folder.join("from/deep/file"), "text").unwrap();
        write(&folder.join("from/other"), "more").unwrap();
        copy_all(&folder.join("from"), &folder.join("to")).unwrap();
        let copied = walk(&folder.join("to")).unwrap();
        assert_eq!(copied.len(), 2);
        let before = fingerprint_of(&[folder.join("to")]).unwrap();
        write(&folder.join("to/other"), "changed").unwrap();
        assert_ne!(before, fingerprint_of(&[folder.join("to")]).unwrap());
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_stamp_is_fresh_for_its_own_key_only() {
        let file = folder("stamp").join("stamp");
        let stamp = Stamp::new(file.clone(), "one".into());
        assert!(!stamp.fresh());
        stamp.set().unwrap();
        assert!(stamp.fresh());
        assert!(!Stamp::new(file, "two".into()).fresh());
    }
}
