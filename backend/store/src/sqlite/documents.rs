//! Applied documents.

use super::Store;
use super::convert::{signed, unsigned};
use super::submit::Terms;
use crate::coding::ranges;
use crate::{DocumentRecord, StoreError};
use rusqlite::{Connection, OptionalExtension, Row};
use shared::date::Timestamp;
use shared::party::PartyId;
use shared::state::DocumentNo;

/// What a document says of its units to anyone, and when it was applied.
pub(super) fn terms(db: &Connection, number: DocumentNo) -> Result<(Terms, Timestamp), StoreError> {
    let damaged = || StoreError::corrupt(format!("document {}", number.0));
    let mut statement = db.prepare_cached("SELECT terms, at FROM document WHERE number = ?1")?;
    let row =
        statement.query_row([signed(number.0)], |row| Ok((row.get::<_, Option<String>>(0)?, Timestamp(row.get(1)?))));
    let (terms, at) = row.optional()?.ok_or_else(damaged)?;
    let terms = serde_json::from_str(&terms.ok_or_else(damaged)?).map_err(|_| damaged())?;
    Ok((terms, at))
}

type Columns = (i64, String, i64, i64, i64, Vec<u8>, String);

fn of_row(row: &Row<'_>) -> rusqlite::Result<Columns> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?))
}

fn record((number, kind, party, at, units, bytes, body): Columns) -> Result<DocumentRecord, StoreError> {
    Ok(DocumentRecord {
        document: DocumentNo(unsigned(number)?),
        kind,
        party: PartyId(unsigned(party)?),
        at: Timestamp(at),
        units: unsigned(units)?,
        body,
        ranges: ranges::decode(&bytes)
            .map_err(|damage| StoreError::corrupt(format!("document {number} ({damage})")))?,
    })
}

impl Store {
    /// The document with this number.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn document(&self, number: DocumentNo) -> Result<Option<DocumentRecord>, StoreError> {
        self.0.readers.read(|db| {
            let mut statement = db.prepare_cached(
                "SELECT number, kind, party, at, units, ranges, body FROM document WHERE number = ?1",
            )?;
            statement.query_row([signed(number.0)], of_row).optional()?.map(record).transpose()
        })
    }

    /// Documents by number, after one: what a second reader redoes the fold from.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn documents(&self, after: DocumentNo, limit: usize) -> Result<Vec<DocumentRecord>, StoreError> {
        self.0.readers.read(|db| {
            let mut statement = db.prepare_cached(
                "SELECT number, kind, party, at, units, ranges, body FROM document WHERE number > ?1
                 ORDER BY number LIMIT ?2",
            )?;
            let rows = statement.query_map([signed(after.0), signed(limit as u64)], of_row)?;
            rows.map(|row| record(row?)).collect()
        })
    }
}
