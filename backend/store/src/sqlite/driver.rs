//! A ledger in one file: one process writes it, and reads it as often as it likes meanwhile (WAL).

use super::migrate::{MIGRATIONS, migrate};
use super::session::SqliteSession;
use crate::StoreError;
use crate::db::{Connect, Database, Session};
use rusqlite::{Connection, OpenFlags};
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// How long a statement waits for another that writes.
const PATIENCE: Duration = Duration::from_secs(10);

/// Bytes of a page of a new file: the least waste, and as fast as any, for blocks of 1 to 15 kB (migrations/README.md).
const PAGE: i64 = 8192;

/// Kibibytes of pages that a session keeps beside those that the system keeps: inner pages of its trees, mostly. What a
/// session keeps it reads anew after each commit of another, and blocks are better kept once, by the system.
const CACHE_KIB: i64 = 8 * 1024;

/// Pages of the log after which a commit moves them into the file, unless somebody else did before: 64 MiB. A fold
/// rewrites a page many times in that span, and each then goes into the file once.
const CHECKPOINT_PAGES: i64 = 8 * 1024;

/// To what the log is cut after it has been larger.
const LOG_LIMIT: i64 = 256 * 1024 * 1024;

/// Prepared statements kept by each session.
const STATEMENTS: usize = 128;

/// Readers at once: each is a thread, and threads that wait for a disk are not worth more.
const READERS: usize = 64;

/// The file, held by this process alone.
pub(crate) struct Sqlite {
    opener: Arc<Opener>,
}

struct Opener {
    path: PathBuf,
    /// Locked as long as anybody may open a session.
    lock: File,
}

impl Drop for Opener {
    fn drop(&mut self) {
        // To close it would do, unless a process that is being started just now holds a copy of its descriptor.
        let _ = self.lock.unlock();
    }
}

impl Sqlite {
    /// Takes hold of the database at `path`, which need not be there yet.
    ///
    /// # Errors
    /// [`StoreError::InUse`] if a process holds it already, this one or another.
    pub(crate) fn open(path: &Path) -> Result<Self, StoreError> {
        let lock = lock(path)?;
        Ok(Self { opener: Arc::new(Opener { path: path.to_owned(), lock }) })
    }
}

/// Locks the file beside the database. SQLite's own locks let another process write between two transactions, and what
/// this one keeps in memory would be of the past.
fn lock(path: &Path) -> Result<File, StoreError> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".lock");
    let file = File::options().create(true).truncate(false).write(true).open(beside)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StoreError::InUse),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

impl Opener {
    fn connection(&self) -> Result<Connection, StoreError> {
        // Each session is used by one thread at a time. A path is a path here, never an address with options.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let db = Connection::open_with_flags(&self.path, flags)?;
        db.busy_timeout(PATIENCE)?;
        // Counts only for a file that is still empty.
        db.pragma_update(None, "page_size", PAGE)?;
        db.pragma_update(None, "journal_mode", "WAL")?;
        // An acknowledged document survives the loss of power: the log is synced at every commit (DESIGN §7, 3).
        db.pragma_update(None, "synchronous", "FULL")?;
        // There are none (migrations/README.md).
        db.pragma_update(None, "foreign_keys", false)?;
        // Tables read past their bounds through a mapped file end the process when the disk fails, instead of an error.
        db.pragma_update(None, "mmap_size", 0)?;
        db.pragma_update(None, "cache_size", -CACHE_KIB)?;
        db.pragma_update(None, "temp_store", "MEMORY")?;
        db.pragma_update(None, "wal_autocheckpoint", CHECKPOINT_PAGES)?;
        db.pragma_update(None, "journal_size_limit", LOG_LIMIT)?;
        // A cell that contradicts its page is damage, found before it is used.
        db.pragma_update(None, "cell_size_check", true)?;
        db.set_prepared_statement_cache_capacity(STATEMENTS);
        Ok(db)
    }
}

impl Connect for Opener {
    fn session(&self) -> Result<Box<dyn Session>, StoreError> {
        Ok(Box::new(SqliteSession::new(self.connection()?)))
    }

    fn readers(&self) -> usize {
        READERS
    }
}

impl Database for Sqlite {
    fn session(&self) -> Result<Box<dyn Session>, StoreError> {
        self.opener.session()
    }

    fn connect(&self) -> Arc<dyn Connect> {
        Arc::clone(&self.opener) as Arc<dyn Connect>
    }

    fn single_process(&self) -> bool {
        true
    }

    fn migrate(&self) -> Result<(), StoreError> {
        migrate(&mut self.opener.connection()?, MIGRATIONS.len())
    }

