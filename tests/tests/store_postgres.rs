//! The driver of PostgreSQL, and the way of its schema from version to version. The suite of `backend-store` runs the
//! same over SQLite.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use backend_store::StoreError;
use backend_store::trial::postgres::{self as trial, STEPS};
use tests::postgres::{Cluster, Database};

#[test]
fn does_what_every_driver_must() {
    trial::driver(&Database::new("driver"));
}

#[test]
fn broken_connections_are_mended_or_named() {
    trial::broken_connections(&Database::new("broken"));
}

#[test]
fn failed_transactions_are_not_committed() {
    trial::failed_transactions_are_not_committed(&Database::new("failed"));
}

#[test]
fn deadlocks_are_conflicts() {
    trial::deadlocks_are_conflicts(&Database::new("deadlock"));
}

#[test]
fn blocks_are_read_by_key() {
    trial::blocks_are_read_by_key(&Database::new("by_key"));
}

#[test]
fn blocks_from_before_places_are_found_by_theirs() {
    trial::blocks_from_before_places_are_found_by_theirs(&Database::new("before_places"));
}

#[test]
fn refusals_of_a_server_are_told_apart() {
    trial::refusals_of_a_server(&Database::new("refusals"));
}

/// Everything that makes two schemas the same: columns, keys and indexes with their definitions, storage.
fn schema(url: &str) -> Vec<String> {
    let sql = "SELECT line::text FROM (
            SELECT format('%s.%s %s %s %s %s %s', table_name, column_name, data_type, is_nullable, column_default,
                collation_name, ordinal_position) AS line
            FROM information_schema.columns WHERE table_schema = 'public'
            UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
            UNION ALL SELECT format('%s %s', conrelid::regclass, pg_get_constraintdef(oid)) FROM pg_constraint
                WHERE connamespace = 'public'::regnamespace
            UNION ALL SELECT format('%s.%s %s', attrelid::regclass, attname, attstorage) FROM pg_attribute
                WHERE attnum > 0 AND attrelid IN (SELECT oid FROM pg_class WHERE relkind = 'r'
                    AND relnamespace = 'public'::regnamespace)
        ) lines ORDER BY line COLLATE \"C\"";
    trial::ask(url, &[sql]).unwrap()
}

#[test]
fn from_every_version_the_way_leads_to_the_same_schema() {
    let cluster = Cluster::shared();
    let fresh = cluster.database("fresh");
    trial::migrate_fully(&fresh).unwrap();
    let expected = schema(&fresh);
    for stop in 0..=STEPS {
        let url = cluster.database("stopped");
        trial::migrate(&url, stop).unwrap();
        let steps = trial::ask(&url, &["SELECT count(*)::text FROM schema_step"]).unwrap();
        assert_eq!(steps, [stop.to_string()]);
        trial::migrate(&url, STEPS).unwrap();
        assert_eq!(schema(&url), expected, "stopped at {stop}");
    }
    // A second time, there is nothing to do.
    trial::migrate_fully(&fresh).unwrap();
    assert_eq!(schema(&fresh), expected);
}

#[test]
fn processes_that_migrate_at_once_do_it_once() {
    let url = Database::new("at_once");
    std::thread::scope(|scope| {
        let all: Vec<_> = (0..4).map(|_| scope.spawn(|| trial::migrate_fully(&url))).collect();
        for one in all {
            one.join().unwrap().unwrap();
        }
    });
    let steps = trial::ask(&url, &["SELECT count(*)::text FROM schema_step"]).unwrap();
    assert_eq!(steps, [STEPS.to_string()]);
}

#[test]
fn a_later_schema_is_left_alone() {
    let url = Database::new("later");
    trial::migrate_fully(&url).unwrap();
    trial::ask(&url, &["INSERT INTO schema_step (step, name) VALUES (999, 'later')"]).unwrap();
    let expected = schema(&url);
    let refused = trial::migrate_fully(&url);
    assert!(matches!(refused, Err(StoreError::TooNew { found: 999, known: STEPS })), "{refused:?}");
    assert_eq!(schema(&url), expected);
}

