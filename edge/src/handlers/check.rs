//! `/v1/check`.

pub mod post;
