//! What goes into the store and comes out of it.

use backend_ledger::{Party, Plan};
use sha2::{Digest, Sha256};
use shared::act::Event;
use shared::date::{Date, Timestamp};
use shared::document::{DocumentKind, Items, ShipmentState};
use shared::party::PartyId;
use shared::product::Product;
use shared::refusal::Refusal;
use shared::region::Region;
use shared::report::Report;
use shared::seal::{KeyId, Profile};
use shared::series::{PackageId, Range, SeriesId};
use shared::state::{DocumentNo, Status, UnitState};
use shared::ticket::{ReportId, Ticket};

/// SHA-256 of an API key: what the store keeps of it. Keys are random, so nothing slower is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ApiKeyHash(pub [u8; 32]);

impl ApiKeyHash {
    /// The hash of a key.
    pub fn of(key: &str) -> Self {
        Self(Sha256::digest(key.as_bytes()).into())
    }
}

/// A participant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartyRecord {
    /// Number and role.
    pub party: Party,
    /// Name.
    pub name: String,
}

/// Which request a document came in, so that a retry changes nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Idempotency {
    /// A request of a participant, under a key of its own choice.
    Named {
        /// The client's key.
        key: String,
        /// Hash of the request.
        request: [u8; 32],
    },
    /// A receipt of a cash register, which numbers its receipts: each next is greater than all before.
    Counted {
        /// The register.
        sender: u64,
        /// The number of its receipt.
        number: u64,
    },
}

impl Idempotency {
    /// Of a request: the key, and a hash of route and body.
    pub fn of(key: String, route: &str, body: &[u8]) -> Self {
        let mut hash = Sha256::new();
        // A route holds no zero byte, so the two cannot run into each other.
        hash.update(route.as_bytes());
        hash.update([0]);
        hash.update(body);
        Self::Named { key, request: hash.finalize().into() }
    }
}

/// A document to be decided and written.
#[derive(Clone, Debug)]
pub struct Submission {
    /// The document, planned.
    pub plan: Plan,
    /// Its request.
    pub idempotency: Idempotency,
    /// Its body as it was sent: JSON, or the fiscal record of a receipt.
    pub body: String,
    /// The key that makes the tails, for an order.
    pub key: Option<KeyId>,
}

/// A document that was accepted, before it is committed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// Its number.
    pub document: DocumentNo,
    /// Its type.
    pub kind: DocumentKind,
    /// When.
    pub at: Timestamp,
    /// How many units it speaks of.
    pub units: u64,
    /// What was left out, for a document that may be applied in part.
    pub rejected: Vec<Refusal>,
    /// The numbers that an order was given, or that registered serials got.
    pub range: Option<Range>,
}

/// An answer, kept to be given again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// Status.
    pub status: u16,
    /// Body: JSON.
    pub body: String,
}

/// What the sender of a document is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The answer.
    pub response: Response,
    /// Whether it was given before: the request is a retry.
    pub replayed: bool,
}

/// A card and its series of issued codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeriesRecord {
    /// The series.
    pub id: SeriesId,
    /// The card.
    pub product: Product,
    /// The party that registered it, by number.
    pub owner: PartyId,
    /// Numbers issued: 0 up to this, exclusive.
    pub issued: u64,
}

/// An order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderRecord {
    /// Its number: that of its document.
    pub order: DocumentNo,
    /// The party that ordered.
    pub party: PartyId,
    /// Its numbers in the series.
    pub range: Range,
    /// Whether codes of it that were not applied in time have been annulled.
    pub swept: bool,
    /// Tail of the codes.
    pub profile: Profile,
    /// The key that makes the tails.
    pub key: KeyId,
    /// The card.
    pub product: Product,
    /// When.
    pub at: Timestamp,
}

/// An applied document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentRecord {
    /// Its number.
    pub document: DocumentNo,
    /// Its type.
    pub kind: DocumentKind,
    /// The party that sent it.
    pub party: PartyId,
    /// When.
    pub at: Timestamp,
    /// How many units it speaks of.
    pub units: u64,
    /// Its body as it was sent.
    pub body: String,
}

/// One unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnitRecord {
    /// Its state.
    pub state: UnitState,
    /// Its owner: that of the outermost package, its own, or that of its series.
    pub owner: PartyId,
    /// The outermost package that it is in.
    pub outermost: Option<PackageId>,
}

/// A package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackageRecord {
    /// Its state, owner, and the outermost package that it is in.
    pub unit: UnitRecord,
    /// What is directly in it.
    pub contents: Items,
}

/// One event of a unit or package, with the document that made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryEntry {
    /// The event.
    pub event: Event,
    /// The package through which it came about: the unit was in it then.
    pub through: Option<PackageId>,
    /// The package that it was put into or taken out of.
    pub package: Option<PackageId>,
    /// What it put directly into the package whose history this is.
    pub packed: Items,
    /// What it took out of that package.
    pub unpacked: Items,
    /// Type of the document.
    pub kind: DocumentKind,
    /// Who sent it.
    pub party: PartyId,
    /// When.
    pub at: Timestamp,
    /// Where it was sold, if public.
    pub region: Option<Region>,
}

/// Every event of a unit in order, from the moment of issue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct History {
    /// The order that it was issued on; nothing for what was not issued here.
    pub order: Option<OrderRecord>,
    /// Its events.
    pub entries: Vec<HistoryEntry>,
}

/// A series counted: issued = in stock + in circulation + withdrawn + written off + annulled (DESIGN §7, 2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Numbers issued.
    pub issued: u64,
    /// Units by status, in the order of [`shared::state::Status::ALL`].
    pub by_status: [u64; 8],
    /// Blocked units of any status.
    pub blocked: u64,
}

impl Counts {
    /// Units of a status.
    pub fn of(&self, status: Status) -> u64 {
        let at = Status::ALL.iter().position(|one| *one == status);
        at.and_then(|at| self.by_status.get(at)).copied().unwrap_or(0)
    }
}

/// A shipment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShipmentRecord {
    /// Its document.
    pub document: DocumentNo,
    /// Who sends.
    pub sender: PartyId,
    /// Who receives.
    pub receiver: PartyId,
    /// When it was shipped.
    pub at: Timestamp,
    /// The last day on which it may be answered.
    pub due: Date,
    /// How it stands.
    pub state: ShipmentState,
    /// The document that ended it.
    pub answer: Option<DocumentNo>,
}

/// An opened report to be kept.
#[derive(Clone, Debug, PartialEq)]
pub struct NewReport {
    /// Its id.
    pub id: ReportId,
    /// When it came.
    pub received: Timestamp,
    /// What it says.
    pub report: Report,
    /// Its photo, empty if there is none.
    pub photo: Vec<u8>,
}

/// A report that is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportRecord {
    /// Its ticket.
    pub ticket: Ticket,
    /// When it came.
    pub received: Timestamp,
    /// What it says.
    pub report: Report,
    /// Bytes of its photo.
    pub photo_bytes: u64,
}
