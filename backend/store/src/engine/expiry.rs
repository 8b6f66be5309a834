//! Until when goods of an introduction may be sold: asked at every sale, so kept once read.

use super::log::Parts;
use crate::db::Session;
use crate::{StoreError, tables};
use shared::date::Date;
use shared::state::DocumentNo;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Introductions kept: some 30 bytes each.
const KEPT: usize = 1 << 20;

/// Dates by introduction.
#[derive(Default)]
pub(crate) struct Expiry(Mutex<HashMap<DocumentNo, Option<Date>>>);

impl Expiry {
    /// The last day on which goods of this introduction may be sold; nothing if they do not expire.
    pub(crate) fn get(
        &self,
        session: &mut dyn Session,
        parts: Parts,
        introduced: DocumentNo,
    ) -> Result<Option<Date>, StoreError> {
        if let Some(date) = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&introduced) {
            return Ok(*date);
        }
        let facts = tables::body::facts(session, parts.of_document(introduced), introduced)?;
        let date = facts.and_then(|facts| facts.expires);
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(introduced, date);
        Ok(date)
    }
}
