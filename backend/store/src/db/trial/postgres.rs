//! What only PostgreSQL can be tried for, and the ways in for tests that have a server.

use super::super::{Database, Value, all, one};
use crate::StoreError;
use crate::postgres::{MIGRATIONS, Postgres, READ_BLOCKS};

/// How many steps lead to the schema of this program.
pub const STEPS: usize = MIGRATIONS.len();

/// Brings the database to a step.
///
/// # Errors
/// [`StoreError`].
pub fn migrate(url: &str, to: usize) -> Result<(), StoreError> {
    crate::postgres::migrate(&mut *Postgres::connect(url)?.session()?, to)
}

/// Brings the database to the schema of this program, and distributes it if it can be.
///
/// # Errors
/// [`StoreError`].
pub fn migrate_fully(url: &str) -> Result<(), StoreError> {
    Postgres::connect(url)?.migrate()
}

/// Distributes the tables as if Citus were there.
///
/// # Errors
/// [`StoreError`].
pub fn distribute(url: &str) -> Result<(), StoreError> {
    crate::postgres::distribute(&mut *Postgres::connect(url)?.session()?)
}

/// Runs statements and gives the texts of the last's first column.
///
/// # Errors
/// [`StoreError`].
pub fn ask(url: &str, statements: &[&str]) -> Result<Vec<String>, StoreError> {
    let mut session = Postgres::connect(url)?.session()?;
    let mut answer = Vec::new();
    for statement in statements {
        answer = all(&mut *session, statement, &[], |row| row.text(0))?;
    }
    Ok(answer)
}

/// Everything that every driver must do.
pub fn driver(url: &str) {
    let database = Postgres::connect(url).unwrap();
    database.migrate().unwrap();
    super::all(&database);
    assert!(!database.single_process());
    assert!(database.size().unwrap() > 1_000_000);
}

/// A connection that breaks between two transactions is opened again; within one, the loss is named, and what was not
/// committed is not there.
pub fn broken_connections(url: &str) {
    let database = Postgres::connect(url).unwrap();
    database.migrate().unwrap();
    let mut session = database.session().unwrap();
    let break_it = |pid: i64| {
        let mut other = database.session().unwrap();
        let sql = "SELECT 1 FROM pg_terminate_backend(($1::bigint)::integer, 10000)";
        other.query(sql, &[Value::Int(pid)], &mut |_| Ok(())).unwrap();
    };
    fn pid(session: &mut dyn super::Session) -> i64 {
        one(session, "SELECT pg_backend_pid()", &[], |row| row.int(0)).unwrap().unwrap()
    }
    let first = pid(&mut *session);
    break_it(first);
    session.begin(true).unwrap();
    super::put(&mut *session, "a", "1");
    session.commit().unwrap();
    let second = pid(&mut *session);
    assert_ne!(first, second);

    session.begin(true).unwrap();
    super::put(&mut *session, "a", "2");
    break_it(second);
    let lost = session.execute("DELETE FROM meta", &[]);
    assert!(matches!(lost, Err(StoreError::Unreachable(_))), "{lost:?}");
    let ended = session.commit();
    assert!(matches!(ended, Err(StoreError::NotCommitted(_))), "{ended:?}");
    session.begin(false).unwrap();
    assert_eq!(super::get(&mut *session, "a").as_deref(), Some("1"));
    session.rollback().unwrap();

    let third = pid(&mut *session);
    session.begin(true).unwrap();
    super::put(&mut *session, "a", "3");
    break_it(third);
    let unknown = session.commit();
    assert!(matches!(unknown, Err(StoreError::Unreachable(_))), "{unknown:?}");
    // Prepared again on the new connection.
    assert_eq!(super::get(&mut *session, "a").as_deref(), Some("1"));
}

/// `COMMIT` after a failed statement rolls back without an error; the session says so.
pub fn failed_transactions_are_not_committed(url: &str) {
    let database = Postgres::connect(url).unwrap();
    database.migrate().unwrap();
    let mut session = database.session().unwrap();
    session.begin(true).unwrap();
    super::put(&mut *session, "a", "1");
    assert!(session.execute("SELECT 1 / 0", &[]).is_err());
    let ended = session.commit();
    assert!(matches!(ended, Err(StoreError::NotCommitted(_))), "{ended:?}");
    assert_eq!(super::get(&mut *session, "a"), None);
}

