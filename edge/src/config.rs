//! What the operator tells the edge: secrets, the anchor of the public keys, where the backend is, how fresh is fresh.

use serde::Deserialize;
use shared::code::Secrets;
use shared::seal::{KeyId, MacKey, PublicKey, SerialMaster};
use std::collections::BTreeMap;

/// Seconds for which a projection is answered from without asking again, unless the operator says otherwise.
pub const PROJECTION_SECONDS: i64 = 30;

/// Seconds for which a key set is, likewise.
pub const KEYS_SECONDS: i64 = 60;

/// The settings, checked.
pub struct Config {
    /// Symmetric keys of codes.
    pub secrets: Secrets,
    /// From which serials are computed.
    pub serial: SerialMaster,
    /// Signs requests to the backend.
    pub backend_key: Vec<u8>,
    /// Who signs the key sets.
    pub anchor: PublicKey,
    /// How long a projection is fresh, in milliseconds.
    pub projection_ms: i64,
    /// How long a key set is fresh, in milliseconds.
    pub keys_ms: i64,
}

/// A setting that cannot be used. Names the setting, never its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// `TANBA_SECRETS` is not the JSON it should be.
    #[error("TANBA_SECRETS is not JSON with `serial`, `mac`, `short` and `backend`")]
    Secrets,
    /// A key in it is not 64 hexadecimal digits.
    #[error("a key in TANBA_SECRETS is not 64 hexadecimal digits")]
    Key,
    /// An id in it is no key id.
    #[error("a key in TANBA_SECRETS has no usable id")]
    KeyId,
    /// `TANBA_ANCHOR` is no public key.
    #[error("TANBA_ANCHOR is not a public key")]
    Anchor,
    /// `PROJECTION_SECONDS` is no number of seconds.
    #[error("PROJECTION_SECONDS is not a whole number from 0 to 3600")]
    ProjectionSeconds,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SecretsText {
    serial: String,
    #[serde(default)]
    mac: BTreeMap<String, String>,
    #[serde(default)]
    short: BTreeMap<String, String>,
    backend: String,
}

impl Config {
    /// Reads the settings as the operator wrote them.
    ///
    /// # Errors
    /// [`ConfigError`] names the first setting that cannot be used.
    pub fn read(secrets: &str, anchor: &str, projection_seconds: Option<&str>) -> Result<Self, ConfigError> {
        let text: SecretsText = serde_json::from_str(secrets).map_err(|_| ConfigError::Secrets)?;
        let seconds = match projection_seconds.map(str::trim).filter(|text| !text.is_empty()) {
            None => PROJECTION_SECONDS,
            Some(text) => text
                .parse()
                .ok()
                .filter(|seconds| (0..=3600).contains(seconds))
                .ok_or(ConfigError::ProjectionSeconds)?,
        };
        Ok(Self {
            secrets: Secrets { mac: mac_keys(&text.mac)?, short: mac_keys(&text.short)? },
            serial: SerialMaster::from_bytes(&key_bytes(&text.serial)?),
            backend_key: key_bytes(&text.backend)?.to_vec(),
            anchor: anchor.trim().parse().map_err(|_| ConfigError::Anchor)?,
            projection_ms: seconds * 1000,
            keys_ms: seconds.min(KEYS_SECONDS) * 1000,
        })
    }
}

fn mac_keys(text: &BTreeMap<String, String>) -> Result<Vec<(KeyId, MacKey)>, ConfigError> {
    let key = |(id, hex): (&String, &String)| {
        let id: KeyId = id.parse().map_err(|_| ConfigError::KeyId)?;
        Ok((id, MacKey::from_bytes(&key_bytes(hex)?)))
    };
    text.iter().map(key).collect()
}

fn key_bytes(hex: &str) -> Result<[u8; 32], ConfigError> {
    let mut bytes = [0; 32];
    if hex.len() != 64 || !hex.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return Err(ConfigError::Key);
    }
    for (byte, at) in bytes.iter_mut().zip((0..64).step_by(2)) {
        *byte = u8::from_str_radix(&hex[at..at + 2], 16).map_err(|_| ConfigError::Key)?;
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::seal::SigningKey;

    #[test]
    fn a_setting_that_cannot_be_used_is_named() {
        let anchor = SigningKey::from_seed(&[7; 32]).public().to_string();
        let key = "ab".repeat(32);
        let good = format!(r#"{{"serial":"{key}","mac":{{"M001":"{key}"}},"short":{{}},"backend":"{key}"}}"#);
        let config = Config::read(&good, &anchor, Some("5")).unwrap();
        assert_eq!((config.projection_ms, config.secrets.mac.len()), (5000, 1));
        assert_eq!(Config::read(&good, &anchor, None).unwrap().projection_ms, 30_000);
        let of = |secrets: &str, anchor: &str, seconds| Config::read(secrets, anchor, seconds).err();
        assert_eq!(of("{}", &anchor, None), Some(ConfigError::Secrets));
        assert_eq!(of(&good.replace("ab", "xy"), &anchor, None), Some(ConfigError::Key));
        assert_eq!(of(&good.replace("M001", "nope!"), &anchor, None), Some(ConfigError::KeyId));
        assert_eq!(of(&good, "00", None), Some(ConfigError::Anchor));
        for seconds in ["-1", "soon", "3601"] {
            assert_eq!(of(&good, &anchor, Some(seconds)), Some(ConfigError::ProjectionSeconds));
        }
    }
}
