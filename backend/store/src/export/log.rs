//! A document of the log as a record: its head, and its effects series by series.

use super::MoveError;
use super::file::{put_number, take_number};
use crate::coding::log::{Head, Key};
use shared::act::{Act, Effect};
use shared::date::Timestamp;
use shared::document::DocumentKind;
use shared::party::PartyId;
use shared::region::Region;
use shared::series::{Range, SeriesId};
use shared::state::DocumentNo;

/// Writes a document: number, kind, party, time, units, region, key, effects. Effects of one series keep their order; which
/// of two series came first says nothing, and depends on the parts of the ledger.
pub(super) fn put(record: &mut Vec<u8>, head: &Head, effects: &mut [Effect]) {
    effects.sort_by_key(|effect| effect.range.series);
    put_number(record, head.document.0);
    put_number(record, u64::from(head.kind.code()));
    put_number(record, head.party.0);
    let at = head.at.0;
    put_number(record, (at << 1 ^ at >> 63).cast_unsigned());
    put_number(record, head.units);
    let region: u64 = head.region.and_then(|region| region.as_str().parse().ok()).unwrap_or(0);
    put_number(record, region);
    match head.key {
        Key::None => put_number(record, 0),
        Key::Named => put_number(record, 1),
        Key::Counted { sender, number } => [2, sender, number].into_iter().for_each(|part| put_number(record, part)),
    }
    put_number(record, effects.len() as u64);
    for effect in effects {
        let (act, arg) = effect.act.code();
        let Range { series, first, count } = effect.range;
        for part in [u64::from(series.0), first, count, u64::from(act), arg] {
            put_number(record, part);
        }
    }
}

/// Reads a document; the parts of its head are left open.
pub(super) fn take(record: &mut &[u8]) -> Result<(Head, Vec<Effect>), MoveError> {
    let mut number = || take_number(record);
    let document = DocumentNo(number()?);
    let kind = u8::try_from(number()?).ok().and_then(DocumentKind::from_code);
    let kind = kind.ok_or(MoveError::Content("a document is of no kind"))?;
    let party = PartyId(number()?);
    let at = number()?;
    let at = Timestamp((at >> 1).cast_signed() ^ -(at & 1).cast_signed());
    let units = number()?;
    let region: Option<Region> = match number()? {
        0 => None,
        code => Some(format!("{code:02}").parse().map_err(|_| MoveError::Content("a region is none"))?),
    };
    let key = match number()? {
        0 => Key::None,
        1 => Key::Named,
        2 => Key::Counted { sender: number()?, number: number()? },
        _ => return Err(MoveError::Content("a document has a key of no kind")),
    };
    let count = number()?;
    let mut effects = Vec::new();
    for _ in 0..count {
        let series = u32::try_from(number()?).map_err(|_| MoveError::Content("a series is none"))?;
        let (first, count) = (number()?, number()?);
        let act = u8::try_from(number()?).map_err(|_| MoveError::Content("an act is none"))?;
        let act = Act::from_code(act, number()?).ok_or(MoveError::Content("an act is none"))?;
        effects.push(Effect { range: Range { series: SeriesId(series), first, count }, act });
    }
    Ok((Head { document, kind, party, at, units, region, key, parts: 0 }, effects))
}
