//! What an accepted document does to the book.

use shared::block::Runs;
use shared::document::Range;
use shared::gs1::Gtin;
use shared::product::Product;
use shared::state::UnitState;

/// A block as it shall be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// Its series.
    pub gtin: Gtin,
    /// Its number in the series.
    pub block: u64,
    /// Its units, all issued ones.
    pub runs: Runs<UnitState>,
}

/// What an accepted document does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effects {
    /// A card is new.
    Registered(Product),
    /// The series goes on by this range.
    Issued(Range),
    /// Units changed.
    Changed {
        /// Blocks as they shall be, by series and number.
        blocks: Vec<Changed>,
        /// How many units changed.
        units: u64,
    },
}

impl Effects {
    /// How many units the document speaks of.
    pub fn units(&self) -> u64 {
        match self {
            Self::Registered(_) => 0,
            Self::Issued(range) => range.count,
            Self::Changed { units, .. } => *units,
        }
    }
}
