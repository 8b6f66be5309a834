//! `/v1/reports`.

pub mod get;
pub mod post;
