//! Blocks that a document will ask for, read by the thread that sends it: so many senders wait for the disk at the same time,
//! and the one writer for none of them.

use super::Engine;
use super::blocks::{Base, unit};
use super::book::read_bases;
use super::view::View;
use crate::StoreError;
use crate::coding::block::BlockKey;
use backend_ledger::Plan;
use shared::block::place_of;
use shared::series::{PACKAGE_DEPTH, Range, SeriesKind};
use shared::state::UnitState;
use std::collections::HashMap;
use std::sync::atomic::Ordering;

/// Most blocks of a document that its sender reads. Those of larger ones the writer reads, many at once.
const FEW: usize = 16;

/// Whatever documents a snapshot holds: the number of none.
const ANY: u64 = u64::MAX;

/// Stored blocks as of some fold.
pub(crate) struct Foreseen {
    folds: u64,
    bases: HashMap<BlockKey, Base>,
}

impl Foreseen {
    /// The blocks, if none was written since.
    pub(crate) fn still(&self, engine: &Engine) -> Option<&HashMap<BlockKey, Base>> {
        (self.folds == engine.folds.load(Ordering::SeqCst)).then_some(&self.bases)
    }
}

impl Engine {
    /// Reads the blocks of what a receipt names, and of the packages around it. What cannot be read is left to the writer,
    /// who says why.
    pub(crate) fn foresee(&self, plan: &Plan) -> Option<Foreseen> {
        // Another process may write blocks at any time.
        if !self.database.single_process() || !(1..=FEW).contains(&plan.ranges().len()) {
            return None;
        }
        let reading = self.reading();
        // Before the snapshot: a fold that it does not hold raises the number. Documents that it does not hold may matter, but the
        // writer looks again.
        let folds = self.folds.load(Ordering::SeqCst);
        let bases = self.read_kept((folds, ANY), &reading, |view| bases(view, plan)).ok()?;
        Some(Foreseen { folds, bases })
    }

    /// Blocks were written, or may have been.
    pub(super) fn folded(&self) {
        self.folds.fetch_add(1, Ordering::SeqCst);
    }
}

fn bases(view: &mut View<'_>, plan: &Plan) -> Result<HashMap<BlockKey, Base>, StoreError> {
    let mut bases = HashMap::with_capacity(2 * FEW);
    for range in plan.ranges().filter(|range| range.count == 1) {
        let mut next = Some(range);
        for _ in 0..=PACKAGE_DEPTH {
            let Some(Range { series, first, .. }) = next else { break };
            let (block, offset) = place_of(first);
            let key = BlockKey { series, block: block as u32 };
            if !bases.contains_key(&key) {
                read_bases(view.engine, view.session, &[key], &mut bases)?;
            }
            let base = bases.get(&key).and_then(Option::as_deref);
            let waiting = view.engine.pending.of_unit(key, offset);
            let events = unit(key, base, &waiting, offset).map_err(|_| StoreError::Conflict)?;
            let state = UnitState::of(&events);
            // What the decision asks for beside the blocks is read here as well, and kept.
            view.series(series)?;
            // Of what the snapshot does not hold it would be kept that it does not expire.
            if let Some(introduced) = state.introduced.filter(|introduced| *introduced < view.until) {
                view.engine.expiry.get(view.session, view.engine.parts, introduced)?;
            }
            next = match state.package {
                Some(id) => view.series_of(SeriesKind::Packages, id.prefix())?.map(|series| Range {
                    series,
                    first: id.number(),
                    count: 1,
                }),
                None => None,
            };
        }
    }
    Ok(bases)
}
