//! A picture file that the person has picked, with what the web view offers for that: `dioxus` would open a dialogue of its
//! own, which phones do not have.

use super::{Unavailable, ask, tell};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use dioxus::events::FormEvent;

/// The file.
#[derive(Clone, PartialEq)]
pub(crate) struct Picked;

/// Lets the web view open its own dialogue, and keeps what was picked last.
pub(super) fn prepare() {
    let body = "const isFile = ({ target }) => target instanceof HTMLInputElement && target.type === 'file';
        addEventListener('click', (event) => isFile(event) && event.stopImmediatePropagation(), true);
        addEventListener('change', (event) => isFile(event) && (globalThis.tanbaPicked = event.target.files[0]), true);";
    tell(body, &());
}

impl Picked {
    /// The file of an input that has changed.
    pub(crate) fn of(_event: &FormEvent) -> Option<Self> {
        Some(Self)
    }

    /// Its bytes.
    pub(crate) async fn bytes(&self) -> Result<Vec<u8>, Unavailable> {
        let body = "return await new Promise((done, failed) => {
              const reader = new FileReader();
              Object.assign(reader, { onload: () => done(reader.result), onerror: failed });
              reader.readAsDataURL(tanbaPicked);
            });";
        let address: String = ask(body, &()).await?;
        // An empty file has no data behind its kind.
        let (_, data) = address.rsplit_once([',', ':']).ok_or(Unavailable)?;
        STANDARD.decode(data).map_err(|_| Unavailable)
    }
}
