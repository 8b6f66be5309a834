//! The stored bytes as they lie, for those who check them by themselves: nothing is decoded, nothing decided, nothing
//! written. Every answer is of one moment, and is given in pages, so that a ledger of any size is read with little memory.

use crate::db::{Database, Row, Session, Value, all, one};
use crate::{StoreError, postgres, sqlite};
use std::path::Path;

/// Rows of a page of the answer: bytes of pages and blocks are a few megabytes together.
const ROWS: i64 = 128;

/// Rows of small tables in a page of the answer.
const SMALL_ROWS: i64 = 8192;

/// A ledger, open for reading.
pub struct Raw {
    // Given up before the database.
    session: Box<dyn Session>,
    _database: Box<dyn Database>,
}

/// A series as its row has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawSeries {
    /// Its number.
    pub id: i64,
    /// Its kind, as it is spelled.
    pub kind: String,
    /// A GTIN, or the first ten digits of SSCCs.
    pub key: i64,
    /// Its participant.
    pub owner: i64,
    /// Numbers that exist.
    pub issued: i64,
}

/// An order as its row has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RawOrder {
    /// Its document.
    pub document: i64,
    /// The series.
    pub series: i64,
    /// First number.
    pub first: i64,
    /// How many.
    pub count: i64,
}

/// A shipment as its row has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawShipment {
    /// Its document.
    pub document: i64,
    /// Who sends.
    pub sender: i64,
    /// Who receives.
    pub receiver: i64,
    /// When, in milliseconds.
    pub at: i64,
    /// How it stands, as it is spelled.
    pub state: String,
    /// The document that ended it.
    pub answer: Option<i64>,
}

/// A page of heads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawHeads {
    /// Its part.
    pub part: i64,
    /// First document.
    pub first_document: i64,
    /// How many documents.
    pub count: i64,
    /// As stored.
    pub bytes: Vec<u8>,
}

/// A page of effects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawEffects {
    /// Its part.
    pub part: i64,
    /// First document of the commit.
    pub first_document: i64,
    /// As stored.
    pub bytes: Vec<u8>,
}

/// A block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawBlock {
    /// Its part.
    pub part: i64,
    /// Its place.
    pub place: i64,
    /// As stored.
    pub bytes: Vec<u8>,
}

/// How many rows there are, in whatever part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RawCounts {
    /// Pages of heads.
    pub heads: u64,
    /// Pages of effects.
    pub effects: u64,
    /// Blocks.
    pub blocks: u64,
    /// Serials that are not computed.
    pub serials: u64,
}

