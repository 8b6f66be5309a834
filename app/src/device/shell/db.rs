//! Larger things kept by name.

use super::Unavailable;
use super::files::Folder;

fn folder() -> Result<Folder, Unavailable> {
    Folder::of_program("outbox")
}

/// Keeps a text under a name.
pub(crate) async fn put(name: &str, value: &str) -> Result<(), Unavailable> {
    folder()?.put(name, value)
}

/// Every text kept, in the order of names.
pub(crate) async fn all() -> Result<Vec<String>, Unavailable> {
    Ok(folder()?.all())
}

/// Forgets a name.
pub(crate) async fn remove(name: &str) -> Result<(), Unavailable> {
    folder()?.remove(name)
}
