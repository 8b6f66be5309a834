//! `/v1/health`.

pub mod get;
