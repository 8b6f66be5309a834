//! Series in memory: what every decision asks for, read once.

use crate::StoreError;
use crate::db::Session;
use crate::tables;
use backend_ledger::Series;
use shared::series::{SeriesId, SeriesKind};
use shared::state::DocumentNo;
use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

/// Series that were asked for, as of the last commit.
#[derive(Default)]
pub(crate) struct SeriesCache(RwLock<Cached>);

#[derive(Default)]
struct Cached {
    known: Known,
    /// The number after the last document that changed a series: who has not seen all before it has old ones.
    since: u64,
}

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
    /// The series with this number. The session sees all documents before `until`.
    pub(crate) fn get(
        &self,
        session: &mut dyn Session,
        until: DocumentNo,
        id: SeriesId,
    ) -> Result<Option<Series>, StoreError> {
        if let Some(series) = self.0.read().unwrap_or_else(PoisonError::into_inner).known.get(id) {
            return Ok(Some(series.clone()));
        }
        let found = tables::series::get(session, id)?;
        Ok(self.keep(until, found.map(|series| (id, series))))
    }

    /// The number of a series by its key. The session sees all documents before `until`.
    pub(crate) fn id(
        &self,
        session: &mut dyn Session,
        until: DocumentNo,
        kind: SeriesKind,
        key: u64,
    ) -> Result<Option<SeriesId>, StoreError> {
        if let Some(id) = self.0.read().unwrap_or_else(PoisonError::into_inner).known.id(kind, key) {
            return Ok(Some(id));
        }
        let found = tables::series::by_key(session, kind, key)?;
        let id = found.as_ref().map(|(id, _)| *id);
        self.keep(until, found);
        Ok(id)
    }

    /// Keeps what a session has found, unless a series has changed since its snapshot: numbers would be given out twice.
    fn keep(&self, until: DocumentNo, found: Option<(SeriesId, Series)>) -> Option<Series> {
        let (id, series) = found?;
        let mut cached = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if until.0 >= cached.since {
            cached.known.put(id, series.clone());
        }
        Some(series)
    }

    /// Takes over what a group has committed; `next` is the number after its last document.
    pub(crate) fn update(&self, changed: Known, next: DocumentNo) {
        if changed.is_empty() {
            return;
        }
        let mut cached = self.0.write().unwrap_or_else(PoisonError::into_inner);
        for (id, series) in changed.by_id {
            cached.known.put(id, series);
        }
        cached.since = next.0;
    }

    /// Forgets everything: another process has changed series, by documents before `next`.
    pub(crate) fn clear(&self, next: DocumentNo) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Cached { known: Known::default(), since: next.0 };
    }
}
