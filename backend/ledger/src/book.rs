//! What the ledger asks of the book while it decides.

use shared::act::{Effect, Event};
use shared::date::{Date, Timestamp};
use shared::document::{DocumentKind, Items, Range};
use shared::gs1::Gtin;
use shared::party::{PartyId, Role};
use shared::product::Product;
use shared::series::{PackageId, SeriesId, SeriesKind};
use shared::state::{DocumentNo, UnitState};
use std::sync::Arc;

/// Who sends a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Party {
    /// Their number.
    pub id: PartyId,
    /// What they may do (R6).
    pub role: Role,
}

impl Party {
    /// The operator of the system, who annuls codes whose term has passed. Participants are numbered from 1.
    pub const OPERATOR: Self = Self { id: PartyId(0), role: Role::Inspector };
}

/// A series: what leads to its numbers, whose it is, how far it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// How its numbers lead to the text on the goods.
    pub kind: SeriesKind,
    /// The GTIN as a number, or the first ten digits of the SSCCs.
    pub key: u64,
    /// The owner of those units whose history names no other.
    pub owner: PartyId,
    /// Numbers that exist: 0 up to this, exclusive. Packages exist when they are formed.
    pub issued: u64,
    /// The card of the GTIN, if there is one.
    pub product: Option<Arc<Product>>,
}

/// A shipment: goods under way to another participant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shipment {
    /// Who ships.
    pub sender: PartyId,
    /// To whom.
    pub receiver: PartyId,
    /// When it was shipped.
    pub at: Timestamp,
    /// The last day on which it may be accepted.
    pub due: Date,
    /// Whether it waits for an answer.
    pub open: bool,
}

/// The book: what the applied documents come to. The store keeps it; a decision reads what it needs.
pub trait Book {
    /// Why the book cannot be read.
    type Error;

    /// A series.
    ///
    /// # Errors
    /// Of the book.
    fn series(&mut self, id: SeriesId) -> Result<Option<Series>, Self::Error>;

    /// The series with this kind and key.
    ///
    /// # Errors
    /// Of the book.
    fn series_of(&mut self, kind: SeriesKind, key: u64) -> Result<Option<SeriesId>, Self::Error>;

    /// States of a range: parts in order that cover it, neighbours of equal state together or not. A unit to which
    /// nothing happened is [`UnitState::EMITTED`]; whether it exists, the series tells.
    ///
    /// # Errors
    /// Of the book.
    fn states(&mut self, range: Range, each: &mut dyn FnMut(Range, &UnitState)) -> Result<(), Self::Error>;

    /// State of a package; nothing if it never was formed, or if that was taken back.
    ///
    /// # Errors
    /// Of the book.
    fn package(&mut self, id: PackageId) -> Result<Option<UnitState>, Self::Error>;

    /// What is directly in a package now.
    ///
    /// # Errors
    /// Of the book.
    fn contents(&mut self, id: PackageId) -> Result<Items, Self::Error>;

    /// The history of a unit.
    ///
    /// # Errors
    /// Of the book.
    fn events(&mut self, series: SeriesId, number: u64) -> Result<Vec<Event>, Self::Error>;

    /// What a document did and who sent it.
    ///
    /// # Errors
    /// Of the book.
    #[expect(clippy::type_complexity, reason = "three facts of one document, named where they are taken apart")]
    fn effects(&mut self, document: DocumentNo) -> Result<Option<(DocumentKind, PartyId, Vec<Effect>)>, Self::Error>;

    /// A shipment by its document.
    ///
    /// # Errors
    /// Of the book.
    fn shipment(&mut self, document: DocumentNo) -> Result<Option<Shipment>, Self::Error>;

    /// When the order that this number was given out on was made, and the numbers that it gave; nothing for a number
    /// that is on none.
    ///
    /// # Errors
    /// Of the book.
    fn ordered(&mut self, series: SeriesId, number: u64) -> Result<Option<(Timestamp, Range)>, Self::Error>;

    /// A participant.
    ///
    /// # Errors
    /// Of the book.
    fn party(&mut self, id: PartyId) -> Result<Option<Party>, Self::Error>;

    /// The number of a registered serial.
    ///
    /// # Errors
    /// Of the book.
    fn serial(&mut self, kind: SeriesKind, gtin: Gtin, serial: &str) -> Result<Option<u64>, Self::Error>;

    /// The series of packages with this prefix, made if there is none.
    ///
    /// # Errors
    /// Of the book.
    fn package_series(&mut self, prefix: u64) -> Result<SeriesId, Self::Error>;

    /// The day after which goods may not be sold, from the facts of the document that introduced them.
    ///
    /// # Errors
    /// Of the book.
    fn expires(&mut self, introduced: DocumentNo) -> Result<Option<Date>, Self::Error>;
}
