//! Small things kept by name.

use super::Unavailable;
use super::files::Folder;

fn folder() -> Result<Folder, Unavailable> {
    Folder::of_program("kept")
}

/// What is kept under a name.
pub(crate) fn get(name: &str) -> Option<String> {
    folder().ok()?.get(name)
}

/// Keeps under a name.
pub(crate) fn set(name: &str, value: &str) -> Result<(), Unavailable> {
    folder()?.put(name, value)
}

/// Forgets a name.
pub(crate) fn remove(name: &str) {
    // A name that is not there is as good as removed.
    let _ = folder().and_then(|folder| folder.remove(name));
}
