//! What the ledger is told of the book when it decides.

use shared::block::Runs;
use shared::gs1::Gtin;
use shared::party::{PartyId, Role};
use shared::product::Product;
use shared::state::UnitState;
use std::collections::BTreeMap;

/// Who sends a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Party {
    /// Their number.
    pub id: PartyId,
    /// What they may do (R6).
    pub role: Role,
}

/// A series: the card of its GTIN, whose it is, how far it is issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// The card.
    pub product: Product,
    /// Who registered it: the owner of all its units.
    pub owner: PartyId,
    /// Numbers issued: 0 up to this, exclusive.
    pub issued: u64,
}

/// The part of the book that a plan needs ([`crate::Plan::needs`]).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Book {
    /// Series by GTIN; a GTIN without a card is absent.
    pub series: BTreeMap<Gtin, Series>,
    /// Blocks by series and number. A block of an issued number that is absent holds codes just emitted.
    pub blocks: BTreeMap<(Gtin, u64), Runs<UnitState>>,
}
