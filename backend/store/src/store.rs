//! The store: what the rest of the backend asks of the book.

use crate::Applied;
use crate::db::Database;
use crate::engine::{Engine, Sent, Settings, View, Writer};
use crate::{Idempotency, Receipt, Response, StoreError, Submission, SubmitError, postgres, sqlite};
use shared::party::PartyId;
use std::path::Path;
use std::sync::Arc;

mod counts;
mod documents;
mod history;
mod projection;
mod records;
mod units;

/// The store. Clones share it; the last one dropped waits for its threads and closes the database.
///
/// All calls block the calling thread: an async caller hands them to a thread that may.
#[derive(Clone)]
pub struct Store(Arc<Parts>);

struct Parts {
    // Dropped first: its threads use the engine.
    writer: Writer,
    engine: Arc<Engine>,
}

impl Store {
    /// Opens the SQLite database at `path`, made if there is none, and brings it to the schema of this program.
    ///
    /// # Errors
    /// [`StoreError`] if the file cannot be used, [`StoreError::InUse`] if another process has it.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        Self::open_with(path, Settings::default())
    }

    /// The same, with settings.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open_with(path: &Path, settings: Settings) -> Result<Self, StoreError> {
        Self::start(Box::new(sqlite::Sqlite::open(path)?), settings)
    }

    /// Opens the PostgreSQL database at `url` and brings it to the schema of this program.
    ///
    /// # Errors
    /// [`StoreError`] if it cannot be used.
    pub fn postgres(url: &str, settings: Settings) -> Result<Self, StoreError> {
        Self::start(Box::new(postgres::Postgres::connect(url)?), settings)
    }

    fn start(database: Box<dyn Database>, settings: Settings) -> Result<Self, StoreError> {
        database.migrate()?;
        let engine = Arc::new(Engine::open(database, settings)?);
        Ok(Self(Arc::new(Parts { writer: Writer::start(&engine)?, engine })))
    }

    /// Whether the store answers.
    ///
    /// # Errors
    /// [`StoreError`] if it does not.
    pub fn ping(&self) -> Result<(), StoreError> {
        self.read(|view| view.session.query("SELECT 1", &[], &mut |_| Ok(())))
    }

    /// Decides a document and writes it whole, or refuses it and writes nothing. `respond` makes the answer, which is
    /// written with the document and given again to a retry; it is called again if the document gets another number.
    /// Returns when it is on disk.
    ///
    /// # Errors
    /// [`SubmitError::Refused`] with the ledger's refusals or that of a key used before; [`SubmitError::Store`], after
    /// which nothing was changed.
    pub fn submit(
        &self,
        submission: Submission,
        respond: impl FnMut(&Applied) -> Result<Response, serde_json::Error> + Send + 'static,
    ) -> Result<Receipt, SubmitError> {
        let foreseen = self.0.engine.foresee(&submission.plan);
        self.0.writer.submit(|answer| Sent::new(submission, foreseen, Box::new(respond), answer))
    }

    /// The answer that a request got before, if it is a retry.
    ///
    /// # Errors
    /// As [`Store::submit`].
    pub fn replay(&self, by: PartyId, idempotency: &Idempotency) -> Result<Option<Receipt>, SubmitError> {
        self.read(|view| view.engine.replay(view.session, by, idempotency))
    }

    /// Folds what has gathered in memory into blocks, and waits for it. It happens by itself; this is for a quiet moment, and for
    /// those who measure.
    ///
    /// # Errors
    /// [`StoreError`]; what was not folded is folded the next time.
    pub fn fold(&self) -> Result<(), StoreError> {
        self.0.writer.fold()
    }

    /// Bytes that the database takes on disk.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn size(&self) -> Result<u64, StoreError> {
        self.0.engine.database.size()
    }

    fn read<T, E: From<StoreError>>(&self, query: impl FnOnce(&mut View<'_>) -> Result<T, E>) -> Result<T, E> {
        self.mended(self.0.engine.read(query))
    }

    /// The same for what nothing changes but documents and folds.
    fn read_units<T, E: From<StoreError>>(&self, query: impl FnOnce(&mut View<'_>) -> Result<T, E>) -> Result<T, E> {
        self.mended(self.0.engine.read_units(query))
    }

    /// Has what was found damaged made anew.
    fn mended<T, E>(&self, result: Result<T, E>) -> Result<T, E> {
        if result.is_err() && self.0.engine.has_damage() {
            self.0.writer.mend();
        }
        result
    }
}
