//! The public keys as the phone holds them: signed, pinned, never going back.

use crate::device::storage;
use serde::{Deserialize, Serialize};
use shared::seal::{KeySet, PublicKey, SignedKeySet};

const NAME: &str = "tanba.keys";

/// `GET /v1/keys`: the signed set, and the anchor for those who meet it for the first time. Kept in the same form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Published {
    /// The signed set.
    #[serde(flatten)]
    set: SignedKeySet,
    /// The operator's key that signed it.
    anchor: PublicKey,
}

/// The keys held.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Keys {
    set: KeySet,
    published: Option<Published>,
}

impl Default for Keys {
    fn default() -> Self {
        Self { set: KeySet { version: 0, issued_at: 0, keys: Vec::new(), report_key: [0; 32] }, published: None }
    }
}

impl Keys {
    /// The set; empty, of version 0, on a phone that has never had a network.
    pub(crate) fn set(&self) -> &KeySet {
        &self.set
    }

    /// Whether there are keys at all.
    pub(crate) fn is_known(&self) -> bool {
        self.published.is_some()
    }

    /// Takes a set if it is signed by the anchor pinned at first use and is newer than the one held: whoever can answer
    /// in the operator's place can neither add a key nor bring back a withdrawn one.
    pub(crate) fn take(&mut self, published: Published) -> bool {
        let anchor = self.published.as_ref().map_or(&published.anchor, |held| &held.anchor);
        let Ok(set) = published.set.verify(anchor) else { return false };
        if self.is_known() && !set.supersedes(&self.set) {
            return false;
        }
        let anchor = *anchor;
        *self = Self { set, published: Some(Published { anchor, ..published }) };
        true
    }
}

/// Reads what was kept; it is checked as if it had come over the network.
pub(super) fn load() -> Keys {
    let mut keys = Keys::default();
    if let Some(published) = storage::get(NAME).and_then(|text| serde_json::from_str(&text).ok()) {
        keys.take(published);
    }
    keys
}

/// Keeps them.
pub(super) fn store(keys: &Keys) {
    if let Some(text) = keys.published.as_ref().and_then(|published| serde_json::to_string(published).ok()) {
        // A full phone goes on with the keys in memory.
        let _ = storage::set(NAME, &text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::seal::SigningKey;

    fn published(version: u64, seed: u8) -> Published {
        let key = SigningKey::from_seed(&[seed; 32]);
        let set = KeySet { version, issued_at: 0, keys: Vec::new(), report_key: [7; 32] };
        Published { set: set.sign(&key).unwrap(), anchor: key.public() }
    }

    #[test]
    fn keys_go_forward_only_and_only_by_the_first_anchor() {
        let mut keys = Keys::default();
        assert!(!keys.is_known());
        assert!(keys.take(published(5, 1)));
        assert!(!keys.take(published(5, 1)), "the same version again");
        assert!(!keys.take(published(4, 1)), "an older version");
        assert!(!keys.take(published(9, 2)), "another anchor");
        let mixed = Published { anchor: published(9, 2).anchor, ..published(6, 1) };
        assert!(keys.take(mixed), "the pinned anchor counts, not the one told");
        assert_eq!(keys.set().version, 6);
        assert!(keys.take(published(7, 1)));
    }

    #[test]
    fn what_was_kept_is_what_was_published() {
        let published = published(5, 1);
        let text = serde_json::to_string(&published).unwrap();
        assert_eq!(serde_json::from_str::<Published>(&text).unwrap(), published);
        let mut json: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert!(json["payload"].take().as_str().unwrap().contains("\"version\":5"));
    }
}
