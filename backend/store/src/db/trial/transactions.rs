//! Transactions.

use super::super::{Database, Pool, Session, Value};
use super::{get, put};
use crate::StoreError;
use crate::tables::meta;
use std::time::Duration;

pub(super) fn a_reader_sees_one_moment(database: &dyn Database) {
    let mut writer = database.session().unwrap();
    put(&mut *writer, "a", "before");
    let pool = Pool::new(database).unwrap();
    let seen = pool.read(|reader| {
        let first = get(reader, "a");
        put(&mut *writer, "a", "after");
        Ok::<_, StoreError>((first, get(reader, "a")))
    });
    assert_eq!(seen.unwrap(), (Some("before".into()), Some("before".into())));
    assert_eq!(pool.read(|reader| Ok::<_, StoreError>(get(reader, "a"))).unwrap().as_deref(), Some("after"));
    // An error of a reader is its own, and the pool goes on.
    let failed = pool.read(|reader| reader.execute("SELEC", &[]));
    assert!(matches!(failed, Err(StoreError::Database(_))), "{failed:?}");
    // So is a panic.
    let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        pool.read(|_| -> Result<(), StoreError> { panic!("a reader panics") })
    }));
    assert!(caught.is_err());
    let threads = 100;
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                let seen = pool.read(|reader| Ok::<_, StoreError>(get(reader, "a"))).unwrap();
                assert_eq!(seen.as_deref(), Some("after"));
            });
        }
    });
    writer.execute("DELETE FROM meta", &[]).unwrap();
}

pub(super) fn a_snapshot_is_kept_for_the_next_reader(database: &dyn Database) {
    let mut writer = database.session().unwrap();
    put(&mut *writer, "a", "before");
    // What a reader is told of the snapshot, and what it finds in it.
    let read = |pool: &Pool, of: u64, known| {
        let begin = |session: &mut dyn Session| {
            get(session, "a");
            Ok(known)
        };
        pool.read_kept((of, 0), begin, |session, known| Ok::<_, StoreError>((known, get(session, "a").unwrap())))
            .unwrap()
    };
    let kept = Pool::keeping(database, Duration::MAX).unwrap();
    assert_eq!(read(&kept, 1, 10), (10, "before".into()));
    put(&mut *writer, "a", "after");
    assert_eq!(read(&kept, 1, 11), (10, "before".into()));
    // One of something else is not what is asked for, and whoever reads in one of his own sees the last commit.
    assert_eq!(read(&kept, 2, 12), (12, "after".into()));
    assert_eq!(kept.read(|reader| Ok::<_, StoreError>(get(reader, "a"))).unwrap().as_deref(), Some("after"));
    // What a reader could not read is not kept, nor what is older than that.
    let failed = kept.read_kept((2, 0), |_| Ok(13), |session, _| session.execute("SELEC", &[]));
    assert!(matches!(failed, Err(StoreError::Database(_))), "{failed:?}");
    put(&mut *writer, "a", "later");
    assert_eq!(read(&kept, 2, 14), (14, "later".into()));
    let never = Pool::keeping(database, Duration::ZERO).unwrap();
    assert_eq!(read(&never, 1, 20), (20, "later".into()));
    put(&mut *writer, "a", "at last");
    assert_eq!(read(&never, 1, 21), (21, "at last".into()));
    writer.execute("DELETE FROM meta", &[]).unwrap();
}

pub(super) fn a_failed_transaction_leaves_nothing(database: &dyn Database) {
    let mut session = database.session().unwrap();
    session.rollback().unwrap();
    session.begin(true).unwrap();
    put(&mut *session, "half", "1");
    assert!(session.execute("INSERT INTO meta (name, value) VALUES ('half', '2')", &[]).is_err());
    session.rollback().unwrap();
    assert_eq!(get(&mut *session, "half"), None);
    // A session that is dropped within a transaction has done nothing.
    session.begin(true).unwrap();
    put(&mut *session, "half", "3");
    drop(session);
    assert_eq!(get(&mut *database.session().unwrap(), "half"), None);
}

fn take(session: &mut dyn Session, first: i64) -> Result<(), StoreError> {
    session.begin(true)?;
    let values = [Value::Int(0), Value::Int(first), Value::Int(1), Value::Bytes(b"head")];
    session.execute("INSERT INTO head (part, first_document, count, bytes) VALUES ($1, $2, $3, $4)", &values)?;
    session.commit()
}

pub(super) fn two_writers_cannot_take_one_page(database: &dyn Database) {
    let mut taken = 0;
    std::thread::scope(|scope| {
        let writers: Vec<_> = (0..8).map(|_| scope.spawn(|| take(&mut *database.session().unwrap(), 1))).collect();
        for writer in writers {
            match writer.join().unwrap() {
                Ok(()) => taken += 1,
                Err(StoreError::Conflict) => {}
                Err(error) => panic!("{error:?}"),
            }
        }
    });
    assert_eq!(taken, 1);
    database.session().unwrap().execute("DELETE FROM head", &[]).unwrap();
}

pub(super) fn no_update_is_lost(database: &dyn Database) {
    let (writers, times) = (4, 25);
    let add = |session: &mut dyn Session| -> Result<(), StoreError> {
        session.begin(true)?;
        let value = meta::get(session, "count")?.unwrap();
        let next = (value.parse::<u64>().unwrap() + 1).to_string();
        let set = [("value", Value::Text(&next))];
        assert!(meta::ROWS.change(session, ("name", Value::Text("count")), &set, |_| Ok(true))?);
        session.commit()
    };
    let mut session = database.session().unwrap();
    put(&mut *session, "count", "0");
    std::thread::scope(|scope| {
        for _ in 0..writers {
            scope.spawn(|| {
                let mut session = database.session().unwrap();
                for _ in 0..times {
                    while let Err(error) = add(&mut *session) {
                        assert!(matches!(error, StoreError::Conflict), "{error:?}");
                        session.rollback().unwrap();
                    }
                }
            });
        }
    });
    assert_eq!(get(&mut *session, "count"), Some((writers * times).to_string()));
    session.execute("DELETE FROM meta", &[]).unwrap();
}
