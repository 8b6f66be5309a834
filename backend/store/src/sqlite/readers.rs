//! Reading connections: as many as read at once, kept for the next.

use crate::StoreError;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

/// Connections kept open while nobody reads.
const KEPT: usize = 8;

/// Prepared statements kept by each connection.
pub(super) const STATEMENTS: usize = 64;

pub(super) struct Readers {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
}

impl Readers {
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path, idle: Mutex::new(Vec::new()) }
    }

    /// Reads in one transaction: everything `query` sees is of one moment.
    pub(super) fn read<T, E: From<StoreError>>(
        &self,
        query: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut db = match idle {
            Some(db) => db,
            None => self.open()?,
        };
        let moment = db.transaction_with_behavior(TransactionBehavior::Deferred).map_err(StoreError::from)?;
        let result = query(&moment);
        moment.finish().map_err(StoreError::from)?;
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < KEPT {
            idle.push(db);
        }
        result
    }

    fn open(&self) -> Result<Connection, StoreError> {
        let db = Connection::open_with_flags(&self.path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        db.pragma_update(None, "query_only", true)?;
        db.set_prepared_statement_cache_capacity(STATEMENTS);
        Ok(db)
    }
}
