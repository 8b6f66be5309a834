//! What the program keeps: a file for each name, in the folder that the system gives to it alone.

use super::Unavailable;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// A folder of texts under names. Names are written in hexadecimal, so that any will do and they sort as they are.
pub(super) struct Folder(PathBuf);

impl Folder {
    /// The folder of this name.
    pub(super) fn of_program(name: &str) -> Result<Self, Unavailable> {
        Ok(Self(data().ok_or(Unavailable)?.join(name)))
    }

    /// What is kept under a name.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        fs::read_to_string(self.path(name)).ok()
    }

    /// Keeps under a name: what was there before stays until all of the new text is written.
    pub(super) fn put(&self, name: &str, value: &str) -> Result<(), Unavailable> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let begun = self.0.join(format!("begun-{}", NUMBER.fetch_add(1, Ordering::Relaxed)));
        let put = || -> io::Result<()> {
            make_folder(&self.0)?;
            let mut file = fs::File::create(&begun)?;
            file.write_all(value.as_bytes())?;
            file.sync_all()?;
            fs::rename(&begun, self.path(name))
        };
        put().map_err(|_| {
            // It may not have been made at all.
            let _ = fs::remove_file(&begun);
            Unavailable
        })
    }

    /// Every text kept, in the order of names; whatever cannot be read is left out.
    pub(super) fn all(&self) -> Vec<String> {
        let Ok(entries) = fs::read_dir(&self.0) else { return Vec::new() };
        let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        paths.retain(|path| path.to_str().is_some_and(|path| path.ends_with(ENDING)));
        paths.sort();
        paths.iter().filter_map(|path| fs::read_to_string(path).ok()).collect()
    }

    /// Forgets a name.
    pub(super) fn remove(&self, name: &str) -> Result<(), Unavailable> {
        match fs::remove_file(self.path(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Unavailable),
            _ => Ok(()),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        let hex: String = name.bytes().map(|byte| format!("{byte:02x}")).collect();
        self.0.join(hex + ENDING)
    }
}

const ENDING: &str = ".text";

/// Makes a folder that nobody else on the machine may look into.
fn make_folder(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(path)
}

/// The folder that the system gives to this program.
#[cfg(not(target_os = "android"))]
pub(super) fn data() -> Option<PathBuf> {
    Some(dirs::data_dir()?.join("tanba"))
}

/// The folder that Android gives to this program: it runs each as a user of its own, in a process that bears its name.
#[cfg(target_os = "android")]
pub(super) fn data() -> Option<PathBuf> {
    let command = fs::read("/proc/self/cmdline").ok()?;
    let name = std::str::from_utf8(command.split(|&byte| byte == 0 || byte == b':').next()?).ok()?;
    Some(Path::new("/data/data").join(name).join("files/tanba"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_kept_under_any_name_and_in_order() {
        let temporary = tempfile::tempdir().unwrap();
        let folder = Folder(temporary.path().join("made/when/needed"));
        assert_eq!(folder.get("a"), None);
        assert_eq!(folder.all(), Vec::<String>::new());
        for name in ["b", "../up", "a", "ә", ""] {
            folder.put(name, "old").unwrap();
            folder.put(name, &format!("text of {name}")).unwrap();
            assert_eq!(folder.get(name), Some(format!("text of {name}")));
        }
        assert_eq!(folder.all(), ["", "../up", "a", "b", "ә"].map(|name| format!("text of {name}")));
        folder.remove("a").unwrap();
        folder.remove("never").unwrap();
        assert_eq!(folder.get("a"), None);
        assert_eq!(folder.all().len(), 4);
        assert_eq!(fs::read_dir(temporary.path()).unwrap().count(), 1, "nothing lies beside it");
    }

    #[test]
    fn what_was_kept_stays_when_the_new_cannot_be_written() {
        let temporary = tempfile::tempdir().unwrap();
        let folder = Folder(temporary.path().to_owned());
        folder.put("a", "old").unwrap();
        fs::remove_file(folder.path("a")).unwrap();
        fs::create_dir(folder.path("a")).unwrap();
        assert_eq!(folder.put("a", "new"), Err(Unavailable));
        assert_eq!(fs::read_dir(temporary.path()).unwrap().count(), 1, "what was begun is taken away");
    }
}
