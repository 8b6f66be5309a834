//! One set of statements, two databases: what a driver gives to those who write SQL.
//!
//! Statements are written so that SQLite and PostgreSQL read them alike: parameters are `$1`, `$2`, … and first appear in
//! ascending order (SQLite numbers them by appearance), integers are 64 bits wide, an aggregate that PostgreSQL would make
//! `numeric` is cast to `bigint`. What the two cannot say alike is a method here.

mod pool;
#[cfg(test)]
pub(crate) mod steps;
mod table;
#[cfg(any(test, feature = "trial"))]
pub mod trial;
mod value;

pub(crate) use pool::Pool;
pub(crate) use table::{Column, Kind, OnConflict, Sums, Table, bytes, integer, text};
pub(crate) use value::{OwnedValue, Value};

use crate::StoreError;
use crate::coding::block::BlockKey;
use shared::series::SeriesId;
use std::sync::Arc;

/// A row of an answer, while it is at hand. Columns are counted from 0.
pub(crate) trait Row {
    /// An integer.
    fn int(&self, column: usize) -> Result<i64, StoreError> {
        self.opt_int(column)?.ok_or_else(|| absent(column))
    }

    /// An integer, if there is one.
    fn opt_int(&self, column: usize) -> Result<Option<i64>, StoreError>;

    /// A text.
    fn text(&self, column: usize) -> Result<String, StoreError> {
        Ok(self.str(column)?.ok_or_else(|| absent(column))?.to_owned())
    }

    /// A text, if there is one.
    fn opt_text(&self, column: usize) -> Result<Option<String>, StoreError> {
        Ok(self.str(column)?.map(str::to_owned))
    }

    /// Bytes.
    fn bytes(&self, column: usize) -> Result<Vec<u8>, StoreError> {
        Ok(self.slice(column)?.ok_or_else(|| absent(column))?.to_vec())
    }

    /// A text where it lies.
    fn str(&self, column: usize) -> Result<Option<&str>, StoreError>;

    /// Bytes where they lie.
    fn slice(&self, column: usize) -> Result<Option<&[u8]>, StoreError>;
}

fn absent(column: usize) -> StoreError {
    StoreError::corrupt(format!("column {column} of a row, which must not be empty,"))
}

/// What is done with each row of an answer. An error ends the reading.
pub(crate) type EachRow<'a> = &'a mut dyn FnMut(&dyn Row) -> Result<(), StoreError>;

/// What is done with each block that was found: its place in the keys asked for, and its bytes.
pub(crate) type EachBlock<'a> = &'a mut dyn FnMut(usize, &[u8]) -> Result<(), StoreError>;

/// One connection. Statements outside of a transaction are each their own.
pub(crate) trait Session: Send {
    /// Runs a statement and tells how many rows it touched.
    fn execute(&mut self, sql: &str, params: &[Value<'_>]) -> Result<u64, StoreError>;

    /// Runs a query and shows each row of its answer, without holding all of it.
    fn query(&mut self, sql: &str, params: &[Value<'_>], each: EachRow<'_>) -> Result<(), StoreError>;

    /// Writes many rows of a table at once: their values one row behind the other. Tells how many were written.
    fn insert(&mut self, into: &Table, values: &[Value<'_>]) -> Result<u64, StoreError>;

    /// Begins a transaction. One that only reads sees the database as of one moment. One that writes fails with
    /// [`StoreError::Conflict`], now or later, if another has changed what it changes.
    fn begin(&mut self, write: bool) -> Result<(), StoreError>;

    /// Ends the transaction: what it wrote is on disk when this returns. After [`StoreError::Unreachable`] it may or may
    /// not have been committed, and only a look at the log tells.
    fn commit(&mut self) -> Result<(), StoreError>;

    /// Gives the transaction up. Does nothing if there is none.
    fn rollback(&mut self) -> Result<(), StoreError>;

    /// Reads many blocks, in no particular order. Keys without a row are passed over.
    fn blocks(
        &mut self,
        part_of: &dyn Fn(SeriesId) -> i64,
        keys: &[BlockKey],
        each: EachBlock<'_>,
    ) -> Result<(), StoreError>;

    /// Writes many blocks, over those that are there.
    fn put_blocks(&mut self, rows: &[(i64, BlockKey, Vec<u8>)]) -> Result<(), StoreError>;

    /// Moves what a commit left in the write-ahead log into the database file, where that is the caller's work.
    fn checkpoint(&mut self) -> Result<(), StoreError>;

    /// Whether the connection is lost for good: it is not worth keeping.
    fn broken(&self) -> bool;
}

/// Opens another session. Shared by the database and the pools of its readers.
pub(crate) trait Connect: Send + Sync {
    /// Opens one.
    fn session(&self) -> Result<Box<dyn Session>, StoreError>;

    /// How many may be open at once for reading.
    fn readers(&self) -> usize;
}

/// A database that is there and ours.
pub(crate) trait Database: Send + Sync {
    /// Opens a session, which may write.
    fn session(&self) -> Result<Box<dyn Session>, StoreError>;

    /// What opens sessions for a pool.
    fn connect(&self) -> Arc<dyn Connect>;

    /// Whether this process is the only one that writes.
    fn single_process(&self) -> bool;

    /// Brings the database to the schema of this program.
    ///
    /// # Errors
    /// [`StoreError::TooNew`] if it has a later one.
    fn migrate(&self) -> Result<(), StoreError>;

    /// Bytes that the database takes on disk.
    fn size(&self) -> Result<u64, StoreError>;
}

/// The first row of an answer, if there is one.
pub(crate) fn one<T>(
    session: &mut dyn Session,
    sql: &str,
    params: &[Value<'_>],
    mut read: impl FnMut(&dyn Row) -> Result<T, StoreError>,
) -> Result<Option<T>, StoreError> {
    let mut found = None;
    session.query(sql, params, &mut |row| {
        if found.is_none() {
            found = Some(read(row)?);
        }
        Ok(())
    })?;
    Ok(found)
}

/// All rows of an answer, for answers that are bounded by their statement.
pub(crate) fn all<T>(
    session: &mut dyn Session,
    sql: &str,
    params: &[Value<'_>],
    mut read: impl FnMut(&dyn Row) -> Result<T, StoreError>,
) -> Result<Vec<T>, StoreError> {
    let mut found = Vec::new();
    session.query(sql, params, &mut |row| {
        found.push(read(row)?);
        Ok(())
    })?;
    Ok(found)
}
