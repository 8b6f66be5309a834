//! What a document says by itself, before the book is opened.

use crate::book::Party;
use crate::named::{Named, named};
use crate::place::Place;
use crate::sense;
use shared::block::place_of;
use shared::date::Timestamp;
use shared::document::{Document, ORDER_LIMIT, Range};
use shared::refusal::{Refusal, RefusalCode};
use shared::series::{PackageId, SeriesId};

/// Most units in one document: as many as the largest order, so that one document can speak of all of it. It bounds the
/// memory that a decision takes: 10 000 000 units are 2 442 blocks.
pub const UNITS_LIMIT: u64 = ORDER_LIMIT;

/// Most refusals told of one document: who has so many mends a file, not a code.
pub const REFUSALS_LIMIT: usize = 1_000;

/// A document with its circumstances.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The document.
    pub document: Document,
    /// Where each range and package stands in the body, in the order of [`crate::named`]. May be shorter, or empty: then
    /// refusals do not tell where.
    pub places: Vec<Place>,
    /// Who sends it.
    pub by: Party,
    /// When.
    pub at: Timestamp,
    /// Whether what can be done shall be done when the rest is refused; only for documents of lists.
    pub partial: bool,
}

/// A document whose own sense is checked: what it names is not empty, and nothing stands in it twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    pub(crate) asked: Asked,
    /// Every range it names, by series and number, with its index among all that it names.
    pub(crate) units: Vec<(Range, u32)>,
}

impl Plan {
    /// Checks what needs no book.
    ///
    /// # Errors
    /// [`RefusalCode::NoUnits`], [`RefusalCode::CodeRepeated`], [`RefusalCode::TooManyCodes`],
    /// [`RefusalCode::PartialNotAllowed`], [`RefusalCode::ReasonNotAllowed`], [`RefusalCode::PackageEmpty`] and others
    /// that single fields have.
    pub fn new(asked: Asked) -> Result<Self, Refusal> {
        sense::check(&asked)?;
        let mut units: Vec<(Range, u32)> = Vec::with_capacity(asked.places.len());
        let mut opened: Vec<(PackageId, u32)> = Vec::new();
        let mut goods: Vec<(PackageId, u32)> = Vec::new();
        let (mut total, mut index) = (0_u64, 0_u32);
        let mut empty = None;
        named(&asked.document, &mut |one| {
            match one {
                Named::Units(range) => {
                    empty = empty.or((range.count == 0).then_some(index));
                    total = total.saturating_add(range.count);
                    units.push((range, index));
                }
                Named::Opened(package) => opened.push((package, index)),
                Named::Goods(package) => goods.push((package, index)),
            }
            index += 1;
        });
        let at = |index: u32, code, number, count| refusal_at(&asked.places, index, code, number, count);
        if let Some(index) = empty {
            return Err(at(index, RefusalCode::NoUnits, 0, 0));
        }
        if total > UNITS_LIMIT {
            return Err(Refusal::new(RefusalCode::TooManyCodes).at("/units").with("limit", UNITS_LIMIT));
        }
        if !units.is_sorted() {
            units.sort_unstable();
        }
        for pair in units.windows(2) {
            let [(before, earlier), (after, later)] = pair else { continue };
            if before.series == after.series && after.first < before.end() {
                return Err(at(*earlier.max(later), RefusalCode::CodeRepeated, after.first, 1));
            }
        }
        for packages in [&mut opened, &mut goods] {
            packages.sort_unstable();
            for pair in packages.windows(2) {
                let [(before, _), (after, index)] = pair else { continue };
                if before == after {
                    return Err(at(*index, RefusalCode::CodeRepeated, 0, 1));
                }
            }
        }
        Ok(Self { asked, units })
    }

    /// The document with its circumstances.
    pub fn asked(&self) -> &Asked {
        &self.asked
    }

    /// The ranges it names, by series and number.
    pub fn ranges(&self) -> impl ExactSizeIterator<Item = Range> + '_ {
        self.units.iter().map(|(range, _)| *range)
    }

    /// The blocks of the units it names, in order, each once.
    pub fn blocks(&self) -> Vec<(SeriesId, u32)> {
        let mut blocks: Vec<(SeriesId, u32)> = Vec::new();
        for range in self.ranges() {
            // Numbers are below 2⁴⁰, blocks below 2²⁸; what is beyond exists in no series.
            let block = |number| u32::try_from(place_of(number).0).unwrap_or(u32::MAX);
            let (first, last) = (block(range.first), block(range.end() - 1));
            let held = blocks.last().filter(|(series, _)| *series == range.series).map(|(_, block)| *block);
            let from = held.map_or(first, |held| first.max(held.saturating_add(1)));
            blocks.extend((from..=last).map(|block| (range.series, block)));
        }
        blocks
    }
}

/// A refusal where the range or package with this index stands.
pub(crate) fn refusal_at(places: &[Place], index: u32, code: RefusalCode, number: u64, count: u64) -> Refusal {
    match places.get(index as usize) {
        Some(place) => place.refusal(code, number, count),
        None => code.into(),
    }
}
