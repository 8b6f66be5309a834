//! Serials: a keyed permutation of the number in a GTIN's series.

mod ff1;
mod format;
mod permutation;

pub use format::SerialFormat;
pub use permutation::{Permutation, SerialMaster};
