//! What an audit found.

use crate::life::Fault;
use std::fmt;

/// What an audit found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Documents read.
    pub documents: u64,
    /// Effects read.
    pub effects: u64,
    /// Units whose history was folded.
    pub units: u64,
    /// Events in those histories.
    pub events: u64,
    /// Blocks that were compared.
    pub blocks: u64,
    /// The balance of each GTIN.
    pub balances: Vec<Balance>,
    /// What does not agree, as far as it is listed.
    pub mismatches: Vec<Mismatch>,
    /// How many mismatches there are.
    pub found: u64,
    listed: usize,
}

impl Report {
    pub(crate) fn new(listed: usize) -> Self {
        Self { listed, ..Self::default() }
    }

    pub(crate) fn find(&mut self, place: Place, what: What) {
        self.found += 1;
        if self.mismatches.len() < self.listed {
            self.mismatches.push(Mismatch { place, what });
        }
    }

    /// Counts what is like something that was listed.
    pub(crate) fn more(&mut self, count: u64) {
        self.found += count;
    }

    /// Whether everything agrees.
    pub const fn is_clean(&self) -> bool {
        self.found == 0
    }
}

/// The balance of a GTIN, of codes of every origin: issued is the sum of the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Balance {
    /// The GTIN as a number.
    pub gtin: u64,
    /// Ordered, registered or recognised.
    pub issued: u64,
    /// Emitted or applied.
    pub in_stock: u64,
    /// In circulation.
    pub in_circulation: u64,
    /// Withdrawn.
    pub withdrawn: u64,
    /// Written off.
    pub written_off: u64,
    /// Annulled.
    pub annulled: u64,
}

impl Balance {
    /// All that was counted.
    pub const fn counted(&self) -> u64 {
        self.in_stock + self.in_circulation + self.withdrawn + self.written_off + self.annulled
    }
}

/// Something that does not agree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// Where.
    pub place: Place,
    /// What.
    pub what: What,
}

/// Where something does not agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The ledger as a whole.
    Ledger,
    /// A series.
    Series(i64),
    /// A GTIN.
    Gtin(u64),
    /// A document.
    Document(u64),
    /// A page of heads by its first document.
    Heads(i64),
    /// A page of effects by its part and first document.
    Effects(i64, i64),
    /// A block by its series and number.
    Block(i64, i64),
    /// A unit or package by its series and number.
    Unit(i64, u64),
}

/// What does not agree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A setting of the ledger is missing or none.
    Setting(&'static str),
    /// So many rows lie where no reader looks.
    Astray(&'static str, u64),
    /// The bytes are not what the description allows.
    Bytes(&'static str),
    /// The row has another key than its content.
    Key(&'static str),
    /// Another document number was expected.
    Number(u64),
    /// Effects are said to be in this part and are not, or the other way round.
    Parts(u32),
    /// A document without a head has effects.
    NoHead,
    /// An order without its document, or the other way round.
    Order,
    /// The numbers of an order do not follow those of the one before.
    OrderNumbers,
    /// A series of an unknown kind, of another's key, or out of order.
    BadSeries,
    /// The series says that so many exist, and orders or serials that many.
    Issued(u64, u64),
    /// An act on numbers that were never issued, or not yet.
    NotIssued,
    /// Packed into a package that this document neither forms nor changes.
    NotPacked(u64),
    /// By this act goods become, or are said to be, the first participant's, and are the other's.
    Owner(u8, u64, u64),
    /// What the table of shipments says is not what the documents did.
    Shipment(&'static str),
    /// The shipment is said to be answered by this document, which does not exist.
    NoAnswer(u64),
    /// Under way by a shipment that is not open.
    UnderWay(u64),
    /// So many that the open shipment has shipped are not under way by it; less than nothing if too many are.
    NotUnderWay(i64),
    /// The block holds other histories than the documents made.
    OtherHistories,
    /// The unit has this history, and in its block that one: events as `document:act:argument`.
    OtherHistory(String, String),
    /// There is no block, and there are documents for it.
    NoBlock,
    /// A step may not follow: document, act, why.
    Step(u64, u8, Fault),
    /// Issued so many, counted that many.
    Balance(u64, u64),
    /// By the acts alone so many are in this status, by the histories that many.
    Counted(&'static str, i64, u64),
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place {
            Place::Ledger => f.write_str("ledger: "),
            Place::Series(series) => write!(f, "series {series}: "),
            Place::Gtin(gtin) => write!(f, "GTIN {gtin:014}: "),
            Place::Document(document) => write!(f, "document {document}: "),
            Place::Heads(first) => write!(f, "heads from document {first}: "),
            Place::Effects(part, first) => write!(f, "effects of part {part} from document {first}: "),
            Place::Block(series, block) => write!(f, "series {series}, block {block}: "),
            Place::Unit(series, number) => write!(f, "series {series}, number {number}: "),
        }?;
        self.what.fmt(f)
    }
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Setting(name) => write!(f, "the setting {name:?} is not there or is none"),
            Self::Astray(table, rows) => write!(f, "{rows} rows of {table} lie where no reader looks"),
            Self::Bytes(why) => write!(f, "the bytes are damaged: {why}"),
            Self::Key(why) => write!(f, "the row does not fit what is in it: {why}"),
            Self::Number(expected) => write!(f, "document {expected} was expected"),
            Self::Parts(part) => write!(f, "head and effects do not agree about part {part}"),
            Self::NoHead => f.write_str("it has effects and no head"),
            Self::Order => f.write_str("the order and its document are not both there"),
            Self::OrderNumbers => f.write_str("the numbers of the order do not follow those of the one before"),
            Self::BadSeries => f.write_str("the series cannot be"),
            Self::Issued(said, counted) => write!(f, "{said} are said to exist, {counted} were ordered or registered"),
            Self::NotIssued => f.write_str("an act on numbers that were not issued"),
            Self::NotPacked(package) => write!(f, "packed into {package:017}, which the document does not change"),
            Self::Owner(act, said, is) => write!(f, "act {act} names participant {said} as the owner, who is {is}"),
            Self::Shipment(why) => write!(f, "shipment: {why}"),
            Self::NoAnswer(answer) => write!(f, "the shipment is answered by document {answer}, which there is not"),
            Self::UnderWay(shipment) => write!(f, "under way by shipment {shipment}, which is not open"),
            Self::NotUnderWay(left) => write!(f, "{left} of what the shipment has shipped are not under way"),
            Self::OtherHistories => f.write_str("the block holds other histories than the documents made"),
            Self::OtherHistory(made, held) => write!(f, "the documents made [{made}], the block holds [{held}]"),
            Self::NoBlock => f.write_str("there is no block, and documents that are in it"),
            Self::Step(document, act, why) => write!(f, "act {act} of document {document} may not follow: {why}"),
            Self::Balance(issued, counted) => write!(f, "{issued} issued, {counted} counted"),
            Self::Counted(status, acts, histories) => {
                write!(f, "{status}: {acts} by the acts alone, {histories} by the histories")
            }
        }
    }
}
