//! What is known of blocks: the stored block and what waits for it.

use super::Engine;
use super::pending::Entry;
use crate::StoreError;
use crate::coding::Damaged;
use crate::coding::block::{Block, BlockKey, events_at};
use shared::act::Event;
use std::sync::{Arc, PoisonError};

/// A stored block as it was read; nothing if there is none yet.
pub(crate) type Base = Option<Arc<[u8]>>;

impl Engine {
    /// What is said of a damaged block. It is noted, and the next fold makes it anew from the log.
    pub(crate) fn damaged(&self, key: BlockKey, damage: Damaged) -> StoreError {
        self.damaged.lock().unwrap_or_else(PoisonError::into_inner).insert(key);
        StoreError::corrupt(format!("block {} of series {} ({damage})", key.block, key.series.0))
    }
}

/// The stored block opened, with what waits for it. `waiting` was taken before the block was read.
pub(crate) fn open(key: BlockKey, base: Option<&[u8]>, waiting: &[Entry]) -> Result<Block, Damaged> {
    let mut block = match base {
        Some(bytes) => Block::decode(key, bytes)?,
        None => Block::new(),
    };
    for entry in waiting {
        entry.push_to(&mut block);
    }
    Ok(block)
}

/// The history of one unit: what the stored block holds of it and what waits for it.
pub(crate) fn unit(key: BlockKey, base: Option<&[u8]>, waiting: &[Entry], offset: u32) -> Result<Vec<Event>, Damaged> {
    let (mut events, as_of) = match base {
        Some(bytes) => {
            let events = events_at(key, bytes, offset)?;
            (events, crate::coding::block::as_of(bytes)?)
        }
        None => (Vec::new(), shared::state::DocumentNo(0)),
    };
    let newer = waiting.iter().filter(|entry| entry.document() > as_of && entry.touches(offset));
    events.extend(newer.map(Entry::event));
    Ok(events)
}
