//! Participants (R6).

use super::Store;
use super::convert::{parsed, signed, unsigned};
use crate::{ApiKeyHash, PartyRecord, StoreError};
use backend_ledger::Party;
use rusqlite::{Connection, OptionalExtension, Row, params};
use shared::party::{PartyId, Role};

fn of_row(row: &Row<'_>) -> rusqlite::Result<(i64, String, String)> {
    Ok((row.get("id")?, row.get("name")?, row.get("role")?))
}

fn record((id, name, role): (i64, String, String)) -> Result<PartyRecord, StoreError> {
    Ok(PartyRecord { party: Party { id: PartyId(unsigned(id)?), role: parsed::<Role>(&role)? }, name })
}

fn by_key(db: &Connection, key: ApiKeyHash) -> Result<Option<PartyRecord>, StoreError> {
    let mut statement = db.prepare_cached("SELECT id, name, role FROM party WHERE key_hash = ?1")?;
    statement.query_row([key.0.as_slice()], of_row).optional()?.map(record).transpose()
}

impl Store {
    /// The participant with this API key.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn party_by_key(&self, key: ApiKeyHash) -> Result<Option<PartyRecord>, StoreError> {
        self.0.readers.read(|db| by_key(db, key))
    }

    /// The participant with this number.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn party(&self, id: PartyId) -> Result<Option<PartyRecord>, StoreError> {
        self.0.readers.read(|db| {
            let mut statement = db.prepare_cached("SELECT id, name, role FROM party WHERE id = ?1")?;
            statement.query_row([signed(id.0)], of_row).optional()?.map(record).transpose()
        })
    }

    /// Registers a participant with an API key. One whose key is known already stays as it is.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn put_party(&self, name: &str, role: Role, key: ApiKeyHash) -> Result<PartyRecord, StoreError> {
        let name = name.to_owned();
        self.0.writer.write(move |db| {
            db.prepare_cached(
                "INSERT INTO party (name, role, key_hash) VALUES (?1, ?2, ?3) ON CONFLICT (key_hash) DO NOTHING",
            )?
            .execute(params![name, role.as_str(), key.0.as_slice()])?;
            by_key(db, key)?.ok_or(StoreError::Sqlite(rusqlite::Error::QueryReturnedNoRows))
        })
    }
}
