//! Histories of many units, read by several readers at once: a page of random codes is a page of random places on the disk,
//! which answers many as fast as one.

use super::Engine;
use super::blocks::unit;
use super::pending::Entry;
use super::view::View;
use crate::StoreError;
use crate::coding::block::{BlockKey, as_of};
use crate::db::Session;
use shared::act::Event;
use shared::block::place_of;
use shared::series::SeriesId;
use shared::state::DocumentNo;

/// Blocks that are worth a reader of their own.
pub(super) const EACH: usize = 32;

/// Readers at once: a disk answers many as fast as one.
pub(super) const READERS: usize = 32;

/// A unit of a block: its offset, and its place among those asked for.
type Asked = (BlockKey, u32, usize);

/// Units of one block, and what waits for it.
struct Of<'a> {
    units: &'a [Asked],
    waiting: Vec<Entry>,
}

impl Of<'_> {
    fn key(&self) -> BlockKey {
        // Groups are not empty.
        self.units.first().map_or(BlockKey { series: SeriesId(0), block: 0 }, |(key, ..)| *key)
    }
}

/// Histories, with their places among those asked for.
type Found = Vec<(usize, Vec<Event>)>;

/// Histories of units, in the order asked for.
pub(super) fn events(view: &mut View<'_>, units: &[(SeriesId, u64)]) -> Result<Vec<Vec<Event>>, StoreError> {
    let place = |(at, &(series, number)): (usize, &(SeriesId, u64))| {
        let (block, offset) = place_of(number);
        (BlockKey { series, block: block as u32 }, offset, at)
    };
    let mut asked: Vec<Asked> = units.iter().enumerate().map(place).collect();
    asked.sort_unstable();
    let of_blocks = asked.chunk_by(|(one, ..), (other, ..)| one == other);
    // Before any block is read.
    let blocks: Vec<Of<'_>> = of_blocks.map(|units| Of { units, waiting: view.waiting(units[0].0) }).collect();
    let mut events = vec![Vec::new(); units.len()];
    for (at, history) in read_all(view, &blocks)? {
        if let Some(place) = events.get_mut(at) {
            *place = history;
        }
    }
    Ok(events)
}

fn read_all(view: &mut View<'_>, blocks: &[Of<'_>]) -> Result<Found, StoreError> {
    let (engine, until) = (view.engine, view.until);
    if blocks.len() < 2 * EACH || !engine.database.single_process() {
        return read(engine, view.session, blocks, until, false);
    }
    let mut parts = blocks.chunks(blocks.len().div_ceil(READERS).max(EACH));
    let own = parts.next().unwrap_or_default();
    std::thread::scope(|scope| {
        let helper = |part| move || engine.pool.read_now(|session| read(engine, session, part, until, true));
        let helpers: Vec<_> = parts.map(|part| (part, scope.spawn(helper(part)))).collect();
        let mut found = read(engine, view.session, own, until, false)?;
        for (part, helper) in helpers {
            found.extend(match helper.join() {
                Ok(Some(Ok(theirs))) => theirs,
                // None was free, or its snapshot is too late: what failed fails again here, and is told.
                _ => read(engine, view.session, part, until, false)?,
            });
        }
        Ok(found)
    })
}

/// Reads units of some blocks, and their series into memory, where they are asked for next. A session that began to read
/// later may find a block with documents of later than `until`, and then gives up; otherwise what it finds and what waited
/// before make the same histories.
fn read(
    engine: &Engine,
    session: &mut dyn Session,
    blocks: &[Of<'_>],
    until: DocumentNo,
    is_later: bool,
) -> Result<Found, StoreError> {
    let keys: Vec<BlockKey> = blocks.iter().map(Of::key).collect();
    let mut found = Vec::with_capacity(blocks.len());
    let mut absent = vec![true; blocks.len()];
    let mut add = |of: &Of<'_>, bytes: Option<&[u8]>| {
        of.units.iter().try_for_each(|&(key, offset, at)| {
            let events = unit(key, bytes, &of.waiting, offset).map_err(|damage| engine.damaged(key, damage))?;
            found.push((at, events));
            Ok(())
        })
    };
    session.blocks(&|series| engine.parts.of_series(series), &keys, &mut |at, bytes| {
        let (Some(of), Some(absent)) = (blocks.get(at), absent.get_mut(at)) else { return Ok(()) };
        if is_later && as_of(bytes).is_ok_and(|as_of| as_of >= until) {
            return Err(StoreError::Conflict);
        }
        *absent = false;
        add(of, Some(bytes))
    })?;
    blocks.iter().zip(absent).filter(|(_, absent)| *absent).try_for_each(|(of, _)| add(of, None))?;
    for of in blocks {
        engine.series.get(session, until, of.key().series)?;
    }
    Ok(found)
}
