//! Blocks that had their series and number for a key before they had a place.

use super::super::Session;
use crate::coding::block::BlockKey;
use shared::series::SeriesId;

const fn key(series: u32, block: u32) -> BlockKey {
    BlockKey { series: SeriesId(series), block }
}

/// With their parts, of sixteen: the first and the last that there may be, and neighbours.
pub(crate) const BEFORE: [(i64, BlockKey); 6] = [
    (0, key(0, 0)),
    (0, key(0, (1 << 28) - 1)),
    (1, key(1, 0)),
    (1, key(1, 1)),
    (15, key(u32::MAX, 0)),
    (15, key(u32::MAX, (1 << 28) - 1)),
];

/// Looks for those that were written, each with its number for bytes, and for one that was not.
pub(crate) fn are_found(session: &mut dyn Session) {
    let keys: Vec<BlockKey> = BEFORE.iter().map(|(_, key)| *key).chain([key(1, 2)]).collect();
    let mut found = Vec::new();
    let mut note = |at: usize, bytes: &[u8]| {
        found.push((at, bytes.to_vec()));
        Ok(())
    };
    session.blocks(&|series| i64::from(series.0 % 16), &keys, &mut note).unwrap();
    found.sort();
    let expected: Vec<(usize, Vec<u8>)> = (0..BEFORE.len()).map(|at| (at, vec![at as u8])).collect();
    assert_eq!(found, expected);
}
