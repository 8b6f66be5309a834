//! Names what differs in blocks that hold other histories than the documents made: their histories are made from the log,
//! unit by unit, and laid beside.

use crate::histories::{Event, Histories};
use crate::ledger::Ledger;
use crate::life::Kind;
use crate::log::{Cursor, blocks};
use crate::pending::{Key, place};
use crate::prints::{UNITS, Weights};
use crate::read;
use crate::report::{Place, Report, What};
use backend_store::{Raw, StoreError};
use std::collections::BTreeMap;

/// Units named of a block.
const NAMED: usize = 3;

/// Events of the units of a block, by place in it.
type Made = BTreeMap<u16, Vec<Event>>;

pub(crate) fn name(raw: &mut Raw, ledger: &Ledger, doubtful: &[Key], report: &mut Report) -> Result<(), StoreError> {
    let mut made: BTreeMap<Key, Made> = doubtful.iter().map(|key| (*key, Made::new())).collect();
    let mut parts: Vec<u32> = doubtful.iter().map(|key| key.0).collect();
    parts.dedup();
    for part in parts {
        make(raw, part, &mut made)?;
    }
    let mut histories = Histories::new(Weights::new());
    for (key, made) in made {
        let (part, series, block) = key;
        histories.clear(Kind::Issued);
        let bytes = raw.block(i64::from(part), place(series, block))?;
        // It was readable before.
        let Some(Ok(as_of)) = bytes.map(|bytes| read::block(series, block, &bytes, &mut histories)) else { continue };
        let upto = as_of.max(ledger.floor);
        let mut named = 0;
        for unit in 0..UNITS as u16 {
            let held = histories.of(unit);
            let all = made.get(&unit).map(Vec::as_slice).unwrap_or_default();
            let of_block: Vec<Event> = all.iter().filter(|event| event.0 <= upto).copied().collect();
            if held != of_block && named < NAMED {
                named += 1;
                let place = Place::Unit(i64::from(series), u64::from(block) * UNITS + u64::from(unit));
                report.find(place, What::OtherHistory(words(&of_block), words(&held)));
            }
        }
    }
    Ok(())
}

/// Reads the log of a part for the blocks asked for.
fn make(raw: &mut Raw, part: u32, made: &mut BTreeMap<Key, Made>) -> Result<(), StoreError> {
    let mut cursor = Cursor::new(part, 0);
    while let Some(document) = cursor.document(raw, 0, &mut |_, _| {})? {
        for effect in cursor.take(document) {
            let Ok(series) = u32::try_from(effect.series) else { continue };
            // No further than the blocks asked for.
            let range = made.range_mut((part, series, 0)..=(part, series, u32::MAX));
            for ((_, _, block), units) in range {
                let begin = u64::from(*block) * UNITS;
                let first = effect.first.max(begin);
                let end = effect.first.saturating_add(effect.count).min(begin + UNITS);
                blocks(first, end, |_, from, to| {
                    for unit in from..to {
                        units.entry(unit).or_default().push((effect.document, effect.act, effect.arg));
                    }
                });
            }
        }
    }
    Ok(())
}

fn words(events: &[Event]) -> String {
    let words: Vec<String> = events.iter().map(|(document, act, arg)| format!("{document}:{act}:{arg}")).collect();
    words.join(" ")
}
