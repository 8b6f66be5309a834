//! Chance.

use super::Unavailable;

/// Fills from the system's generator.
pub(crate) fn fill(bytes: &mut [u8]) -> Result<(), Unavailable> {
    getrandom::fill(bytes).map_err(|_| Unavailable)
}
