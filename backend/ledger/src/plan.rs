//! What a document says by itself, before the book is opened.

use crate::book::Party;
use shared::block::place_of;
use shared::date::Timestamp;
use shared::document::{Document, ORDER_LIMIT, Range};
use shared::gs1::Gtin;
use shared::refusal::{Refusal, RefusalCode};
use shared::state::DocumentNo;

/// Most units in one document: as many as the largest order, so that one document can speak of all of it. It bounds the
/// memory that a decision takes: 10 000 000 units are 2 442 blocks.
pub const UNITS_LIMIT: u64 = ORDER_LIMIT;

/// Where in the body a range stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// `/units/orders/<index>`.
    Order {
        /// Its index.
        index: usize,
        /// The number in the series at which its order begins.
        base: u64,
    },
    /// `/units/codes/<index>`.
    Code {
        /// Its index.
        index: usize,
    },
}

impl Place {
    /// A refusal of the unit with this number in its series.
    pub(crate) fn refusal(self, code: RefusalCode, number: u64) -> Refusal {
        match self {
            Self::Order { index, base } => {
                Refusal::new(code).at(format!("/units/orders/{index}")).with("number", number.saturating_sub(base))
            }
            Self::Code { index } => Refusal::new(code).at(format!("/units/codes/{index}")),
        }
    }
}

/// A document with its circumstances.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The document.
    pub document: Document,
    /// Where each of its ranges stands in the body; as many as it has ranges.
    pub places: Vec<Place>,
    /// Who sends it.
    pub by: Party,
    /// When.
    pub at: Timestamp,
}

/// Consecutive blocks of a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BlockSpan {
    /// The series.
    pub gtin: Gtin,
    /// The first block.
    pub first: u64,
    /// The last block, inclusive.
    pub last: u64,
}

/// A document whose own sense is checked: its units are in order and none stands in it twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    pub(crate) asked: Asked,
    /// By series and number.
    pub(crate) units: Vec<(Range, Place)>,
}

impl Plan {
    /// Checks what needs no book.
    ///
    /// # Errors
    /// [`RefusalCode::NoUnits`], [`RefusalCode::CodeRepeated`], [`RefusalCode::TooManyCodes`], and
    /// [`RefusalCode::FieldInvalid`] for an introduction of more than one product.
    pub fn new(mut asked: Asked) -> Result<Self, Refusal> {
        let one_product = matches!(asked.document, Document::Introduce { .. });
        let ranges = match &mut asked.document {
            Document::RegisterProduct(_) | Document::OrderCodes { .. } => return Ok(Self { asked, units: Vec::new() }),
            Document::Apply { units }
            | Document::Introduce { units, .. }
            | Document::Withdraw { units, .. }
            | Document::Block { units, .. }
            | Document::Unblock { units } => std::mem::take(units),
        };
        let places = std::mem::take(&mut asked.places);
        let mut units: Vec<(Range, Place)> =
            ranges.into_iter().zip(places).filter(|(range, _)| range.count > 0).collect();
        let Some(&(first, _)) = units.first() else {
            return Err(Refusal::new(RefusalCode::NoUnits).at("/units"));
        };
        let total = units.iter().fold(0_u64, |sum, (range, _)| sum.saturating_add(range.count));
        if total > UNITS_LIMIT {
            return Err(Refusal::new(RefusalCode::TooManyCodes).at("/units").with("limit", UNITS_LIMIT));
        }
        if one_product && let Some((range, place)) = units.iter().find(|(range, _)| range.gtin != first.gtin) {
            let refusal = place.refusal(RefusalCode::FieldInvalid, range.first);
            let field = refusal.at.clone().unwrap_or_default();
            return Err(refusal.with("field", field).with("reason", format!("GTIN {} ≠ {}", range.gtin, first.gtin)));
        }
        units.sort_unstable_by_key(|(range, _)| *range);
        for pair in units.windows(2) {
            let [(before, _), (after, place)] = pair else { continue };
            if before.gtin == after.gtin && after.first - before.first < before.count {
                return Err(place.refusal(RefusalCode::CodeRepeated, after.first));
            }
        }
        Ok(Self { asked, units })
    }

    /// The document with its circumstances; its ranges are taken out ([`Self::ranges`]).
    pub fn asked(&self) -> &Asked {
        &self.asked
    }

    /// The units it speaks of, by series and number.
    pub fn ranges(&self) -> impl ExactSizeIterator<Item = Range> + '_ {
        self.units.iter().map(|(range, _)| *range)
    }

    /// The GTINs it speaks of, each once or more.
    pub fn gtins(&self) -> Vec<Gtin> {
        let mut gtins: Vec<Gtin> = match &self.asked.document {
            Document::RegisterProduct(product) => vec![product.gtin],
            Document::OrderCodes { gtin, .. } => vec![*gtin],
            _ => self.ranges().map(|range| range.gtin).collect(),
        };
        gtins.dedup();
        gtins
    }

    /// The blocks it speaks of, in order, each once.
    pub fn needs(&self) -> Vec<BlockSpan> {
        let mut spans: Vec<BlockSpan> = Vec::new();
        for range in self.ranges() {
            let (first, _) = place_of(range.first);
            let (last, _) = place_of(range.first.saturating_add(range.count - 1));
            match spans.last_mut() {
                Some(span) if span.gtin == range.gtin && first <= span.last.saturating_add(1) => {
                    span.last = span.last.max(last);
                }
                _ => spans.push(BlockSpan { gtin: range.gtin, first, last }),
            }
        }
        spans
    }

    /// What the document would be called in the book.
    pub fn kind(&self) -> &'static str {
        match self.asked.document {
            Document::RegisterProduct(_) => "register_product",
            Document::OrderCodes { .. } => "order_codes",
            Document::Apply { .. } => "apply",
            Document::Introduce { .. } => "introduce",
            Document::Withdraw { .. } => "withdraw",
            Document::Block { .. } => "block",
            Document::Unblock { .. } => "unblock",
        }
    }

    pub(crate) fn command(&self, by: DocumentNo) -> Option<crate::Command> {
        use crate::Command;
        match self.asked.document {
            Document::RegisterProduct(_) | Document::OrderCodes { .. } => None,
            Document::Apply { .. } => Some(Command::Apply),
            Document::Introduce { .. } => Some(Command::Introduce(by)),
            Document::Withdraw { reason, .. } => Some(Command::Withdraw(by, reason)),
            Document::Block { .. } => Some(Command::Block(by)),
            Document::Unblock { .. } => Some(Command::Unblock),
        }
    }
}
