//! From what a document names to numbers of series.

use crate::Api;
use crate::problem::Refused;
use backend_ledger::{Party, Place};
use shared::code::{CODE_LIMIT, MarkingCode, Reading, TailCheck, read};
use shared::document::{LISTED_CODES_LIMIT, Range};
use shared::gs1::Gtin;
use shared::party::Role;
use shared::refusal::{Refusal, RefusalCode};
use shared::seal::Permutation;
use shared::state::DocumentNo;
use shared::wire::v1::documents::{OrderUnits, UnitsBody};
use std::collections::BTreeMap;
use std::num::NonZero;

/// The units of a document as ranges, with the place of each in the body. Reads the store and checks every tail: for a
/// thread that may block.
pub(crate) fn resolve(api: &Api, by: Party, units: &UnitsBody) -> Result<(Vec<Range>, Vec<Place>), Refused> {
    for (pointer, len) in [("/units/orders", units.orders.len()), ("/units/codes", units.codes.len())] {
        if len > LISTED_CODES_LIMIT {
            return Err(Refusal::new(RefusalCode::TooManyCodes).at(pointer).with("limit", LISTED_CODES_LIMIT).into());
        }
    }
    let mut ranges = Vec::with_capacity(units.orders.len() + units.codes.len());
    let mut places = Vec::with_capacity(ranges.capacity());
    for (index, named) in units.orders.iter().enumerate() {
        let (range, base) = range_of(api, by, index, named)?;
        ranges.push(range);
        places.push(Place::Order { index, base });
    }
    let mut series = SeriesCache::default();
    for (index, mark) in marks_of(api, &units.codes).into_iter().enumerate() {
        let at = |refusal: Refusal| refusal.at(format!("/units/codes/{index}"));
        let mark = mark.map_err(at)?;
        let number = series.number(api, &mark)?.ok_or_else(|| at(RefusalCode::CodeNotIssued.into()))?;
        ranges.push(Range { gtin: mark.gtin, first: number, count: 1 });
        places.push(Place::Code { index });
    }
    Ok((ranges, places))
}

/// The numbers of codes of an order, and the number at which the order begins.
fn range_of(api: &Api, by: Party, index: usize, named: &OrderUnits) -> Result<(Range, u64), Refused> {
    let order = api.store().order(DocumentNo(named.order))?;
    // State bodies speak of any order; to all others an order of somebody else does not exist.
    let order = order
        .filter(|order| order.party == by.id || by.role == Role::Inspector)
        .ok_or_else(|| Refusal::new(RefusalCode::OrderUnknown).at(format!("/units/orders/{index}/order")))?;
    let outside = || Refusal::new(RefusalCode::UnitsOutOfOrder).at(format!("/units/orders/{index}"));
    let left = order.range.count.checked_sub(named.first).ok_or_else(outside)?;
    let count = named.count.unwrap_or(left);
    if count == 0 || count > left {
        return Err(outside().into());
    }
    // Both are within the order.
    Ok((Range { gtin: order.range.gtin, first: order.range.first + named.first, count }, order.range.first))
}

/// Codes that one thread reads before another is worth starting: some 10 ms of signatures.
const READ_ALONE: usize = 200;

/// Reads codes, on every core if there are many: checking signatures is most of the time that a document takes.
fn marks_of(api: &Api, codes: &[String]) -> Vec<Result<MarkingCode, Refusal>> {
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    let each = codes.len().div_ceil(cores).max(READ_ALONE);
    let read = |codes: &[String]| codes.iter().map(|raw| mark_of(api, raw)).collect::<Vec<_>>();
    let mut parts = codes.chunks(each);
    let first = parts.next().unwrap_or_default();
    std::thread::scope(|scope| {
        let others: Vec<_> = parts.map(|part| (part, scope.spawn(move || read(part)))).collect();
        let mut marks = read(first);
        for (part, thread) in others {
            // A thread that could not do it leaves it to this one.
            marks.extend(thread.join().unwrap_or_else(|_| read(part)));
        }
        marks
    })
}

/// Reads a code and checks its tail: a code is believed only whole.
fn mark_of(api: &Api, raw: &str) -> Result<MarkingCode, Refusal> {
    if raw.is_empty() {
        return Err(RefusalCode::CodeEmpty.into());
    }
    if raw.len() > CODE_LIMIT {
        return Err(Refusal::new(RefusalCode::CodeTooLong).with("limit", CODE_LIMIT));
    }
    let read = read(raw, api.keyring().set(), api.keyring().secrets());
    match (read.reading, read.tail) {
        // What a compromised key signed is worth what the book says of the number.
        (Reading::Mark(mark), Some(TailCheck::Valid | TailCheck::CompromisedKey)) => Ok(mark),
        (Reading::Mark(_) | Reading::Foreign(_), _) => Err(RefusalCode::CodeNotIssued.into()),
        (Reading::Incomplete { .. } | Reading::NotAMark(_), _) => Err(RefusalCode::CodeUnreadable.into()),
    }
}

/// Series met in one document: their permutations and how far they are issued.
#[derive(Default)]
struct SeriesCache(BTreeMap<Gtin, Option<(Permutation, u64)>>);

impl SeriesCache {
    /// The number of a code; nothing if it was never issued.
    fn number(&mut self, api: &Api, mark: &MarkingCode) -> Result<Option<u64>, Refused> {
        let known = match self.0.entry(mark.gtin) {
            std::collections::btree_map::Entry::Occupied(entry) => entry.into_mut(),
            std::collections::btree_map::Entry::Vacant(entry) => {
                let series = api.store().series(mark.gtin)?;
                entry
                    .insert(series.map(|series| (api.keyring().series(mark.gtin, series.product.group), series.issued)))
            }
        };
        let Some((serials, issued)) = known else { return Ok(None) };
        Ok(serials.number(&mark.serial).filter(|number| *number < *issued))
    }
}

/// The code of a look-up and its number.
pub(crate) fn unit_of(api: &Api, raw: &str) -> Result<(MarkingCode, u64), Refused> {
    let mark = mark_of(api, raw).map_err(|refusal| refusal.at("/code"))?;
    let number = SeriesCache::default().number(api, &mark)?;
    let number = number.ok_or_else(|| Refusal::new(RefusalCode::CodeNotIssued).at("/code"))?;
    Ok((mark, number))
}
