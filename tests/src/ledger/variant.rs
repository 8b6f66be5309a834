//! Ways to keep the same ledger, all of which must give the same answers.

use crate::place::Folder;
use crate::postgres::Cluster;
use backend_audit::{Options, audit};
use backend_store::{Raw, Settings, Store, StoreError};
use std::cell::RefCell;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::{Duration, Instant};

/// How long a file may be held by a child that is being started.
const FREE_WITHIN: Duration = Duration::from_secs(60);

/// Which database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base {
    /// A file of its own.
    Sqlite,
    /// A database of its own.
    Postgres,
}

/// When what has gathered in memory goes into blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Folding {
    /// Never within a test.
    Never,
    /// After each document, before the next.
    EachStep,
    /// In the background, as soon as this many changes wait.
    At(usize),
}

/// A way to keep a ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Variant {
    /// Which database.
    pub base: Base,
    /// Parts of the ledger.
    pub parts: u32,
    /// When it folds.
    pub folding: Folding,
    /// Whether it is closed and opened again after each document.
    pub reopened: bool,
}

impl Variant {
    /// The plainest one on a database.
    pub const fn plain(base: Base) -> Self {
        Self { base, parts: 1, folding: Folding::Never, reopened: false }
    }

    /// Those in which every scenario is played.
    pub fn all() -> Vec<Self> {
        let mut all = Vec::new();
        for base in [Base::Sqlite, Base::Postgres] {
            let plain = Self::plain(base);
            all.extend([
                plain,
                Self { folding: Folding::EachStep, ..plain },
                Self { folding: Folding::At(1), ..plain },
                Self { parts: 16, ..plain },
                Self { parts: 16, folding: Folding::At(7), ..plain },
                Self { reopened: true, ..plain },
                Self { reopened: true, parts: 16, folding: Folding::EachStep, ..plain },
            ]);
        }
        all
    }

    /// The settings of its store.
    pub fn settings(self) -> Settings {
        let fold_at = match self.folding {
            Folding::At(changes) => changes,
            Folding::Never | Folding::EachStep => usize::MAX,
        };
        Settings { fold_at, parts: self.parts }
    }
}

impl fmt::Display for Variant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { base, parts, folding, reopened } = self;
        write!(f, "{base:?}, {parts} parts, folded {folding:?}, reopened: {reopened}")
    }
}

/// Where the ledger of a test is kept: made empty, gone with the test.
pub enum Home {
    /// A folder.
    Sqlite(Folder),
    /// A database of a private server, which must not stop before.
    Postgres(String, Arc<Cluster>),
}

impl Home {
    /// A new one.
    pub fn new(base: Base) -> Self {
        match base {
            Base::Sqlite => Self::Sqlite(Folder::new("ledger")),
            Base::Postgres => {
                let cluster = cluster();
                Self::Postgres(cluster.database("ledger"), cluster)
            }
        }
    }

    /// Reads the ledger a second time, by the auditor that shares nothing with the engine; nobody has it open. Fails if
    /// anything is found.
    pub fn audit(&self, place: &str) {
        let raw = match self {
            Self::Sqlite(folder) => when_free(|| Raw::open(&folder.path().join("ledger.sqlite"))),
            Self::Postgres(url, _) => Raw::postgres(url),
        };
        let mut raw = raw.unwrap_or_else(|error| panic!("{place}: {error:?}"));
        clean(&mut raw, place);
    }

    /// Opens the store there.
    ///
    /// # Errors
    /// What the store says.
    pub fn open(&self, settings: Settings) -> Result<Store, StoreError> {
        match self {
            Self::Sqlite(folder) => when_free(|| Store::open_with(&folder.path().join("ledger.sqlite"), settings)),
            Self::Postgres(url, _) => Store::postgres(url, settings),
        }
    }
}

/// Opens a file that this process has just closed: a child that another test is starting at that moment holds its lock
/// too, until it has become the program that it is to be.
///
/// # Errors
/// What the opening says, once the file is free.
pub fn when_free<T>(open: impl Fn() -> Result<T, StoreError>) -> Result<T, StoreError> {
    let begin = Instant::now();
    loop {
        match open() {
            Err(StoreError::InUse) if begin.elapsed() < FREE_WITHIN => std::thread::sleep(Duration::from_millis(1)),
            outcome => return outcome,
        }
    }
}

/// Fails if the auditor finds anything.
pub fn clean(raw: &mut Raw, place: &str) {
    let report = audit(raw, Options::default()).unwrap_or_else(|error| panic!("{place}: {error:?}"));
    let found: Vec<String> = report.mismatches.iter().map(ToString::to_string).collect();
    assert!(report.is_clean(), "{place}: the audit finds:\n{}", found.join("\n"));
}

/// The server of all ledgers of this program, held by each thread that has used it until its end. Thousands of documents
/// are written and nobody cuts the power here, so it does not wait for the disk.
fn cluster() -> Arc<Cluster> {
    static SHARED: Mutex<Weak<Cluster>> = Mutex::new(Weak::new());
    thread_local! {
        static HELD: RefCell<Option<Arc<Cluster>>> = const { RefCell::new(None) };
    }
    let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
    let cluster = shared.upgrade().unwrap_or_else(|| {
        let cluster = Arc::new(Cluster::start_with(&["fsync = off", "full_page_writes = off"]));
        *shared = Arc::downgrade(&cluster);
        cluster
    });
    HELD.set(Some(Arc::clone(&cluster)));
    cluster
}
