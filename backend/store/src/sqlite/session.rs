//! A connection to SQLite.

use crate::StoreError;
use crate::coding::block::BlockKey;
use crate::db::{EachBlock, EachRow, Row, Session, Table, Value};
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, Statement, ToSql};
use shared::series::SeriesId;

const READ_BLOCK: &str = "SELECT bytes FROM block WHERE part = $1 AND place = $2";

const WRITE_BLOCK: &str = "INSERT INTO block (part, place, bytes) VALUES ($1, $2, $3)
    ON CONFLICT (place) DO UPDATE SET bytes = excluded.bytes";

pub(super) struct SqliteSession(Connection);

impl SqliteSession {
    pub(super) fn new(db: Connection) -> Self {
        Self(db)
    }

    fn run(&self, sql: &str) -> Result<(), StoreError> {
        self.0.prepare_cached(sql)?.execute([])?;
        Ok(())
    }
}

impl ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match *self {
            Value::Null => ValueRef::Null,
            Value::Int(value) => ValueRef::Integer(value),
            Value::Text(value) => ValueRef::Text(value.as_bytes()),
            Value::Bytes(value) => ValueRef::Blob(value),
        }))
    }
}

impl Row for rusqlite::Row<'_> {
    fn opt_int(&self, column: usize) -> Result<Option<i64>, StoreError> {
        match self.get_ref(column)? {
            ValueRef::Null => Ok(None),
            ValueRef::Integer(value) => Ok(Some(value)),
            _ => Err(unfit(column)),
        }
    }

    fn str(&self, column: usize) -> Result<Option<&str>, StoreError> {
        match self.get_ref(column)? {
            ValueRef::Null => Ok(None),
            ValueRef::Text(text) => std::str::from_utf8(text).map(Some).map_err(|_| unfit(column)),
            _ => Err(unfit(column)),
        }
    }

    fn slice(&self, column: usize) -> Result<Option<&[u8]>, StoreError> {
        match self.get_ref(column)? {
            ValueRef::Null => Ok(None),
            ValueRef::Blob(bytes) => Ok(Some(bytes)),
            _ => Err(unfit(column)),
        }
    }
}

fn unfit(column: usize) -> StoreError {
    StoreError::corrupt(format!("the type of column {column} of a row"))
}

/// Binds values in order: `$n` is the n-th parameter, because a statement names them in ascending order first.
fn bind(statement: &mut Statement<'_>, params: &[Value<'_>]) -> Result<(), StoreError> {
    let wanted = statement.parameter_count();
    if wanted != params.len() {
        return Err(rusqlite::Error::InvalidParameterCount(params.len(), wanted).into());
    }
    for (at, value) in params.iter().enumerate() {
        statement.raw_bind_parameter(at + 1, value)?;
    }
    Ok(())
}

impl Session for SqliteSession {
    fn execute(&mut self, sql: &str, params: &[Value<'_>]) -> Result<u64, StoreError> {
        let mut statement = self.0.prepare_cached(sql)?;
        bind(&mut statement, params)?;
        Ok(statement.raw_execute()? as u64)
    }

    fn query(&mut self, sql: &str, params: &[Value<'_>], each: EachRow<'_>) -> Result<(), StoreError> {
        let mut statement = self.0.prepare_cached(sql)?;
        bind(&mut statement, params)?;
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next()? {
            each(row)?;
        }
        Ok(())
    }

    fn insert(&mut self, into: &Table, values: &[Value<'_>]) -> Result<u64, StoreError> {
        let marks: Vec<String> = (1..=into.written().count()).map(|at| format!("${at}")).collect();
        let sql = format!("{} VALUES ({}){}", into.head(), marks.join(", "), into.tail());
        let mut statement = self.0.prepare_cached(&sql)?;
        let mut written = 0;
        let mut bound = Vec::new();
        for row in values.chunks(into.columns.len()) {
            bound.clear();
            bound.extend_from_slice(row);
            bound.extend(into.sums_of(row).into_iter().flatten().map(Value::Int));
            bind(&mut statement, &bound)?;
            written += statement.raw_execute()? as u64;
        }
        Ok(written)
    }

    fn begin(&mut self, write: bool) -> Result<(), StoreError> {
        if write {
            return self.run("BEGIN IMMEDIATE");
        }
        // The moment is that of the first reading.
        self.run("BEGIN DEFERRED")
    }

    fn commit(&mut self) -> Result<(), StoreError> {
        self.run("COMMIT")
    }

    fn rollback(&mut self) -> Result<(), StoreError> {
        // Some failures, such as a full disk, end the transaction by themselves.
        if self.0.is_autocommit() { Ok(()) } else { self.run("ROLLBACK") }
    }

    fn blocks(
        &mut self,
        part_of: &dyn Fn(SeriesId) -> i64,
        keys: &[BlockKey],
        each: EachBlock<'_>,
    ) -> Result<(), StoreError> {
        let mut statement = self.0.prepare_cached(READ_BLOCK)?;
        let mut read = |at: usize, key: &BlockKey| {
            statement.raw_bind_parameter(1, part_of(key.series))?;
            statement.raw_bind_parameter(2, key.place())?;
            let mut rows = statement.raw_query();
            match rows.next()? {
                Some(row) => each(at, row.slice(0)?.unwrap_or_default()),
                None => Ok(()),
            }
        };
        if keys.is_sorted() {
            return keys.iter().enumerate().try_for_each(|(at, key)| read(at, key));
        }
        // In the order of the tree, each of its pages is read once.
        let mut order: Vec<(usize, &BlockKey)> = keys.iter().enumerate().collect();
        order.sort_unstable_by_key(|(_, key)| **key);
        order.into_iter().try_for_each(|(at, key)| read(at, key))
    }

    fn put_blocks(&mut self, rows: &[(i64, BlockKey, Vec<u8>)]) -> Result<(), StoreError> {
        let mut statement = self.0.prepare_cached(WRITE_BLOCK)?;
        for (part, key, bytes) in rows {
            bind(&mut statement, &[Value::Int(*part), Value::Int(key.place()), Value::Bytes(bytes)])?;
            statement.raw_execute()?;
        }
        Ok(())
    }

    fn checkpoint(&mut self) -> Result<(), StoreError> {
        self.query("PRAGMA wal_checkpoint(PASSIVE)", &[], &mut |_| Ok(()))
    }

    fn broken(&self) -> bool {
        false
    }
}
