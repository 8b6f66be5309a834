//! The book in SQLite: one file, one writing thread, many readers (WAL).

mod blocks;
mod convert;
mod documents;
mod migrate;
mod orders;
mod parties;
mod products;
mod projection;
mod readers;
mod reports;
mod submit;
mod units;
mod writer;

use crate::StoreError;
use readers::Readers;
use rusqlite::Connection;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use writer::Writer;

/// The store. Clones share it; the last one dropped waits for the writer and closes the file.
///
/// All calls block the calling thread: an async caller hands them to a thread that may.
#[derive(Clone)]
pub struct Store(Arc<Parts>);

struct Parts {
    readers: Readers,
    writer: Writer,
}

/// How long a statement waits for another process (a backup) that holds the file.
const PATIENCE: Duration = Duration::from_secs(10);

impl Store {
    /// Opens the database at `path`, made if there is none, and brings it to the schema of this program.
    ///
    /// # Errors
    /// [`StoreError`] if the file cannot be used.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let mut db = Connection::open(path)?;
        db.busy_timeout(PATIENCE)?;
        // An acknowledged document survives the loss of power: the log is synced at every commit (DESIGN §7, 3).
        db.pragma_update(None, "journal_mode", "WAL")?;
        db.pragma_update(None, "synchronous", "FULL")?;
        db.pragma_update(None, "foreign_keys", true)?;
        db.set_prepared_statement_cache_capacity(readers::STATEMENTS);
        migrate::migrate(&mut db, migrate::MIGRATIONS.len())?;
        let readers = Readers::new(path.to_owned());
        Ok(Self(Arc::new(Parts { readers, writer: Writer::start(db)? })))
    }

    /// Whether the store answers.
    ///
    /// # Errors
    /// [`StoreError`] if it does not.
    pub fn ping(&self) -> Result<(), StoreError> {
        self.0.readers.read(|db| Ok(db.query_row("SELECT 1", [], |_| Ok(()))?))
    }
}
