//! What goes into the store and comes out of it.

use backend_ledger::{Party, Plan};
use sha2::{Digest, Sha256};
use shared::date::Timestamp;
use shared::document::Range;
use shared::party::PartyId;
use shared::product::Product;
use shared::report::Report;
use shared::seal::{KeyId, Profile};
use shared::state::{DocumentNo, UnitState};
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
pub struct Idempotency {
    /// The client's key.
    pub key: String,
    /// Hash of the request.
    pub request: [u8; 32],
}

impl Idempotency {
    /// Of a request: the key, and a hash of route and body.
    pub fn of(key: String, route: &str, body: &[u8]) -> Self {
        let mut hash = Sha256::new();
        // A route holds no zero byte, so the two cannot run into each other.
        hash.update(route.as_bytes());
        hash.update([0]);
        hash.update(body);
        Self { key, request: hash.finalize().into() }
    }
}

/// A document to be decided and written.
#[derive(Clone, Debug)]
pub struct Submission {
    /// The document, planned.
    pub plan: Plan,
    /// Its request.
    pub idempotency: Idempotency,
    /// Its body as it was sent: JSON.
    pub body: String,
    /// The key that makes the tails, for an order.
    pub key: Option<KeyId>,
}

/// A document that was accepted, before it is committed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Applied {
    /// Its number.
    pub document: DocumentNo,
    /// Its type.
    pub kind: &'static str,
    /// When.
    pub at: Timestamp,
    /// How many units it speaks of.
    pub units: u64,
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

/// A card and its series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeriesRecord {
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
    pub kind: String,
    /// The party that sent it.
    pub party: PartyId,
    /// When.
    pub at: Timestamp,
    /// How many units it speaks of.
    pub units: u64,
    /// Its body as it was sent: JSON.
    pub body: String,
    /// The units it speaks of.
    pub ranges: Vec<Range>,
}

/// One unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnitRecord {
    /// Its state.
    pub state: UnitState,
    /// Its owner.
    pub owner: PartyId,
}

/// A series counted: issued = emitted + applied + in circulation + withdrawn (DESIGN §7, 2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Numbers issued.
    pub issued: u64,
    /// Units by status, in the order of [`shared::state::Status::ALL`].
    pub by_status: [u64; 4],
    /// Blocked units of any status.
    pub blocked: u64,
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

/// The series of a GTIN in the ledger's words.
impl From<SeriesRecord> for backend_ledger::Series {
    fn from(record: SeriesRecord) -> Self {
        Self { product: record.product, owner: record.owner, issued: record.issued }
    }
}
