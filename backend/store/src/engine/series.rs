//! Series in memory: what every decision asks for, read once.

use crate::StoreError;
use crate::db::Session;
use crate::tables;
use backend_ledger::Series;
use shared::series::{SeriesId, SeriesKind};
use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

/// Series that were asked for, as of the last commit.
#[derive(Default)]
pub(crate) struct SeriesCache(RwLock<Known>);

/// Series by number and by key.
#[derive(Clone, Default)]
pub(crate) struct Known {
    by_id: HashMap<SeriesId, Series>,
    by_key: HashMap<(SeriesKind, u64), SeriesId>,
}

impl Known {
    pub(crate) fn put(&mut self, id: SeriesId, series: Series) {
        self.by_key.insert((series.kind, series.key), id);
        self.by_id.insert(id, series);
    }

    pub(crate) fn get(&self, id: SeriesId) -> Option<&Series> {
        self.by_id.get(&id)
    }

    pub(crate) fn id(&self, kind: SeriesKind, key: u64) -> Option<SeriesId> {
        self.by_key.get(&(kind, key)).copied()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }
}

impl SeriesCache {
    /// The series with this number.
    pub(crate) fn get(&self, session: &mut dyn Session, id: SeriesId) -> Result<Option<Series>, StoreError> {
        if let Some(series) = self.0.read().unwrap_or_else(PoisonError::into_inner).get(id) {
            return Ok(Some(series.clone()));
        }
        let found = tables::series::get(session, id)?;
        self.keep(found.map(|series| (id, series)))
    }

    /// The number of a series by its key.
    pub(crate) fn id(
        &self,
        session: &mut dyn Session,
        kind: SeriesKind,
        key: u64,
    ) -> Result<Option<SeriesId>, StoreError> {
        if let Some(id) = self.0.read().unwrap_or_else(PoisonError::into_inner).id(kind, key) {
            return Ok(Some(id));
        }
        let found = tables::series::by_key(session, kind, key)?;
        let id = found.as_ref().map(|(id, _)| *id);
        self.keep(found)?;
        Ok(id)
    }

    fn keep(&self, found: Option<(SeriesId, Series)>) -> Result<Option<Series>, StoreError> {
        let Some((id, series)) = found else { return Ok(None) };
        self.0.write().unwrap_or_else(PoisonError::into_inner).put(id, series.clone());
        Ok(Some(series))
    }

    /// Takes over what a group has committed.
    pub(crate) fn update(&self, changed: Known) {
        if changed.is_empty() {
            return;
        }
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        for (id, series) in changed.by_id {
            known.put(id, series);
        }
    }

    /// Forgets everything: another process has changed series.
    pub(crate) fn clear(&self) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Known::default();
    }
}
