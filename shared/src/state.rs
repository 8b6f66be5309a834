//! The life of one unit: its status and the documents that brought it there.

use crate::string_enum::string_enum;

string_enum! {
    /// The main status of a code (R3).
    Status {
        /// Issued on an order; not yet on a product.
        Emitted = "emitted",
        /// Printed on a product, reported as applied.
        Applied = "applied",
        /// Introduced into circulation in Kazakhstan.
        InCirculation = "in_circulation",
        /// Left circulation; the reason is in [`WithdrawalReason`].
        Withdrawn = "withdrawn",
    }
}

string_enum! {
    /// Why a unit left circulation (001, appendix 3, criterion R3).
    WithdrawalReason {
        /// Sold to a consumer, by a receipt.
        RetailSale = "retail_sale",
        /// Used by the owner for own needs.
        OwnUse = "own_use",
        /// Exported.
        Export = "export",
        /// Lost or stolen.
        Loss = "loss",
        /// Damaged beyond sale.
        Damage = "damage",
        /// Destroyed.
        Destruction = "destruction",
    }
}

string_enum! {
    /// Why a state body blocked a unit.
    BlockReason {
        /// Recalled from the market.
        Recalled = "recalled",
        /// Found unsafe or of improper quality.
        Unsafe = "unsafe",
        /// Under investigation.
        Investigation = "investigation",
    }
}

/// Number of an applied document; grows by one with each, starts at 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentNo(pub u64);

/// State of one unit as the ledger keeps it: equal neighbours share one run, so it names documents instead of copying
/// their facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct UnitState {
    /// Main status.
    pub status: Status,
    /// The document that introduced it, with the facts of R5.
    pub introduced: Option<DocumentNo>,
    /// The document that withdrew it.
    pub withdrawn: Option<DocumentNo>,
    /// The document that blocked it, while the block stands.
    pub blocked: Option<DocumentNo>,
}

impl UnitState {
    /// A code just issued.
    pub const EMITTED: Self = Self { status: Status::Emitted, introduced: None, withdrawn: None, blocked: None };
}
