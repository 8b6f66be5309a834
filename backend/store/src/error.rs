//! What can go wrong in the store.

use shared::refusal::Refusal;

/// The store could not do it. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// SQLite said no.
    #[error("the database refused the statement")]
    Sqlite(#[from] rusqlite::Error),
    /// The bytes of a row are not what was written.
    #[error("{what} in the database is damaged")]
    Corrupt {
        /// Which row.
        what: String,
    },
    /// A file or folder could not be made.
    #[error("the data folder cannot be used")]
    Folder(#[from] std::io::Error),
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
    /// More changes wait than the queue holds.
    #[error("too many changes wait to be written")]
    Full,
    /// The writer has stopped.
    #[error("the writer has stopped")]
    Stopped,
}

impl StoreError {
    pub(crate) fn corrupt(what: impl Into<String>) -> Self {
        Self::Corrupt { what: what.into() }
    }
}

/// A document was not taken.
#[derive(Debug, thiserror::Error)]
pub enum SubmitError {
    /// It is refused.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The store could not tell.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for SubmitError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

impl From<serde_json::Error> for SubmitError {
    fn from(error: serde_json::Error) -> Self {
        Self::Store(error.into())
    }
}
