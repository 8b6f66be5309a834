//! `/v1/keys`.

pub mod get;
