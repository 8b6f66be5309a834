//! The keys that everybody who checks codes holds: versioned, signed by the
//! operator.

use crate::{KeyId, KeyState, Profile, PublicKey, SigningKey, hex};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};

/// Keys in a set, at most.
pub const MAX_KEYS: usize = 1024;

/// Bytes in the name of a product group, at most.
pub const MAX_GROUP_BYTES: usize = 64;

/// Bytes in the payload of a signed set, at most: room for [`MAX_KEYS`].
pub const MAX_PAYLOAD_BYTES: usize = 512 * 1024;

/// What everybody may know of a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyInfo {
    /// Its name, printed after AI 91.
    pub id: KeyId,
    /// The product group whose codes it makes.
    pub group: String,
    /// How it makes tails.
    pub profile: Profile,
    /// Where it is in its life.
    pub state: KeyState,
    /// The key that checks its tails: always there for the signed profile,
    /// never for the others, whose only key is secret.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public: Option<PublicKey>,
}

/// The keys known at one time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeySet {
    /// Greater in every set than in all before it.
    pub version: u64,
    /// When the operator signed it, in seconds since 1970-01-01 UTC.
    pub issued_at: i64,
    /// Every key whose codes may be met, each id once.
    pub keys: Vec<KeyInfo>,
    /// The X25519 key that reports are sealed to ([`crate::envelope`]).
    #[serde(with = "hex::bytes32")]
    pub report_key: [u8; 32],
}

/// A [`KeySet`] as it travels: the bytes that were signed, and the signature.
///
/// Whoever holds the operator's anchor key can check it, wherever it came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedKeySet {
    /// The JSON of the set: exactly these bytes are signed. Fields that a
    /// reader does not know are ignored.
    pub payload: String,
    /// The anchor's Ed25519 signature, in base64url without padding.
    pub signature: String,
}

/// Why a key set is not to be used.
#[derive(Debug, thiserror::Error)]
pub enum KeySetError {
    /// The payload is longer than [`MAX_PAYLOAD_BYTES`].
    #[error("the key set is larger than {MAX_PAYLOAD_BYTES} bytes")]
    TooLarge,
    /// The signature is not the anchor's on this payload.
    #[error("the key set is not signed by the operator's key")]
    Signature,
    /// The payload, though signed, is not a key set.
    #[error("the key set is not in the form expected")]
    Form(#[source] serde_json::Error),
    /// The set has more keys than [`MAX_KEYS`].
    #[error("the key set has more than {MAX_KEYS} keys")]
    TooManyKeys,
    /// Two keys have one id.
    #[error("key {0} is in the set twice")]
    Duplicate(KeyId),
    /// A group's name is empty, longer than [`MAX_GROUP_BYTES`], or has control
    /// characters.
    #[error("the product group of key {0} has no usable name")]
    Group(KeyId),
    /// A signed key without its public half, or another with one.
    #[error("key {0} has a public key if and only if its profile is signed: not so here")]
    Public(KeyId),
}

impl KeySet {
    /// The key of this id.
    pub fn get(&self, id: &KeyId) -> Option<&KeyInfo> {
        self.keys.iter().find(|key| key.id == *id)
    }

    /// Whether a holder of `held` should take this set instead: its version is
    /// greater. An older set, though well signed, would bring back keys since
    /// withdrawn.
    pub fn supersedes(&self, held: &Self) -> bool {
        self.version > held.version
    }

    /// Signs the set with the operator's anchor key.
    pub fn sign(&self, anchor: &SigningKey) -> Result<SignedKeySet, KeySetError> {
        self.check()?;
        let payload = serde_json::to_string(self).map_err(KeySetError::Form)?;
        if payload.len() > MAX_PAYLOAD_BYTES {
            return Err(KeySetError::TooLarge);
        }
        let signature = URL_SAFE_NO_PAD.encode(anchor.sign(payload.as_bytes()));
        Ok(SignedKeySet { payload, signature })
    }

    fn check(&self) -> Result<(), KeySetError> {
        if self.keys.len() > MAX_KEYS {
            return Err(KeySetError::TooManyKeys);
        }
        let mut ids: Vec<KeyId> = self.keys.iter().map(|key| key.id).collect();
        ids.sort_unstable();
        if let Some(pair) = ids.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(KeySetError::Duplicate(pair[0]));
        }
        for key in &self.keys {
            let group = &key.group;
            if group.is_empty() || group.len() > MAX_GROUP_BYTES || group.chars().any(char::is_control) {
                return Err(KeySetError::Group(key.id));
            }
            if key.public.is_some() != (key.profile == Profile::Signed) {
                return Err(KeySetError::Public(key.id));
            }
        }
        Ok(())
    }
}

impl SignedKeySet {
    /// The set, if the anchor signed exactly these bytes and they are a set
    /// that can be used. Nothing of the payload is read before the signature
    /// has been checked.
    pub fn verify(&self, anchor: &PublicKey) -> Result<KeySet, KeySetError> {
        if self.payload.len() > MAX_PAYLOAD_BYTES {
            return Err(KeySetError::TooLarge);
        }
        let signature: [u8; 64] = URL_SAFE_NO_PAD
            .decode(&self.signature)
            .ok()
            .and_then(|bytes| bytes.try_into().ok())
            .ok_or(KeySetError::Signature)?;
        if !anchor.verify(self.payload.as_bytes(), &signature) {
            return Err(KeySetError::Signature);
        }
        let set: KeySet = serde_json::from_str(&self.payload).map_err(KeySetError::Form)?;
        set.check()?;
        Ok(set)
    }
}
