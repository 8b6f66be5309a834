//! The name of a key, as printed after AI 91.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use std::{borrow::Cow, fmt, str::FromStr};

/// The name of a key: four characters of `0-9A-Z`, printed in the code after
/// AI 91. Says which key, nothing about it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId([u8; 4]);

/// The text is not four characters of `0-9A-Z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a key id is four characters of 0-9 and A-Z")]
pub struct KeyIdError;

impl KeyId {
    /// The four characters.
    pub fn as_str(&self) -> &str {
        // Only ASCII gets in, so the text is always there.
        str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl FromStr for KeyId {
    type Err = KeyIdError;

    fn from_str(text: &str) -> Result<Self, KeyIdError> {
        let bytes: [u8; 4] = text.as_bytes().try_into().map_err(|_| KeyIdError)?;
        let known = |byte: &u8| matches!(byte, b'0'..=b'9' | b'A'..=b'Z');
        bytes.iter().all(known).then_some(Self(bytes)).ok_or(KeyIdError)
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.pad(self.as_str())
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "KeyId({})", self.as_str())
    }
}

impl Serialize for KeyId {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for KeyId {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Cow::<str>::deserialize(from)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_characters_and_no_others() {
        assert_eq!("KZ01".parse::<KeyId>().unwrap().to_string(), "KZ01");
        for wrong in ["", "KZ0", "KZ011", "kz01", "KZ 1", "KZ-1", "ÄZ1", "KZ0\u{1d}"] {
            assert_eq!(wrong.parse::<KeyId>(), Err(KeyIdError), "{wrong:?}");
        }
    }
}
