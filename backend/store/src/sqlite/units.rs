//! Single units and counts of a series.

use super::convert::{gtin_key, unsigned};
use super::{Store, blocks, products};
use crate::{Counts, StoreError, UnitRecord};
use backend_ledger::{BlockSpan, Series};
use shared::block::{BLOCK_LEN, place_of};
use shared::gs1::Gtin;
use shared::state::Status;

impl Store {
    /// The unit with this number of a series; nothing if it was never issued.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn unit(&self, gtin: Gtin, number: u64) -> Result<Option<UnitRecord>, StoreError> {
        self.0.readers.read(|db| {
            let Some(series) = products::series(db, gtin)? else { return Ok(None) };
            let (block, offset) = place_of(number);
            let kept = blocks::get(db, gtin, block)?;
            let runs = Series::filled(kept.as_ref(), block, series.issued);
            Ok(runs.get(offset).map(|state| UnitRecord { state: *state, owner: series.owner }))
        })
    }

    /// Counts the units of a series; nothing if there is no card.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn counts(&self, gtin: Gtin) -> Result<Option<Counts>, StoreError> {
        self.0.readers.read(|db| {
            let Some(series) = products::series(db, gtin)? else { return Ok(None) };
            let mut counts = Counts { issued: series.issued, ..Counts::default() };
            let mut kept_units = 0;
            let all = BlockSpan { gtin, first: 0, last: series.issued / BLOCK_LEN };
            blocks::span(db, all, |_, runs| {
                kept_units += u64::from(runs.len());
                for run in runs.as_slice() {
                    let at = Status::ALL.iter().position(|status| *status == run.state.status);
                    if let Some(sum) = at.and_then(|at| counts.by_status.get_mut(at)) {
                        *sum += u64::from(run.len);
                    }
                    if run.state.blocked.is_some() {
                        counts.blocked += u64::from(run.len);
                    }
                }
            })?;
            // Emitted is the first status; what is not kept is just that.
            if let Some(emitted) = counts.by_status.first_mut() {
                *emitted += series.issued.saturating_sub(kept_units);
            }
            Ok(Some(counts))
        })
    }

    /// Rows that the state of a series takes: blocks to which something happened.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn block_rows(&self, gtin: Gtin) -> Result<u64, StoreError> {
        self.0.readers.read(|db| {
            let mut statement = db.prepare_cached("SELECT count(*) FROM block WHERE gtin = ?1")?;
            unsigned(statement.query_row([gtin_key(gtin)], |row| row.get(0))?)
        })
    }
}
