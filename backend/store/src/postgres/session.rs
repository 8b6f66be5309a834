//! A connection to PostgreSQL, opened again when it breaks between two transactions.

use super::driver::Opener;
use crate::StoreError;
use crate::coding::block::BlockKey;
use crate::db::{Column, EachBlock, EachRow, Kind, OnConflict, Session, Sums, Table, Value, bytes, integer};
use postgres::fallible_iterator::FallibleIterator;
use postgres::types::ToSql;
use postgres::{Client, Statement};
use shared::series::SeriesId;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::time::Duration;

/// Statements kept prepared.
const STATEMENTS: usize = 256;

/// Waits before each try to connect again: the server may be starting.
const RECONNECT: [Duration; 5] = [
    Duration::ZERO,
    Duration::from_millis(100),
    Duration::from_millis(400),
    Duration::from_millis(1000),
    Duration::from_millis(2000),
];

/// Blocks asked for in one statement, rows written by one, and bytes of them.
const KEYS: usize = 1024;
const ROWS: usize = 8192;
const BYTES: usize = 8 << 20;

/// The same part in each statement: with Citus, a shard of one server answers it alone.
pub(crate) const READ_BLOCKS: &str = "SELECT k.n, b.bytes
    FROM unnest($2::bigint[]) WITH ORDINALITY AS k (place, n)
    JOIN block b ON b.part = $1 AND b.place = k.place";

const BLOCKS: Table = Table {
    name: "block",
    columns: &[integer("part"), integer("place"), bytes("bytes")],
    conflict: OnConflict::Replace(&["part", "place"]),
    sums: Sums::None,
};

/// How the transaction stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stand {
    /// There is none.
    None,
    /// It goes on.
    Open,
    /// A statement of it failed: the server ends it, and would answer `COMMIT` without an error.
    Failed,
}

pub(super) struct PostgresSession {
    opener: Arc<Opener>,
    /// Nothing only while it is being dropped or after all tries to connect again failed.
    client: Option<Client>,
    statements: HashMap<String, Statement>,
    stand: Stand,
}

impl PostgresSession {
    pub(super) fn open(opener: Arc<Opener>) -> Result<Self, StoreError> {
        let client = Some(opener.client()?);
        Ok(Self { opener, client, statements: HashMap::new(), stand: Stand::None })
    }

    /// The connection, opened again if it is broken and no transaction is lost by that.
    fn client(&mut self) -> Result<&mut Client, StoreError> {
        if self.broken() {
            if self.stand != Stand::None {
                return Err(StoreError::Unreachable("the connection broke within a transaction".into()));
            }
            self.reconnect()?;
        }
        self.client.as_mut().ok_or(StoreError::Stopped)
    }

    fn reconnect(&mut self) -> Result<(), StoreError> {
        self.statements.clear();
        close(self.client.take());
        let mut last = StoreError::Stopped;
        for wait in RECONNECT {
            std::thread::sleep(wait);
            match self.opener.client() {
                Ok(client) => {
                    self.client = Some(client);
                    return Ok(());
                }
                Err(error @ StoreError::Unreachable(_)) => last = error,
                Err(error) => return Err(error),
            }
        }
        Err(last)
    }

    fn prepared(&mut self, sql: &str) -> Result<Statement, StoreError> {
        // First, because it forgets the statements of a connection that is gone.
        self.client()?;
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement.clone());
        }
        if self.statements.len() >= STATEMENTS {
            self.statements.clear();
        }
        let statement = self.client()?.prepare(sql)?;
        self.statements.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }

    /// Runs something, and notes that it failed.
    fn noting<T>(&mut self, run: impl FnOnce(&mut Self) -> Result<T, StoreError>) -> Result<T, StoreError> {
        run(self).inspect_err(|_| {
            if self.stand == Stand::Open {
                self.stand = Stand::Failed;
            }
        })
    }

    fn command(&mut self, sql: &str) -> Result<(), StoreError> {
        self.noting(|session| Ok(session.client()?.batch_execute(sql)?))
    }
}

