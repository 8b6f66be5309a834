//! Chance: `crypto.getRandomValues`.

use super::Unavailable;

/// Fills from the browser's generator.
pub(crate) fn fill(bytes: &mut [u8]) -> Result<(), Unavailable> {
    getrandom::fill(bytes).map_err(|_| Unavailable)
}