/// Every column has a privacy word, and every word a column (DESIGN §7, 5); by the same file, the tables have the columns
/// of those of SQLite.
#[test]
fn columns_are_those_of_sqlite_with_their_privacy_words() {
    let url = Database::new("columns");
    trial::migrate_fully(&url).unwrap();
    let sql = "SELECT table_name || '.' || column_name FROM information_schema.columns
        WHERE table_schema = 'public' AND table_name <> 'schema_step' ORDER BY 1";
    let mut columns = trial::ask(&url, &[sql]).unwrap();
    columns.sort();
    let file = include_str!("../../backend/store/privacy.toml");
    let mut table = "";
    let mut words = Vec::new();
    for line in file.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        match line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            Some(name) => table = name,
            None => words.push(format!("{table}.{}", line.split(' ').next().unwrap_or_default())),
        }
    }
    words.sort();
    assert_eq!(columns, words);
}

/// Not Citus itself, which Debian does not have: functions of its names write down what they are asked, and refuse what
/// Citus refuses of keys.
#[test]
fn every_table_is_asked_of_citus_once() {
    let url = Database::new("citus");
    trial::migrate_fully(&url).unwrap();
    let recorder = [
        "CREATE TABLE pg_dist_partition (logicalrelid regclass PRIMARY KEY, call text NOT NULL, at serial)",
        "CREATE FUNCTION create_distributed_table(relation text, distribution text, colocate_with text,
            shard_count integer DEFAULT NULL) RETURNS void LANGUAGE plpgsql AS $$
        BEGIN
            IF EXISTS (SELECT 1 FROM pg_index WHERE indrelid = relation::regclass AND indisunique
                AND NOT (SELECT attnum FROM pg_attribute WHERE attrelid = relation::regclass AND attname = distribution)
                    = ANY (indkey::smallint[])) THEN
                RAISE 'a unique key of % is without the distribution column', relation;
            END IF;
            INSERT INTO pg_dist_partition (logicalrelid, call) VALUES (relation::regclass,
                format('%s by %s beside %s in %s', relation, distribution, colocate_with, shard_count));
        END $$",
        "CREATE FUNCTION create_reference_table(relation text) RETURNS void LANGUAGE sql AS $$
            INSERT INTO pg_dist_partition (logicalrelid, call) VALUES (relation::regclass, relation || ' everywhere') $$",
    ];
    trial::ask(&url, &recorder).unwrap();
    for _ in 0..2 {
        trial::distribute(&url).unwrap();
        let calls = trial::ask(&url, &["SELECT call FROM pg_dist_partition ORDER BY at"]).unwrap();
        let expected = [
            "block by part beside none in 64",
            "page by part beside block in ",
            "head by part beside block in ",
            "body by part beside block in ",
            "request by part beside block in ",
            "sender by part beside block in ",
            "serial by part beside block in ",
            "meta everywhere",
            "series everywhere",
            "product everywhere",
            "party everywhere",
        ];
        assert_eq!(calls, expected);
    }
}

/// A server that dies takes nothing with it that was acknowledged, and is used again when it is back.
#[test]
fn a_server_that_dies_is_used_again() {
    let cluster = Cluster::start();
    let url = cluster.database("dies");
    trial::migrate_fully(&url).unwrap();
    let written = "INSERT INTO meta (name, value) VALUES ('before', '1')";
    trial::ask(&url, &[written]).unwrap();
    cluster.crash();
    let gone = trial::ask(&url, &["SELECT 1::text"]);
    assert!(matches!(gone, Err(StoreError::Unreachable(_))), "{gone:?}");
    cluster.revive();
    assert_eq!(trial::ask(&url, &["SELECT value FROM meta"]).unwrap(), ["1"]);
}

/// A page of a table that is not what was written is named as damage.
#[test]
fn damage_is_named() {
    use std::io::{Seek as _, SeekFrom, Write as _};
    let cluster = Cluster::start();
    let url = cluster.database("damage");
    trial::migrate_fully(&url).unwrap();
    let fill =
        "INSERT INTO series (id, kind, key, owner, issued) SELECT n, 'own', n, 1, 1 FROM generate_series(1, 5000) n";
    let path = trial::ask(&url, &[fill, "SELECT pg_relation_filepath('series')"]).unwrap();
    cluster.stop();
    let mut file = std::fs::File::options().write(true).open(cluster.data().join(&path[0])).unwrap();
    file.seek(SeekFrom::Start(8192 + 4000)).unwrap();
    file.write_all(b"!").unwrap();
    drop(file);
    cluster.revive();
    let read = trial::ask(&url, &["SELECT sum(issued)::text FROM series"]);
    assert!(matches!(read, Err(StoreError::Damaged { .. })), "{read:?}");
}