    fn size(&self) -> Result<u64, StoreError> {
        let of = |ending: &str| {
            let mut path = self.opener.path.as_os_str().to_owned();
            path.push(ending);
            match std::fs::metadata(path) {
                Ok(file) => Ok(file.len()),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(0),
                Err(error) => Err(StoreError::from(error)),
            }
        };
        Ok(of("")? + of("-wal")?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::{Pool, trial};
    use std::io::{Seek as _, SeekFrom, Write as _};

    fn fresh(folder: &tempfile::TempDir) -> Sqlite {
        let database = Sqlite::open(&folder.path().join("ledger.db")).unwrap();
        database.migrate().unwrap();
        database
    }

    #[test]
    fn does_what_every_driver_must() {
        let folder = tempfile::tempdir().unwrap();
        let database = fresh(&folder);
        trial::all(&database);
        assert!(database.single_process());
        assert!(database.size().unwrap() > 100_000);
    }

    #[test]
    fn a_file_has_one_holder() {
        let folder = tempfile::tempdir().unwrap();
        let database = fresh(&folder);
        let connect = database.connect();
        drop(database);
        // A pool that may still open sessions holds the file as well.
        let path = folder.path().join("ledger.db");
        assert!(matches!(Sqlite::open(&path), Err(StoreError::InUse)));
        drop(connect);
        let database = Sqlite::open(&path).unwrap();
        // A copy of the descriptor, such as a process has until it becomes its own program, holds nothing.
        let _copy = database.opener.lock.try_clone().unwrap();
        drop(database);
        assert!(Sqlite::open(&path).is_ok());
    }

    #[test]
    fn a_snapshot_that_is_let_go_holds_nothing_in_the_log() {
        let folder = tempfile::tempdir().unwrap();
        let database = fresh(&folder);
        let mut session = database.session().unwrap();
        session.query("PRAGMA busy_timeout = 0", &[], &mut |_| Ok(())).unwrap();
        let mut is_held = || {
            session.execute("INSERT INTO sequence (first_document) SELECT count(*) FROM sequence", &[]).unwrap();
            let held = crate::db::one(&mut *session, "PRAGMA wal_checkpoint(RESTART)", &[], |row| row.int(0));
            held.unwrap() == Some(1)
        };
        let pool = Pool::keeping(&database, Duration::ZERO).unwrap();
        let look = |session: &mut dyn Session| crate::tables::meta::get(session, "parts");
        assert!(!is_held());
        pool.read_kept((1, 0), |session| look(session).map(|_| 1), |session, _| look(session)).unwrap();
        assert!(is_held());
        pool.let_go();
        assert!(!is_held());
    }

    #[test]
    fn settings_are_those_that_promises_rest_on() {
        let folder = tempfile::tempdir().unwrap();
        let mut session = fresh(&folder).session().unwrap();
        for (pragma, value) in [("page_size", 8192), ("synchronous", 2), ("mmap_size", 0), ("cell_size_check", 1)] {
            let found = crate::db::one(&mut *session, &format!("PRAGMA {pragma}"), &[], |row| row.int(0)).unwrap();
            assert_eq!(found, Some(value), "{pragma}");
        }
        let mode = crate::db::one(&mut *session, "PRAGMA journal_mode", &[], |row| row.text(0)).unwrap();
        assert_eq!(mode.as_deref(), Some("wal"));
    }

    #[test]
    fn a_full_disk_is_named_and_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let mut session = fresh(&folder).session().unwrap();
        session.query("PRAGMA max_page_count = 100", &[], &mut |_| Ok(())).unwrap();
        let sql = "INSERT INTO page (part, first_document, bytes) VALUES (0, $1, $2)";
        let bytes = vec![1; 100_000];
        let mut fill = || {
            for document in 0..10 {
                session.begin(true)?;
                session.execute(sql, &[document.into(), bytes.as_slice().into()])?;
                session.commit()?;
            }
            Ok(())
        };
        let filled: Result<(), StoreError> = fill();
        assert!(matches!(filled, Err(StoreError::DiskFull)), "{filled:?}");
        session.rollback().unwrap();
        // Room again, and it goes on.
        session.query("PRAGMA max_page_count = 1000", &[], &mut |_| Ok(())).unwrap();
        session.begin(true).unwrap();
        session.execute(sql, &[99.into(), bytes.as_slice().into()]).unwrap();
        session.commit().unwrap();
    }

    /// Pages overwritten with nonsense are named as damage, whichever they are.
    #[test]
    fn damage_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let mut session = fresh(&folder).session().unwrap();
        let key = |block| crate::coding::block::BlockKey { series: shared::series::SeriesId(1), block };
        let rows: Vec<_> = (0..200).map(|block| (0, key(block), vec![block as u8; 3000])).collect();
        session.put_blocks(&rows).unwrap();
        drop(session);
        let path = folder.path().join("ledger.db");
        let pages = std::fs::metadata(&path).unwrap().len() / PAGE as u64;
        let good = std::fs::read(&path).unwrap();
        let keys: Vec<_> = (0..200).map(key).collect();
        let mut named = 0;
        for page in 0..pages {
            std::fs::write(&path, &good).unwrap();
            let mut file = File::options().write(true).open(&path).unwrap();
            file.seek(SeekFrom::Start(page * PAGE as u64)).unwrap();
            file.write_all(&[0xa5; PAGE as usize]).unwrap();
            drop(file);
            let read = || {
                let mut session = Sqlite::open(&path)?.session()?;
                let mut found = 0;
                session.blocks(&|_| 0, &keys, &mut |_, _| {
                    found += 1;
                    Ok(())
                })?;
                Ok(found)
            };
            match read() {
                // What lies in an overflowing page is checked by the block's own checksum.
                Ok(found) => assert_eq!(found, 200, "page {page}: blocks are missing and nothing is said"),
                Err(StoreError::Damaged { .. }) => named += 1,
                Err(error) => panic!("page {page}: {error:?}"),
            }
        }
        assert!(named > 10, "{named} of {pages}");
    }

    #[test]
    fn what_is_no_database_is_damage_and_what_is_no_file_cannot_be_used() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger.db");
        std::fs::write(
            &path,
            "This is a text, and longer than the header of a database: one hundred bytes are read of it.",
        )
        .unwrap();
        let text = Sqlite::open(&path).unwrap().migrate();
        assert!(matches!(text, Err(StoreError::Damaged { .. })), "{text:?}");
        let nowhere = Sqlite::open(&folder.path().join("no/ledger.db")).err();
        assert!(matches!(nowhere, Some(StoreError::Io(_))), "{nowhere:?}");
    }
}