/// Closes a connection from any thread. The client waits for its own end, which an asynchronous thread may not do.
fn close(client: Option<Client>) {
    if let Some(client) = client {
        // A thread that cannot be had leaves the connection to the server to clean.
        let _ =
            std::thread::Builder::new().name("store-close".into()).spawn(move || drop(client)).map(|end| end.join());
    }
}

impl Drop for PostgresSession {
    fn drop(&mut self) {
        // Statements end with the connection, without a message each.
        close(self.client.take());
        self.statements.clear();
    }
}

/// Columns of rows, as arrays.
enum Array<'a> {
    Ints(Vec<Option<i64>>),
    Texts(Vec<Option<&'a str>>),
    Bytes(Vec<Option<&'a [u8]>>),
}

impl<'a> Array<'a> {
    /// The column `at` of rows of `width` values.
    fn of(kind: Kind, rows: &[Value<'a>], width: usize, at: usize) -> Result<Self, StoreError> {
        let column = rows.iter().skip(at).step_by(width);
        let unfit = || StoreError::Database("a value of another type than its column".into());
        Ok(match kind {
            Kind::Int => Self::Ints(
                column
                    .map(|value| match value {
                        Value::Int(value) => Ok(Some(*value)),
                        Value::Null => Ok(None),
                        _ => Err(unfit()),
                    })
                    .collect::<Result<_, _>>()?,
            ),
            Kind::Text => Self::Texts(
                column
                    .map(|value| match value {
                        Value::Text(value) => Ok(Some(*value)),
                        Value::Null => Ok(None),
                        _ => Err(unfit()),
                    })
                    .collect::<Result<_, _>>()?,
            ),
            Kind::Bytes => Self::Bytes(
                column
                    .map(|value| match value {
                        Value::Bytes(value) => Ok(Some(*value)),
                        Value::Null => Ok(None),
                        _ => Err(unfit()),
                    })
                    .collect::<Result<_, _>>()?,
            ),
        })
    }

    fn param(&self) -> &(dyn ToSql + Sync) {
        match self {
            Self::Ints(values) => values,
            Self::Texts(values) => values,
            Self::Bytes(values) => values,
        }
    }
}

fn array_type((_, kind): &Column) -> &'static str {
    match kind {
        Kind::Int => "bigint[]",
        Kind::Text => "text[]",
        Kind::Bytes => "bytea[]",
    }
}

/// How many values from the front of `values`, in whole rows, go into one statement.
fn portion(values: &[Value<'_>], width: usize) -> usize {
    let mut bytes = 0;
    let rows = values.chunks(width).take(ROWS).take_while(|row| {
        let before = bytes;
        bytes += row.iter().map(weight).sum::<usize>();
        before < BYTES
    });
    rows.count() * width
}

fn weight(value: &Value<'_>) -> usize {
    match value {
        Value::Null | Value::Int(_) => 8,
        Value::Text(text) => text.len(),
        Value::Bytes(bytes) => bytes.len(),
    }
}

impl Session for PostgresSession {
    fn execute(&mut self, sql: &str, params: &[Value<'_>]) -> Result<u64, StoreError> {
        self.noting(|session| {
            let statement = session.prepared(sql)?;
            let params: Vec<&(dyn ToSql + Sync)> = params.iter().map(|value| value as _).collect();
            Ok(session.client()?.execute(&statement, &params)?)
        })
    }

    fn query(&mut self, sql: &str, params: &[Value<'_>], each: EachRow<'_>) -> Result<(), StoreError> {
        self.noting(|session| {
            let statement = session.prepared(sql)?;
            let mut rows = session.client()?.query_raw(&statement, params.iter())?;
            while let Some(row) = rows.next()? {
                each(&row)?;
            }
            Ok(())
        })
    }

    fn insert(&mut self, into: &Table, values: &[Value<'_>]) -> Result<u64, StoreError> {
        let width = into.columns.len();
        let marks: Vec<String> =
            into.written().zip(1..).map(|(column, at)| format!("${at}::{}", array_type(&column))).collect();
        let sql = format!("{} SELECT * FROM unnest({}){}", into.head(), marks.join(", "), into.tail());
        let mut written = 0;
        let mut rest = values;
        while !rest.is_empty() {
            let (now, later) = rest.split_at(portion(rest, width));
            rest = later;
            let kinds = into.columns.iter().enumerate();
            let mut arrays: Vec<Array<'_>> =
                kinds.map(|(at, (_, kind))| Array::of(*kind, now, width, at)).collect::<Result<_, _>>()?;
            let sums: Vec<[Option<i64>; 2]> = now.chunks(width).map(|row| into.sums_of(row)).collect();
            for (at, _) in into.sum_names().iter().enumerate().filter(|(_, name)| name.is_some()) {
                arrays.push(Array::Ints(sums.iter().map(|sums| sums.get(at).copied().flatten()).collect()));
            }
            written += self.noting(|session| {
                let statement = session.prepared(&sql)?;
                let params: Vec<&(dyn ToSql + Sync)> = arrays.iter().map(Array::param).collect();
                Ok(session.client()?.execute(&statement, &params)?)
            })?;
        }
        Ok(written)
    }

    fn begin(&mut self, write: bool) -> Result<(), StoreError> {
        let sql = if write {
            "BEGIN ISOLATION LEVEL REPEATABLE READ READ WRITE"
        } else {
            "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        };
        // A connection that broke unnoticed says so at its first use, when nothing is lost yet.
        if let Err(StoreError::Unreachable(_)) = self.command(sql) {
            self.reconnect()?;
            self.command(sql)?;
        }
        self.stand = Stand::Open;
        Ok(())
    }

    fn commit(&mut self) -> Result<(), StoreError> {
        if self.stand == Stand::Failed {
            self.rollback()?;
            return Err(StoreError::NotCommitted("a statement of the transaction failed".into()));
        }
        let done = self.command("COMMIT");
        self.stand = Stand::None;
        done
    }

    fn rollback(&mut self) -> Result<(), StoreError> {
        if self.stand == Stand::None {
            return Ok(());
        }
        self.stand = Stand::None;
        // With the connection, the transaction is gone.
        if self.broken() { Ok(()) } else { self.command("ROLLBACK") }
    }

    fn blocks(
        &mut self,
        part_of: &dyn Fn(SeriesId) -> i64,
        keys: &[BlockKey],
        each: EachBlock<'_>,
    ) -> Result<(), StoreError> {
        let mut parts: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
        for (at, key) in keys.iter().enumerate() {
            parts.entry(part_of(key.series)).or_default().push(at);
        }
        for (part, places) in parts {
            for places in places.chunks(KEYS) {
                let wanted: Vec<i64> = places.iter().filter_map(|at| keys.get(*at)).map(|key| key.place()).collect();
                self.noting(|session| {
                    let statement = session.prepared(READ_BLOCKS)?;
                    let params: [&(dyn ToSql + Sync); 2] = [&part, &wanted];
                    let mut rows = session.client()?.query_raw(&statement, params)?;
                    while let Some(row) = rows.next()? {
                        let row: &dyn crate::db::Row = &row;
                        let at = usize::try_from(row.int(0)? - 1).ok().and_then(|at| places.get(at));
                        let at = at.ok_or_else(|| StoreError::corrupt("the place of a block"))?;
                        each(*at, row.slice(1)?.unwrap_or_default())?;
                    }
                    Ok(())
                })?;
            }
        }
        Ok(())
    }

    fn put_blocks(&mut self, rows: &[(i64, BlockKey, Vec<u8>)]) -> Result<(), StoreError> {
        let values: Vec<Value<'_>> = rows
            .iter()
            .flat_map(|(part, key, bytes)| [Value::Int(*part), Value::Int(key.place()), Value::Bytes(bytes)])
            .collect();
        self.insert(&BLOCKS, &values)?;
        Ok(())
    }

    fn checkpoint(&mut self) -> Result<(), StoreError> {
        // The server does that by itself.
        Ok(())
    }

    fn broken(&self) -> bool {
        self.client.as_ref().is_none_or(Client::is_closed)
    }
}
