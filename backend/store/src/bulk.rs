//! Writing a whole ledger at once: for restoring one from an export, and for making one to measure.

use crate::coding::block::BlockKey;
use crate::coding::log::{Head, encode_effects, encode_heads};
use crate::db::{Database, Session, Table, Value};
use crate::engine::{Parts, Settings, log};
use crate::{StoreError, postgres, sqlite, tables};
use backend_ledger::Series;
use shared::act::Effect;
use shared::product::Product;
use shared::series::SeriesId;
use shared::state::DocumentNo;
use std::path::Path;

/// Rows written in one transaction.
const BATCH: usize = 4096;

/// Writes the tables of a ledger directly. Nothing is decided and nothing checked: who uses it knows what an engine would
/// have written. The ledger must be empty, and must not be open elsewhere.
pub struct Bulk {
    session: Box<dyn Session>,
    parts: Parts,
    /// Rows since the last commit.
    rows: usize,
    _database: Box<dyn Database>,
}

impl Bulk {
    /// Opens an empty SQLite ledger at `path`.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn open(path: &Path, settings: Settings) -> Result<Self, StoreError> {
        Self::start(Box::new(sqlite::Sqlite::open(path)?), settings)
    }

    /// Opens an empty PostgreSQL ledger at `url`.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn postgres(url: &str, settings: Settings) -> Result<Self, StoreError> {
        Self::start(Box::new(postgres::Postgres::connect(url)?), settings)
    }

    fn start(database: Box<dyn Database>, settings: Settings) -> Result<Self, StoreError> {
        database.migrate()?;
        let mut session = database.session()?;
        let parts = crate::engine::parts_of(&mut *session, settings)?;
        session.begin(true)?;
        Ok(Self { session, parts, rows: 0, _database: database })
    }

    /// Writes to a database whose number of parts is written down only after all else.
    pub(crate) fn over(database: Box<dyn Database>, parts: Parts) -> Result<Self, StoreError> {
        let mut session = database.session()?;
        session.begin(true)?;
        Ok(Self { session, parts, rows: 0, _database: database })
    }

    /// Rows of any table.
    pub(crate) fn rows(&mut self, into: &Table, values: &[Value<'_>]) -> Result<(), StoreError> {
        self.session.insert(into, values)?;
        self.written(values.len() / into.columns.len().max(1))
    }

    /// A setting of the ledger.
    pub(crate) fn meta(&mut self, name: &str, value: &str) -> Result<(), StoreError> {
        tables::meta::put(&mut *self.session, name, value)
    }

    fn written(&mut self, rows: usize) -> Result<(), StoreError> {
        self.rows += rows;
        if self.rows >= BATCH {
            self.rows = 0;
            self.session.commit()?;
            self.session.checkpoint()?;
            self.session.begin(true)?;
        }
        Ok(())
    }

    /// A series, with its card if it has one.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn series(&mut self, id: SeriesId, series: &Series, registered: DocumentNo) -> Result<(), StoreError> {
        tables::series::insert(&mut *self.session, id, series)?;
        if let Some(product) = series.product.as_deref() {
            let product: &Product = product;
            tables::product::insert(&mut *self.session, id, product, registered)?;
        }
        self.written(1)
    }

    /// A page of the log: heads of consecutive documents, and what they did. A head's `parts` is filled in.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn page(&mut self, heads: &mut [Head], effects: Vec<(DocumentNo, Vec<Effect>)>) -> Result<(), StoreError> {
        let Some(first) = heads.first().map(|head| head.document) else { return Ok(()) };
        let mut by_part: std::collections::BTreeMap<i64, Vec<(DocumentNo, Vec<Effect>)>> = Default::default();
        for (document, effects) in effects {
            let mut mask = 0;
            for effect in effects {
                let part = self.parts.of_series(effect.range.series);
                mask |= 1 << part;
                let documents = by_part.entry(part).or_default();
                match documents.last_mut() {
                    Some((last, list)) if *last == document => list.push(effect),
                    _ => documents.push((document, vec![effect])),
                }
            }
            if let Ok(at) = heads.binary_search_by_key(&document, |head| head.document)
                && let Some(head) = heads.get_mut(at)
            {
                head.parts = mask;
            }
        }
        let mut rest = &*heads;
        while let Some(of_page) = rest.first() {
            let end = self.parts.page_end(of_page.document);
            let (page, after) = rest.split_at(rest.partition_point(|head| head.document.0 < end));
            log::put_heads(&mut *self.session, self.parts, of_page.document, page.len(), &encode_heads(page))?;
            rest = after;
        }
        for (part, documents) in by_part {
            log::put_effects(&mut *self.session, part, first, &encode_effects(&documents))?;
        }
        self.written(heads.len().div_ceil(64) + 1)
    }

    /// A body with its public facts.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn body(&mut self, document: DocumentNo, body: &str, facts: Option<&str>) -> Result<(), StoreError> {
        tables::body::insert(&mut *self.session, self.parts.of_document(document), document, Some(body), facts)?;
        self.written(1)
    }

    /// Blocks, encoded; fastest in the order of keys.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn blocks(&mut self, blocks: Vec<(BlockKey, Vec<u8>)>) -> Result<(), StoreError> {
        let rows: Vec<_> =
            blocks.into_iter().map(|(key, bytes)| (self.parts.of_series(key.series), key, bytes)).collect();
        self.session.put_blocks(&rows)?;
        self.written(rows.len())
    }

    /// Ends: everything up to `floor` is folded into the blocks that were written.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn finish(mut self, floor: DocumentNo) -> Result<(), StoreError> {
        tables::meta::put(&mut *self.session, "floor", &floor.0.to_string())?;
        self.session.commit()?;
        self.session.checkpoint()
    }
}
