//! What is known of blocks: the stored block and what waits for it.

use super::pending::Entry;
use crate::StoreError;
use crate::coding::Damaged;
use crate::coding::block::{Block, BlockKey, events_at};
use shared::act::Event;
use std::sync::Arc;

/// A stored block as it was read; nothing if there is none yet.
pub(crate) type Base = Option<Arc<[u8]>>;

fn damaged(key: BlockKey, damage: Damaged) -> StoreError {
    StoreError::corrupt(format!("block {} of series {} ({damage})", key.block, key.series.0))
}

/// The stored block opened, with what waits for it. `waiting` was taken before the block was read.
pub(crate) fn open(key: BlockKey, base: Option<&[u8]>, waiting: &[Entry]) -> Result<Block, StoreError> {
    let mut block = match base {
        Some(bytes) => Block::decode(key, bytes).map_err(|damage| damaged(key, damage))?,
        None => Block::new(),
    };
    for entry in waiting {
        entry.push_to(&mut block);
    }
    Ok(block)
}

/// The history of one unit: what the stored block holds of it and what waits for it.
pub(crate) fn unit(
    key: BlockKey,
    base: Option<&[u8]>,
    waiting: &[Entry],
    offset: u32,
) -> Result<Vec<Event>, StoreError> {
    let (mut events, as_of) = match base {
        Some(bytes) => {
            let events = events_at(key, bytes, offset).map_err(|damage| damaged(key, damage))?;
            (events, crate::coding::block::as_of(bytes).map_err(|damage| damaged(key, damage))?)
        }
        None => (Vec::new(), shared::state::DocumentNo(0)),
    };
    let newer = waiting.iter().filter(|entry| entry.document() > as_of && entry.touches(offset));
    events.extend(newer.map(Entry::event));
    Ok(events)
}
