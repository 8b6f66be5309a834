//! From the text of a code to its place in the ledger.

use crate::Api;
use crate::problem::Refused;
use shared::code::{CODE_LIMIT, MarkingCode, Reading, TailCheck, read};
use shared::gs1::reading::candidates;
use shared::gs1::{ElementString, Gtin};
use shared::refusal::{Refusal, RefusalCode};
use shared::seal::Permutation;
use shared::series::SeriesId;
use std::collections::BTreeMap;
use std::num::NonZero;

/// A unit that a code names.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) gtin: Gtin,
    pub(crate) serial: String,
    pub(crate) series: SeriesId,
    pub(crate) number: u64,
}

/// A code as far as its text tells.
pub(crate) enum Named {
    /// Issued by us: its tail verifies, its serial leads to its number.
    Issued(MarkingCode),
    /// A participant's own, or another state's: an index leads to its number.
    Indexed {
        gtin: Gtin,
        serial: String,
        /// What it is if the index does not know it.
        otherwise: RefusalCode,
    },
}

/// Codes that one thread reads before another is worth starting: some 10 ms of signatures.
const READ_ALONE: usize = 200;

/// Reads codes, on every core if there are many: checking signatures is most of the time that a document takes.
pub(crate) fn names_of(api: &Api, codes: &[String]) -> Vec<Result<Named, Refusal>> {
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    let each = codes.len().div_ceil(cores).max(READ_ALONE);
    let read = |codes: &[String]| codes.iter().map(|raw| name_of(api, raw)).collect::<Vec<_>>();
    let mut parts = codes.chunks(each);
    let first = parts.next().unwrap_or_default();
    std::thread::scope(|scope| {
        let others: Vec<_> = parts.map(|part| (part, scope.spawn(move || read(part)))).collect();
        let mut names = read(first);
        for (part, thread) in others {
            // A thread that could not do it leaves it to this one.
            names.extend(thread.join().unwrap_or_else(|_| read(part)));
        }
        names
    })
}

/// Reads a code and checks its tail: a code of ours is believed only whole.
pub(crate) fn name_of(api: &Api, raw: &str) -> Result<Named, Refusal> {
    if raw.is_empty() {
        return Err(RefusalCode::CodeEmpty.into());
    }
    if raw.len() > CODE_LIMIT {
        return Err(Refusal::new(RefusalCode::CodeTooLong).with("limit", CODE_LIMIT));
    }
    let read = read(raw, api.keyring().set(), api.keyring().secrets());
    match (read.reading, read.tail) {
        // What a compromised key signed is worth what the book says of the number.
        (Reading::Mark(mark), Some(TailCheck::Valid | TailCheck::CompromisedKey)) => Ok(Named::Issued(mark)),
        (Reading::Mark(_), _) => Err(RefusalCode::CodeNotIssued.into()),
        (Reading::Foreign(code), _) => {
            Ok(Named::Indexed { gtin: code.gtin, serial: code.serial, otherwise: RefusalCode::CodeNotIssued })
        }
        // A participant's own serial has no tail of ours; a code of ours that lost its own stays unreadable.
        (Reading::Incomplete { .. }, _) => untailed(raw).ok_or_else(|| RefusalCode::CodeUnreadable.into()),
        (Reading::NotAMark(_), _) => Err(RefusalCode::CodeUnreadable.into()),
    }
}

/// GTIN and serial of an element string, whatever else is in it.
fn untailed(raw: &str) -> Option<Named> {
    candidates(raw).into_iter().find_map(|candidate| {
        let elements = ElementString::parse(&candidate.text).ok()?;
        let (gtin, serial) = (elements.get("01")?.parse().ok()?, elements.get("21")?.to_owned());
        Some(Named::Indexed { gtin, serial, otherwise: RefusalCode::CodeUnreadable })
    })
}

/// Finds codes. Keeps the series that one request met: their permutations and how far they are issued.
#[derive(Default)]
pub(crate) struct Finder(BTreeMap<Gtin, Option<Issued>>);

struct Issued {
    series: SeriesId,
    serials: Permutation,
    issued: u64,
}

impl Finder {
    /// The unit of a code.
    ///
    /// # Errors
    /// What the code is instead, without its place.
    pub(crate) fn find(&mut self, api: &Api, named: Named) -> Result<Result<Found, Refusal>, Refused> {
        match named {
            Named::Issued(mark) => {
                let number = self.issued(api, mark.gtin)?.and_then(|known| {
                    let number = known.serials.number(&mark.serial).filter(|number| *number < known.issued)?;
                    Some((known.series, number))
                });
                let MarkingCode { gtin, serial, .. } = mark;
                Ok(found(gtin, serial, number, RefusalCode::CodeNotIssued))
            }
            Named::Indexed { gtin, serial, otherwise } => {
                let place = api.store().serial(gtin, &serial)?;
                Ok(found(gtin, serial, place, otherwise))
            }
        }
    }

    fn issued(&mut self, api: &Api, gtin: Gtin) -> Result<Option<&Issued>, Refused> {
        use std::collections::btree_map::Entry;
        let known = match self.0.entry(gtin) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => {
                let series = api.store().series(gtin)?;
                entry.insert(series.map(|series| Issued {
                    series: series.id,
                    serials: api.keyring().series(gtin, series.product.group),
                    issued: series.issued,
                }))
            }
        };
        Ok(known.as_ref())
    }
}

fn found(gtin: Gtin, serial: String, place: Option<(SeriesId, u64)>, otherwise: RefusalCode) -> Result<Found, Refusal> {
    let (series, number) = place.ok_or(otherwise)?;
    Ok(Found { gtin, serial, series, number })
}

/// The unit of the code that a look-up asks for.
pub(crate) fn unit_of(api: &Api, pointer: &str, raw: &str) -> Result<Found, Refused> {
    let named = name_of(api, raw).map_err(|refusal| refusal.at(pointer))?;
    Ok(Finder::default().find(api, named)?.map_err(|refusal| refusal.at(pointer))?)
}