/// Whoever is not there, or refuses, is told apart.
pub fn refusals_of_a_server(url: &str) {
    let nowhere = Postgres::connect("postgresql://tanba@127.0.0.1:1/none").err();
    assert!(matches!(nowhere, Some(StoreError::Unreachable(_))), "{nowhere:?}");
    let refused = Postgres::connect(&url.replace("dbname=", "dbname=no_")).err();
    assert!(matches!(refused, Some(StoreError::Database(_))), "{refused:?}");
    let unreadable = Postgres::connect("postgresql://[").err();
    assert!(matches!(unreadable, Some(StoreError::Database(_))), "{unreadable:?}");
}

/// Waits of a statement that takes too long, of a lock, of a deadlock end by themselves, the latter two as conflicts.
pub fn deadlocks_are_conflicts(url: &str) {
    let database = Postgres::connect(url).unwrap();
    database.migrate().unwrap();
    let mut session = database.session().unwrap();
    super::put(&mut *session, "a", "0");
    super::put(&mut *session, "b", "0");
    let barrier = std::sync::Barrier::new(2);
    let change = |names: [&str; 2]| -> Result<(), StoreError> {
        let mut session = database.session()?;
        let sql = "UPDATE meta SET value = '1' WHERE name = $1";
        session.begin(true)?;
        session.execute(sql, &[Value::Text(names[0])])?;
        barrier.wait();
        session.execute(sql, &[Value::Text(names[1])])?;
        session.commit()
    };
    let results = std::thread::scope(|scope| {
        let other = scope.spawn(|| change(["b", "a"]));
        [change(["a", "b"]), other.join().unwrap()]
    });
    assert!(results.iter().any(|result| matches!(result, Err(StoreError::Conflict))), "{results:?}");
    assert!(results.iter().all(|result| matches!(result, Ok(()) | Err(StoreError::Conflict))), "{results:?}");
}

/// Blocks are looked up by key, each by itself, in a table of which the planner knows nothing yet.
pub fn blocks_are_read_by_key(url: &str) {
    let database = Postgres::connect(url).unwrap();
    database.migrate().unwrap();
    let mut session = database.session().unwrap();
    session.execute("ALTER TABLE block SET (autovacuum_enabled = false)", &[]).unwrap();
    let fill = "INSERT INTO block SELECT 0, n, '\\x00' FROM generate_series(0, 99999) n";
    assert_eq!(session.execute(fill, &[]).unwrap(), 100_000);
    let keys = format!("'{{{}}}'", vec!["5"; 1000].join(","));
    let statement = READ_BLOCKS.replace("$1", "0").replace("$2", &keys);
    let plan = all(&mut *session, &format!("EXPLAIN {statement}"), &[], |row| row.text(0)).unwrap().join("\n");
    for part in ["Nested Loop", "Index Scan using block_by_place_pkey", "(place = k.place)"] {
        assert!(plan.contains(part), "{plan}");
    }
}

/// Steps 41 to 45 give blocks another key.
pub fn blocks_from_before_places_are_found_by_theirs(url: &str) {
    migrate(url, 40).unwrap();
    let mut session = Postgres::connect(url).unwrap().session().unwrap();
    let sql = "INSERT INTO block (part, series, block, bytes) VALUES ($1, $2, $3, $4)";
    for (n, (part, key)) in super::places::BEFORE.into_iter().enumerate() {
        let bytes = [n as u8];
        let (series, block) = (i64::from(key.series.0), i64::from(key.block));
        session.execute(sql, &[part.into(), series.into(), block.into(), Value::Bytes(&bytes)]).unwrap();
    }
    drop(session);
    migrate_fully(url).unwrap();
    super::places::are_found(&mut *Postgres::connect(url).unwrap().session().unwrap());
}
