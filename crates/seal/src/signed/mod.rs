//! The signed profile: Ed25519 (RFC 8032) under AI 92.

mod batch;

use crate::{base72, hex};
use ed25519_dalek::{Signature, Signer, VerifyingKey};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use std::{borrow::Cow, fmt, str::FromStr};

/// Characters of a signed tail.
pub const SIGNED_TAIL_LEN: usize = base72::CHARS;

/// The public half of a [`SigningKey`]. Its text form is 64 lower-case
/// hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

/// The bytes are not a public key that signatures could be trusted under.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PublicKeyError {
    /// The text is not 64 lower-case hexadecimal digits.
    #[error("a public key is 64 lower-case hexadecimal digits")]
    Text,
    /// The bytes are no point of the curve, are not its canonical encoding
    /// (RFC 8032, 5.1.3), or the point is of small order.
    #[error("the bytes are no Ed25519 public key of full order in canonical form")]
    Point,
}

impl PublicKey {
    /// Takes the 32 bytes of RFC 8032.
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<Self, PublicKeyError> {
        let key = VerifyingKey::from_bytes(bytes).map_err(|_| PublicKeyError::Point)?;
        let canonical = key.to_edwards().compress().to_bytes() == *bytes;
        (canonical && !key.is_weak()).then_some(Self(key)).ok_or(PublicKeyError::Point)
    }

    /// The 32 bytes of RFC 8032.
    pub fn as_bytes(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }

    /// Whether `signature` is this key's on `message`. Strict: a signature can
    /// be written in one way only, and no point may be of small order.
    pub fn verify(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        self.0.verify_strict(message, &Signature::from_bytes(signature)).is_ok()
    }
}

/// Whether `tail` is the signed tail of `prefix`, the element string up to it.
/// False for a tail of any other form, too.
pub fn verify_signed(public: &PublicKey, prefix: &str, tail: &str) -> bool {
    base72::decode(tail).is_some_and(|signature| public.verify(prefix.as_bytes(), &signature))
}

impl FromStr for PublicKey {
    type Err = PublicKeyError;

    fn from_str(text: &str) -> Result<Self, PublicKeyError> {
        Self::from_bytes(&hex::parse32(text).ok_or(PublicKeyError::Text)?)
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(&hex::print(self.as_bytes()))
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "PublicKey({self})")
    }
}

impl Serialize for PublicKey {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PublicKey {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Cow::<str>::deserialize(from)?.parse().map_err(D::Error::custom)
    }
}

/// Makes signed tails. Overwritten when dropped.
pub struct SigningKey(ed25519_dalek::SigningKey);

impl SigningKey {
    /// The key that RFC 8032, 5.1.5 derives from a seed.
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(ed25519_dalek::SigningKey::from_bytes(seed))
    }

    /// The key that checks what this one signs.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    /// The signature of `message`: the same for the same message.
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.0.sign(message).to_bytes()
    }

    /// The tail of `prefix`, the element string up to it (`01…21…<GS>91kkkk`):
    /// 83 characters.
    pub fn sign_tail(&self, prefix: &str) -> String {
        base72::encode(&self.sign(prefix.as_bytes()))
    }

    /// The tails of many prefixes, in order: the same that [`Self::sign_tail`]
    /// gives one by one, in four fifths of the time.
    pub fn sign_tails<P: AsRef<str>>(&self, prefixes: &[P]) -> Vec<String> {
        let mut tails = Vec::with_capacity(prefixes.len());
        let messages = prefixes.iter().map(|prefix| prefix.as_ref().as_bytes());
        let public = self.0.verifying_key();
        batch::sign_all(self.0.as_bytes(), public.as_bytes(), messages, |it| {
            tails.push(base72::encode(&it));
        });
        tails
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("SigningKey(..)")
    }
}
