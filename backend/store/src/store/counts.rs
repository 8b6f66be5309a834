//! A series counted.

use super::Store;
use crate::coding::block::BlockKey;
use crate::{Counts, StoreError};
use shared::block::BLOCK_LEN;
use shared::gs1::Gtin;
use shared::series::SeriesId;
use shared::state::{Status, UnitState};

impl Store {
    /// Counts the units issued for a GTIN; nothing if there is no card.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn counts(&self, gtin: Gtin) -> Result<Option<Counts>, StoreError> {
        let found = self.read(|view| Ok::<_, StoreError>(view.issued(gtin)?.map(|(id, _)| id)))?;
        found.map_or(Ok(None), |id| self.counts_of(id))
    }

    /// Counts the units of a series; nothing if there is none.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn counts_of(&self, id: SeriesId) -> Result<Option<Counts>, StoreError> {
        self.read(|view| {
            let Some(series) = view.series(id)? else { return Ok(None) };
            let mut counts = Counts { issued: series.issued, ..Counts::default() };
            let mut counted = 0;
            for block in view.touched(id)? {
                let first = u64::from(block) * BLOCK_LEN;
                let held = series.issued.saturating_sub(first).min(BLOCK_LEN) as u32;
                let opened = view.block(BlockKey { series: id, block })?;
                for (_, len, history) in opened.histories(0, held) {
                    let state = UnitState::of(&history.events());
                    counts.add(state.status, u64::from(len));
                    if state.blocked.is_some() {
                        counts.blocked += u64::from(len);
                    }
                }
                counted += u64::from(held);
            }
            // Nothing has happened to the rest since it was issued.
            counts.add(Status::Emitted, series.issued.saturating_sub(counted));
            Ok(Some(counts))
        })
    }
}

impl Counts {
    fn add(&mut self, status: Status, units: u64) {
        let at = Status::ALL.iter().position(|one| *one == status);
        if let Some(sum) = at.and_then(|at| self.by_status.get_mut(at)) {
            *sum += units;
        }
    }
}
