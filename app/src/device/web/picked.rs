//! A picture file that the person has picked.

use super::Unavailable;
use dioxus::events::FormEvent;
use dioxus::html::FileData;

/// The file.
#[derive(Clone, PartialEq)]
pub(crate) struct Picked(FileData);

impl Picked {
    /// The first file of an input that has changed.
    pub(crate) fn of(event: &FormEvent) -> Option<Self> {
        event.files().into_iter().next().map(Self)
    }

    /// Its bytes.
    pub(crate) async fn bytes(&self) -> Result<Vec<u8>, Unavailable> {
        Ok(self.0.read_bytes().await.map_err(|_| Unavailable)?.to_vec())
    }
}
