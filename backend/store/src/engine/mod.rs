//! The engine of the book: a log of applied documents, blocks that are folds of it up to a point, and what lies between
//! the two in memory (docs/internals/ledger.md).
//!
//! One thread writes: it decides documents in groups and commits each group at once. Nothing is acknowledged before the
//! commit, and nothing is seen by a reader before it either. Another thread folds what has gathered into blocks.

mod blocks;
mod book;
mod contents;
mod expiry;
mod fold;
mod follow;
mod foresee;
mod group;
pub(crate) mod log;
mod many;
mod pending;
mod series;
mod submit;
mod view;
mod writer;

pub(crate) use book::{changes_contents, gtin_key};
pub(crate) use contents::{Change, Contents};
pub(crate) use log::{Parts, effects, head, heads};
pub(crate) use submit::Sent;
pub(crate) use view::View;
pub(crate) use writer::Writer;

use crate::StoreError;
use crate::coding::block::BlockKey;
use crate::db::{Database, Pool, Session};
use crate::tables;
use expiry::Expiry;
use pending::Pending;
use series::SeriesCache;
use shared::state::DocumentNo;
use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

/// How the engine goes about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Changes that gather in memory before they are folded into blocks, of 24 bytes each.
    pub fold_at: usize,
    /// Parts of a new ledger (1 to 64); an existing one keeps its own.
    pub parts: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self { fold_at: 2_000_000, parts: 1 }
    }
}

/// Bytes of memory for which one change may wait. A change takes 24, its list as much again while it grows, and another
/// generation gathers while one is folded: a tenth of the memory at the most.
const MEMORY_EACH: u64 = 1024;

/// Bounds of what follows from the memory: what any machine bears, and a day of a country.
const LEAST: u64 = 1_000_000;
const MOST: u64 = 50_000_000;

impl Settings {
    /// Those of a machine with so many bytes of memory. A fold rewrites every block that was touched, and what is sold touches
    /// nearly all that is on the shelves: the more gathers, the fewer bytes are written for each change
    /// (docs/internals/ledger.md, Gathering).
    pub fn of_memory(bytes: u64) -> Self {
        // At most 50 million.
        Self { fold_at: (bytes / MEMORY_EACH).clamp(LEAST, MOST) as usize, ..Self::default() }
    }
}

/// What readers and the writer share.
pub(crate) struct Engine {
    pub(crate) database: Box<dyn Database>,
    pub(crate) pool: Pool,
    pub(crate) parts: Parts,
    pub(crate) settings: Settings,
    pub(crate) pending: Pending,
    pub(crate) series: SeriesCache,
    pub(crate) expiry: Expiry,
    /// The last receipt of every register.
    senders: RwLock<HashMap<u64, (u64, DocumentNo)>>,
    /// How far the log has been read: the number of the next document, and the floor of the blocks.
    position: Mutex<Position>,
    /// Held by everyone who reads.
    reading: Mutex<Arc<()>>,
    /// The last document of the generation that was frozen last: stored blocks hold none after it.
    frozen: AtomicU64,
    /// How often blocks were written.
    folds: AtomicU64,
    /// Stored blocks that were found damaged and are to be made anew.
    damaged: Mutex<BTreeSet<BlockKey>>,
}

/// How far the log has been read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Position {
    /// The next document.
    next: DocumentNo,
    /// All documents up to this one are folded.
    floor: DocumentNo,
}

impl Engine {
    /// Opens the ledger of a database that has its schema, and reads what has not been folded.
    pub(crate) fn open(database: Box<dyn Database>, settings: Settings) -> Result<Self, StoreError> {
        let mut session = database.session()?;
        let parts = parts_of(&mut *session, settings)?;
        let floor = floor_of(&mut *session)?;
        let pool = Pool::new(&*database)?;
        let engine = Self {
            database,
            pool,
            parts,
            settings,
            pending: Pending::new(),
            series: SeriesCache::default(),
            expiry: Expiry::default(),
            senders: RwLock::default(),
            position: Mutex::new(Position { next: DocumentNo(floor.0 + 1), floor }),
            reading: Mutex::default(),
            frozen: AtomicU64::new(floor.0),
            folds: AtomicU64::new(0),
            damaged: Mutex::default(),
        };
        engine.load_senders(&mut *session)?;
        engine.follow(&mut *session)?;
        Ok(engine)
    }

