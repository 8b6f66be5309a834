//! Codes are computed, not stored: from the numbers of an order to its codes, and from a code back to its number.

mod chunk;
mod maker;
mod resolve;
mod stream;

pub(crate) use chunk::Format;
pub(crate) use maker::CodeMaker;
pub(crate) use resolve::{resolve, unit_of};
pub(crate) use stream::stream;
