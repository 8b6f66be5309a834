//! Participants of turnover and the bodies that watch it.

use crate::string_enum::string_enum;

string_enum! {
    /// What a participant may do (R6). A role is a set of routes; the matrix is in `docs/reference/roles.md`.
    Role {
        /// Makes goods in Kazakhstan: registers cards, orders codes, applies, introduces.
        Producer = "producer",
        /// Brings goods in: the same, with a customs declaration.
        Importer = "importer",
        /// Sells to consumers: withdraws by sale.
        Seller = "seller",
        /// A state body: blocks codes, reads reports of violations.
        Inspector = "inspector",
    }
}

/// Number of a participant in the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartyId(pub u64);
