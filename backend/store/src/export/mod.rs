//! A whole ledger in one file, to move it from one database to another (docs/guides/moving.md has the form).
//!
//! The file is a function of what the ledger says: neither the database nor its number of parts nor the grouping of commits
//! shows in it. So a ledger that was moved and is exported again gives the same bytes, and the checksum at the end of
//! the file is the checksum of the ledger.

mod file;
mod log;
mod read;
mod sections;
mod write;

use crate::db::Database;
use crate::{StoreError, postgres, sqlite};
use std::io::{Read, Seek, Write};
use std::path::Path;

/// Where a ledger is kept.
#[derive(Clone, Copy)]
pub enum Home<'a> {
    /// A file of SQLite.
    Sqlite(&'a Path),
    /// A database of PostgreSQL, by its address.
    Postgres(&'a str),
}

impl Home<'_> {
    fn open(self) -> Result<Box<dyn Database>, StoreError> {
        let database: Box<dyn Database> = match self {
            Self::Sqlite(path) => Box::new(sqlite::Sqlite::open(path)?),
            Self::Postgres(url) => Box::new(postgres::Postgres::connect(url)?),
        };
        database.migrate()?;
        Ok(database)
    }
}

/// What was moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Documents.
    pub documents: u64,
    /// Blocks.
    pub blocks: u64,
    /// Rows of all other tables.
    pub rows: u64,
    /// Bytes of the file.
    pub bytes: u64,
    /// SHA-256 of all bytes of the file before it, which stands at its end.
    pub checksum: [u8; 32],
}

/// A ledger could not be moved.
#[derive(Debug, thiserror::Error)]
pub enum MoveError {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file cannot be read or written.
    #[error("the file cannot be used")]
    File(#[from] std::io::Error),
    /// It does not begin as an export does.
    #[error("the file is no export of a ledger, or of another version")]
    NotAnExport,
    /// The checksum at its end is not that of what stands before: it was cut off or changed.
    #[error("the file is not what was exported: its checksum does not fit")]
    Altered,
    /// Its content is none of a ledger, though the checksum fits.
    #[error("the file holds what no ledger has: {0}")]
    Content(&'static str),
    /// The ledger that it should go to has something in it, or the rest of an import that was cut off.
    #[error("the ledger is not empty: an export goes into a new one")]
    NotEmpty,
}

/// Writes all of a ledger into a file, as of one moment. A ledger in SQLite must not be open elsewhere.
///
/// # Errors
/// [`MoveError`]; what was written by then is no export.
pub fn export(from: Home<'_>, to: &mut dyn Write) -> Result<Moved, MoveError> {
    if let Home::Sqlite(path) = from {
        // No file is made to be exported.
        std::fs::metadata(path)?;
    }
    let database = from.open()?;
    write::ledger(&*database, to)
}

/// Makes a ledger of a file that was exported, in a database that has none, cut in so many parts (1 to 64). The whole file
/// is verified before anything is written, and what was written counts as a ledger only after the last of it: until then
/// it does not open.
///
/// # Errors
/// [`MoveError`]; a database in which something was written by then is of no use and to be removed.
pub fn import<F: Read + Seek>(from: &mut F, to: Home<'_>, parts: u32) -> Result<Moved, MoveError> {
    file::verify(from)?;
    read::ledger(from, to.open()?, parts)
}
