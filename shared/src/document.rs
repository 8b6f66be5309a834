//! Documents: the only way to change the ledger (DESIGN §1). Typed, applied whole or not at all, kept for ever.

use crate::product::{Facts, Product};
use crate::region::Region;
use crate::state::{BlockReason, WithdrawalReason};
use gs1::Gtin;
use seal::Profile;

/// Most codes in one order.
pub const ORDER_LIMIT: u64 = 10_000_000;

/// Most single codes listed in one document; ranges of an order are not limited.
pub const LISTED_CODES_LIMIT: usize = 30_000;

/// Consecutive numbers of one series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Range {
    /// The series: its GTIN.
    pub gtin: Gtin,
    /// First number.
    pub first: u64,
    /// How many; never 0.
    pub count: u64,
}

/// A document, read and resolved: codes are already numbers of their series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Document {
    /// Registers a product card.
    RegisterProduct(Product),
    /// Orders codes: the next `quantity` numbers of the series.
    OrderCodes {
        /// The product.
        gtin: Gtin,
        /// How many.
        quantity: u64,
        /// Tail of the codes.
        profile: Profile,
    },
    /// Reports codes as applied to products.
    Apply {
        /// The units.
        units: Vec<Range>,
    },
    /// Introduces units into circulation, with the facts of their batch.
    Introduce {
        /// The units, all of one product.
        units: Vec<Range>,
        /// The facts of R5.
        facts: Facts,
    },
    /// Withdraws units from circulation.
    Withdraw {
        /// The units.
        units: Vec<Range>,
        /// Why.
        reason: WithdrawalReason,
        /// Where it was sold, if that may be published.
        region: Option<Region>,
    },
    /// Blocks units, whoever owns them.
    Block {
        /// The units.
        units: Vec<Range>,
        /// Why.
        reason: BlockReason,
    },
    /// Lifts a block.
    Unblock {
        /// The units.
        units: Vec<Range>,
    },
}