    /// Reads in one snapshot, as of a moment not before the call.
    pub(crate) fn read<T, E: From<StoreError>>(
        &self,
        query: impl FnOnce(&mut View<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let _reading = self.reading();
        self.pool.read(|session| {
            let until = if self.database.single_process() { self.moment(session)? } else { self.follow(session)? };
            query(&mut View { engine: self, session, until })
        })
    }

    /// The same for what nothing changes but documents and folds, such as the state of a unit: as long as there was none, a
    /// snapshot from before shows what a new one would.
    pub(crate) fn read_units<T, E: From<StoreError>>(
        &self,
        query: impl FnOnce(&mut View<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        if !self.database.single_process() {
            return self.read(query);
        }
        // Before it is looked whether there was a fold: one that comes after waits for who reads.
        let reading = self.reading();
        let of = (self.folds.load(Ordering::SeqCst), self.next().0);
        self.read_kept(of, &reading, query)
    }

    /// Reads in a snapshot that is kept for the next who reads of the same. `_reading` was taken before it was found out what that
    /// is: a fold that came between is then not forgotten while its blocks of before may be read.
    fn read_kept<T, E: From<StoreError>>(
        &self,
        of: (u64, u64),
        _reading: &Arc<()>,
        query: impl FnOnce(&mut View<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let begin = |session: &mut dyn Session| Ok(self.moment(session)?.0);
        self.pool
            .read_kept(of, begin, |session, until| query(&mut View { engine: self, session, until: DocumentNo(until) }))
    }

    /// Held by who reads to the end: what was folded stays in memory until everyone has gone who may have the blocks of
    /// before.
    fn reading(&self) -> Arc<()> {
        Arc::clone(&self.reading.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes the snapshot of a session that has begun to read. Gives the number after the last document that it surely
    /// holds; its blocks hold none from there on, or a document would be seen where it is folded and not where it waits.
    fn moment(&self, session: &mut dyn Session) -> Result<DocumentNo, StoreError> {
        loop {
            let until = self.next();
            tables::meta::glance(session)?;
            if self.frozen.load(Ordering::SeqCst) < until.0 {
                return Ok(until);
            }
            session.rollback()?;
            session.begin(false)?;
        }
    }

    /// Waits until nobody reads who began before this call.
    fn await_readers(&self) {
        let before = std::mem::take(&mut *self.reading.lock().unwrap_or_else(PoisonError::into_inner));
        while Arc::strong_count(&before) > 1 {
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
    }
}

/// The number of parts, written down when the ledger is made.
pub(crate) fn parts_of(session: &mut dyn Session, settings: Settings) -> Result<Parts, StoreError> {
    if let Some(parts) = tables::meta::get(session, "parts")? {
        let parts = parts.parse().ok().filter(|parts| (1..=Parts::MOST).contains(parts));
        return parts.map(Parts).ok_or_else(|| StoreError::corrupt("the number of parts"));
    }
    let parts = settings.parts.clamp(1, Parts::MOST);
    tables::meta::put(session, "parts", &parts.to_string())?;
    Ok(Parts(parts))
}

fn floor_of(session: &mut dyn Session) -> Result<DocumentNo, StoreError> {
    let floor = tables::meta::get(session, "floor")?.map(|floor| floor.parse());
    floor.transpose().map(|floor| DocumentNo(floor.unwrap_or(0))).map_err(|_| StoreError::corrupt("the floor"))
}
