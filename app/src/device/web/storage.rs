//! Small things kept by name: `localStorage`.

use super::Unavailable;

fn store() -> Result<web_sys::Storage, Unavailable> {
    super::window()?.local_storage()?.ok_or(Unavailable)
}

/// What is kept under a name.
pub(crate) fn get(name: &str) -> Option<String> {
    store().ok()?.get_item(name).ok()?
}

/// Keeps under a name.
pub(crate) fn set(name: &str, value: &str) -> Result<(), Unavailable> {
    Ok(store()?.set_item(name, value)?)
}

/// Forgets a name.
pub(crate) fn remove(name: &str) {
    if let Ok(store) = store() {
        // A name that is not there is as good as removed.
        let _ = store.remove_item(name);
    }
}
