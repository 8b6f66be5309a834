//! Speaks HTTP: routes, authentication, limits, OpenAPI.

mod keyring;

pub use keyring::{KeyParts, Keyring, KeyringParts, SecretBytes, TailMaker};
