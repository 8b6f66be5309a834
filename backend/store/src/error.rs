//! What can go wrong in the store.

use shared::refusal::Refusal;
use std::error::Error;

/// What a database said, as the cause of an error.
pub(crate) type Cause = Box<dyn Error + Send + Sync + 'static>;

/// The store could not do it. Nothing was changed, except as [`StoreError::Unreachable`] says.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another process or session changed the same: to be decided again.
    #[error("another writer was there first")]
    Conflict,
    /// Another process holds the database.
    #[error("the database is in use by another process")]
    InUse,
    /// Stored bytes are not what was written.
    #[error("{what} in the database is damaged")]
    Damaged {
        /// Which.
        what: String,
    },
    /// No room is left.
    #[error("the disk is full")]
    DiskFull,
    /// A file or folder, or the disk under it, does not work.
    #[error("a file of the database cannot be used")]
    Io(#[source] Cause),
    /// The server of the database does not answer, or the connection broke. What was being committed may or may not be.
    #[error("the database cannot be reached")]
    Unreachable(#[source] Cause),
    /// The database said no.
    #[error("the database refused the statement")]
    Database(#[source] Cause),
    /// The database is of a later version than this program.
    #[error("the database has schema {found}, this program knows up to {known}")]
    TooNew {
        /// Version found.
        found: usize,
        /// Last version known.
        known: usize,
    },
    /// A value does not go into a row.
    #[error("the value cannot be written")]
    Unwritable(#[from] serde_json::Error),
    /// The batch that this change was part of could not be committed.
    #[error("the transaction could not be committed: {0}")]
    NotCommitted(String),
    /// More changes wait than the queue holds, or more readers than the database bears.
    #[error("too many changes wait to be written")]
    Full,
    /// The writer has stopped.
    #[error("the writer has stopped")]
    Stopped,
}

impl StoreError {
    pub(crate) fn corrupt(what: impl Into<String>) -> Self {
        Self::Damaged { what: what.into() }
    }

    /// Whether the same may succeed later without anybody's help.
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::Conflict | Self::Unreachable(_) | Self::Full)
    }
}

impl From<std::io::Error> for StoreError {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Self::DiskFull,
            _ => Self::Io(error.into()),
        }
    }
}

/// A document was not taken.
#[derive(Debug, thiserror::Error)]
pub enum SubmitError {
    /// It is refused: every reason found, in the order of the body; the first is the answer.
    #[error("refused for {} reasons", .0.len())]
    Refused(Vec<Refusal>),
    /// The store could not tell.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<Refusal> for SubmitError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(vec![refusal])
    }
}

impl From<serde_json::Error> for SubmitError {
    fn from(error: serde_json::Error) -> Self {
        Self::Store(error.into())
    }
}