impl Raw {
    /// Opens the SQLite ledger at `path`, which must be there. No other process may have it.
    ///
    /// # Errors
    /// [`StoreError`] as of [`crate::Store::open`].
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        // A reader makes no file.
        std::fs::metadata(path)?;
        Self::start(Box::new(sqlite::Sqlite::open(path)?))
    }

    /// Opens the PostgreSQL ledger at `url`. Others may go on writing it: what they write is not seen.
    ///
    /// # Errors
    /// [`StoreError`] as of [`crate::Store::postgres`].
    pub fn postgres(url: &str) -> Result<Self, StoreError> {
        Self::start(Box::new(postgres::Postgres::connect(url)?))
    }

    fn start(database: Box<dyn Database>) -> Result<Self, StoreError> {
        let mut session = database.session()?;
        session.begin(false)?;
        Ok(Self { session, _database: database })
    }

    /// What holds for the whole ledger, by name.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn meta(&mut self) -> Result<Vec<(String, String)>, StoreError> {
        all(&mut *self.session, "SELECT name, value FROM meta ORDER BY name", &[], |row| {
            Ok((row.text(0)?, row.text(1)?))
        })
    }

    /// How many rows there are.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn counts(&mut self) -> Result<RawCounts, StoreError> {
        let mut count = |table: &str| -> Result<u64, StoreError> {
            let sql = format!("SELECT count(*) FROM {table}");
            let count = one(&mut *self.session, &sql, &[], |row| row.int(0))?;
            Ok(count.and_then(|count| u64::try_from(count).ok()).unwrap_or_default())
        };
        Ok(RawCounts {
            heads: count("head")?,
            effects: count("page")?,
            blocks: count("block")?,
            serials: count("serial")?,
        })
    }

    fn page<T>(
        &mut self,
        sql: &str,
        params: &[Value<'_>],
        read: impl FnMut(&dyn Row) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        all(&mut *self.session, sql, params, read)
    }

    /// The next series after one, in order; none at the end.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn series(&mut self, after: Option<i64>) -> Result<Vec<RawSeries>, StoreError> {
        let sql = "SELECT id, kind, key, owner, issued FROM series WHERE id > $1 ORDER BY id LIMIT $2";
        self.page(sql, &[Value::Int(after.unwrap_or(-1)), Value::Int(SMALL_ROWS)], |row| {
            Ok(RawSeries {
                id: row.int(0)?,
                kind: row.text(1)?,
                key: row.int(2)?,
                owner: row.int(3)?,
                issued: row.int(4)?,
            })
        })
    }

    /// The next orders after a document, in order; none at the end.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn orders(&mut self, after: i64) -> Result<Vec<RawOrder>, StoreError> {
        let sql = "SELECT document, series, first, count FROM orders WHERE document > $1 ORDER BY document LIMIT $2";
        self.page(sql, &[Value::Int(after), Value::Int(SMALL_ROWS)], |row| {
            Ok(RawOrder { document: row.int(0)?, series: row.int(1)?, first: row.int(2)?, count: row.int(3)? })
        })
    }

    /// The next shipments after a document, in order; none at the end.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn shipments(&mut self, after: i64) -> Result<Vec<RawShipment>, StoreError> {
        let sql = "SELECT document, sender, receiver, at, state, answer FROM shipment WHERE document > $1
            ORDER BY document LIMIT $2";
        self.page(sql, &[Value::Int(after), Value::Int(SMALL_ROWS)], |row| {
            Ok(RawShipment {
                document: row.int(0)?,
                sender: row.int(1)?,
                receiver: row.int(2)?,
                at: row.int(3)?,
                state: row.text(4)?,
                answer: row.opt_int(5)?,
            })
        })
    }

    /// How many serials of a series there are.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn serials(&mut self, part: i64, series: i64) -> Result<u64, StoreError> {
        let sql = "SELECT count(*) FROM serial WHERE part = $1 AND series = $2";
        let count = one(&mut *self.session, sql, &[Value::Int(part), Value::Int(series)], |row| row.int(0))?;
        Ok(count.and_then(|count| u64::try_from(count).ok()).unwrap_or_default())
    }

    /// The next pages of heads after a first document, of all parts in one order; none at the end.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn heads(&mut self, after: i64) -> Result<Vec<RawHeads>, StoreError> {
        let sql = "SELECT part, first_document, count, bytes FROM head WHERE first_document > $1
            ORDER BY first_document LIMIT $2";
        self.page(sql, &[Value::Int(after), Value::Int(ROWS)], |row| {
            Ok(RawHeads { part: row.int(0)?, first_document: row.int(1)?, count: row.int(2)?, bytes: row.bytes(3)? })
        })
    }

    /// The next pages of effects of a part after a first document, in order; none at the end.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn effects(&mut self, part: i64, after: i64) -> Result<Vec<RawEffects>, StoreError> {
        let sql = "SELECT first_document, bytes FROM page WHERE part = $1 AND first_document > $2
            ORDER BY first_document LIMIT $3";
        self.page(sql, &[Value::Int(part), Value::Int(after), Value::Int(ROWS)], |row| {
            Ok(RawEffects { part, first_document: row.int(0)?, bytes: row.bytes(1)? })
        })
    }

    /// The next blocks of a part after a place, in order; none at the end.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn blocks(&mut self, part: i64, after: Option<i64>) -> Result<Vec<RawBlock>, StoreError> {
        let sql = "SELECT place, bytes FROM block WHERE part = $1 AND place > $2 ORDER BY place LIMIT $3";
        self.page(sql, &[Value::Int(part), Value::Int(after.unwrap_or(i64::MIN)), Value::Int(ROWS)], |row| {
            Ok(RawBlock { part, place: row.int(0)?, bytes: row.bytes(1)? })
        })
    }

    /// One block.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn block(&mut self, part: i64, place: i64) -> Result<Option<Vec<u8>>, StoreError> {
        let sql = "SELECT bytes FROM block WHERE part = $1 AND place = $2";
        one(&mut *self.session, sql, &[Value::Int(part), Value::Int(place)], |row| row.bytes(0))
    }
}
