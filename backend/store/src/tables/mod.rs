//! Rows of the small tables, and of what is kept by document: a file a table. The log itself is the engine's.
//!
//! Statements keep to what both databases read alike (`db`).

pub(crate) mod block;
pub(crate) mod body;
mod convert;
pub(crate) mod meta;
pub(crate) mod orders;
pub(crate) mod party;
pub(crate) mod product;
pub(crate) mod report;
pub(crate) mod request;
pub(crate) mod sender;
pub(crate) mod serial;
pub(crate) mod series;
pub(crate) mod shipment;
