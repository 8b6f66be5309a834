//! A block of a series: the histories of its 4096 units, in as few bytes as their likeness allows.
//!
//! Form 2. The sequences of acts form a tree, in which a node is one act after those above it. A node keeps, for all
//! units that came through it and in their order, a column of the documents, one of the arguments if there are any,
//! and one that says where each unit went on. So what neighbours share costs once, and what each has alone, such as
//! the receipt that it was sold by, costs the bits of that number. `docs/internals/ledger.md` has every byte of it.

mod encode;
mod open;
mod read;
mod view;

pub use open::{Block, History};
pub use view::View;

use super::{Damaged, varint};
use shared::act::Event;
use shared::block::BLOCK_LEN;
use shared::series::SeriesId;
use shared::state::DocumentNo;

/// Units of a block.
const UNITS: usize = BLOCK_LEN as usize;
/// The first byte.
const FORM: u8 = 2;

/// Bits of the head of a node below the number of its act.
const HEAD_BITS: u32 = 4;
/// A column of arguments follows; otherwise all are 0.
const WITH_ARGS: u64 = 1;
/// All units go on to the one node that follows.
const ALL_GO_ON: u64 = 1 << 1;
/// Nodes follow, and before them a column that says which one a unit goes on to, from 1, or 0 if it ends here.
const BRANCHES: u64 = 2 << 1;
/// The two bits of how it goes on; none set: all units end here.
const GOES_ON: u64 = 3 << 1;
/// Documents are differences to the document before in the history of the same unit.
const DIFFERENCES: u64 = 1 << 3;

/// Bits of a place that are the number of the block: numbers of units have 40, those in a block 12.
const PLACE_BITS: u32 = 28;

/// Which block.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct BlockKey {
    /// The series.
    pub series: SeriesId,
    /// Its place in the series: the first number through [`BLOCK_LEN`].
    pub block: u32,
}

impl BlockKey {
    /// What the checksum covers before the bytes, so that a block in another's row is seen too.
    fn prefix(self) -> [u8; 8] {
        (u64::from(self.series.0) << 32 | u64::from(self.block)).to_be_bytes()
    }

    /// More blocks no series has.
    pub const MOST: i64 = 1 << PLACE_BITS;

    /// Its key in the table (docs/internals/ledger.md, section 6). Neighbours in a series are neighbours in the table.
    pub fn place(self) -> i64 {
        i64::from(self.series.0) << PLACE_BITS | i64::from(self.block)
    }

    /// The block with this key in the table.
    pub fn at_place(place: i64) -> Option<Self> {
        let series = u32::try_from(place >> PLACE_BITS).ok()?;
        let block = u32::try_from(place & (Self::MOST - 1)).ok()?;
        Some(Self { series: SeriesId(series), block })
    }
}

/// The last document folded into the block, read without a look at the checksum.
///
/// # Errors
/// [`Damaged`], if it cannot be read at all.
pub fn as_of(bytes: &[u8]) -> Result<DocumentNo, Damaged> {
    match bytes.split_first() {
        Some((&FORM, mut rest)) => varint::take(&mut rest).map(DocumentNo),
        Some((&form, _)) => Err(Damaged::Form(form)),
        None => Err(Damaged::Length),
    }
}

/// The history of one unit, read where it stands: nothing else of the block is opened. For more than one unit of a
/// block [`View`] looks at the checksum once.
///
/// # Errors
/// [`Damaged`]; the checksum is looked at first.
pub fn events_at(key: BlockKey, bytes: &[u8], offset: u32) -> Result<Vec<Event>, Damaged> {
    View::new(key, bytes)?.events(offset)
}
