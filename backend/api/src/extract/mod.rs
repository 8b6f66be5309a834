//! What handlers take from a request, each refusing with its number.

mod body;
mod caller;
mod idempotency;
mod query;
mod segments;

pub(crate) use body::{Sent, whole};
pub(crate) use idempotency::IdempotencyKey;
pub(crate) use query::Params;
pub(crate) use segments::Segments;
