//! What makes a code believable: its serial and its tail.
//!
//! A unit's code is `01` GTIN `21` serial, GS, `91` key id, GS, `92` tail.
//! This crate computes the serial from its number and back ([`Permutation`]),
//! makes and checks the tail in its three profiles ([`SigningKey`],
//! [`MacKey`]), carries the public keys to everybody who checks
//! ([`SignedKeySet`]) and seals reports to the backend ([`envelope`]).
//!
//! Everything is a pure function: no clock, no randomness, no input or output.
//! Key bytes and the generator of random numbers are arguments. Secrets are
//! overwritten when dropped, cannot be cloned or serialised, and show nothing
//! in `Debug`.
//!
//! ```
//! use seal::{SerialFormat, SerialMaster, SigningKey, verify_signed};
//!
//! let master = SerialMaster::from_bytes(&[1; 32]);
//! let series = master.series("04870001234565", &SerialFormat::LEN_13);
//! let serial = series.serial(41).ok_or("no such number")?;
//! assert_eq!(series.number(&serial), Some(41));
//!
//! let key = SigningKey::from_seed(&[2; 32]);
//! let prefix = format!("010487000123456521{serial}\u{1d}91KZ01");
//! let tail = key.sign_tail(&prefix);
//! assert!(verify_signed(&key.public(), &prefix, &tail));
//! # Ok::<(), &str>(())
//! ```
//!
//! The bytes made here are printed on goods and live for ever; golden files
//! under `tests/golden/seal` hold them fast.

pub mod base72;
pub mod envelope;
mod hash;
mod hex;
mod key_id;
mod key_set;
mod key_state;
mod mac;
mod serial;
mod signed;

pub use hash::{constant_time_eq, hmac_sha256};
pub use key_id::{KeyId, KeyIdError};
pub use key_set::{KeyInfo, KeySet, KeySetError, MAX_GROUP_BYTES, MAX_KEYS, MAX_PAYLOAD_BYTES, SignedKeySet};
pub use key_state::{KeyState, Profile};
pub use mac::{MAC_TAIL_LEN, MacKey, SHORT_TAIL_LEN};
pub use serial::{Permutation, SerialFormat, SerialMaster};
pub use signed::{PublicKey, PublicKeyError, SIGNED_TAIL_LEN, SigningKey, verify_signed};

/// The traits for random numbers that [`envelope::seal`] takes, re-exported so
/// that callers implement the same version.
pub use hpke::rand_core;
