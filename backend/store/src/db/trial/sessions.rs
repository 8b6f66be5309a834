//! Statements and values.

use super::super::{Database, OnConflict, Table, Value, all, one};
use crate::StoreError;
use crate::coding::block::BlockKey;
use crate::tables::request;
use shared::series::SeriesId;
use std::collections::BTreeMap;

pub(super) fn values_come_back(database: &dyn Database) {
    let mut session = database.session().unwrap();
    let insert = "INSERT INTO body (part, document, body, facts) VALUES ($1, $2, $3, $4)";
    for (document, body, facts) in
        [(i64::MAX, Some("қазақша \u{1d} \"'\\"), None), (-1, None, Some("{}")), (0, Some(""), Some("\n\t"))]
    {
        let values = [Value::Int(i64::MIN), Value::Int(document), body.into(), facts.into()];
        assert_eq!(session.execute(insert, &values).unwrap(), 1);
        let select = "SELECT part, document, body, facts FROM body WHERE part = $1 AND document = $2";
        let row = one(&mut *session, select, &values[..2], |row| {
            Ok((row.int(0)?, row.opt_int(1)?, row.opt_text(2)?, row.opt_text(3)?))
        });
        let texts = (body.map(str::to_owned), facts.map(str::to_owned));
        assert_eq!(row.unwrap(), Some((i64::MIN, Some(document), texts.0, texts.1)));
    }
    // A column that must hold something, and one of another type, are damage and no panic.
    let select = "SELECT body, part FROM body WHERE document = $1";
    let read = one(&mut *session, select, &[Value::Int(-1)], |row| row.text(0));
    assert!(matches!(read, Err(StoreError::Damaged { .. })), "{read:?}");
    let read = one(&mut *session, select, &[Value::Int(-1)], |row| row.bytes(1));
    assert!(matches!(read, Err(StoreError::Damaged { .. })), "{read:?}");
    // So is a statement with too few values refused, and one that is no SQL.
    assert!(matches!(session.execute(insert, &[Value::Null]), Err(StoreError::Database(_))));
    assert!(matches!(session.execute("SELEC", &[]), Err(StoreError::Database(_))));

    let bytes: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    let sql = "INSERT INTO page (part, first_document, bytes) VALUES ($1, $2, $3)";
    session.execute(sql, &[Value::Int(1), Value::Int(2), Value::Bytes(&bytes)]).unwrap();
    session.execute(sql, &[Value::Int(1), Value::Int(3), Value::Bytes(&[])]).unwrap();
    let read =
        all(&mut *session, "SELECT bytes FROM page WHERE part = $1 ORDER BY first_document", &[Value::Int(1)], |row| {
            row.bytes(0)
        });
    assert_eq!(read.unwrap(), [bytes, Vec::new()]);
    session.execute("DELETE FROM body", &[]).unwrap();
    session.execute("DELETE FROM page", &[]).unwrap();
}

pub(super) fn rows_are_inserted_by_the_thousand(database: &dyn Database) {
    const KEY: &[&str] = &["part", "party", "key"];
    let into = |conflict| Table { conflict, ..request::ROWS };
    let keys: Vec<String> = (0..20_000).map(|number| format!("ключ-{number}")).collect();
    let rows = |from: usize, to: usize, response: &'static str| -> Vec<Value<'_>> {
        let row = |key| {
            let document = if to == 10 { Value::Null } else { Value::Int(7) };
            [
                Value::Int(0),
                Value::Int(1),
                Value::Text(key),
                Value::Bytes(b"\x00\xff"),
                document,
                Value::Int(201),
                Value::Text(response),
            ]
        };
        keys[from..to].iter().map(String::as_str).flat_map(row).collect()
    };
    let mut session = database.session().unwrap();
    assert_eq!(session.insert(&into(OnConflict::Fail), &[]).unwrap(), 0);
    assert_eq!(session.insert(&into(OnConflict::Fail), &rows(0, 19_000, "a")).unwrap(), 19_000);
    let again = session.insert(&into(OnConflict::Fail), &rows(18_999, 19_001, "b"));
    assert!(matches!(again, Err(StoreError::Conflict)), "{again:?}");
    assert_eq!(session.insert(&into(OnConflict::Fail), &rows(19_000, 20_000, "c")).unwrap(), 1000);
    assert_eq!(session.insert(&into(OnConflict::Replace(KEY)), &rows(0, 10, "d")).unwrap(), 10);
    let sql = "SELECT response, count(*), count(document) FROM request GROUP BY response ORDER BY response";
    let counted = all(&mut *session, sql, &[], |row| Ok((row.text(0)?, row.int(1)?, row.int(2)?))).unwrap();
    let expected = [("a", 18_990, 18_990), ("c", 1000, 1000), ("d", 10, 0)];
    assert_eq!(counted, expected.map(|(response, count, documents)| (response.to_owned(), count, documents)));
    session.execute("DELETE FROM request", &[]).unwrap();
}

pub(super) fn an_error_ends_a_reading_and_nothing_else(database: &dyn Database) {
    let mut session = database.session().unwrap();
    super::put(&mut *session, "a", "1");
    super::put(&mut *session, "b", "2");
    let mut seen = 0;
    let ended = session.query("SELECT name FROM meta ORDER BY name", &[], &mut |_| {
        seen += 1;
        Err(StoreError::Full)
    });
    assert!(matches!(ended, Err(StoreError::Full)), "{ended:?}");
    assert_eq!((seen, super::get(&mut *session, "b").as_deref()), (1, Some("2")));
    session.execute("DELETE FROM meta", &[]).unwrap();
}

pub(super) fn blocks_come_back_whatever_their_order(database: &dyn Database) {
    let part_of = |series: SeriesId| i64::from(series.0 % 3);
    let bytes = |key: BlockKey, version: usize| -> Vec<u8> {
        let len = (key.series.0 as usize * 131 + key.block as usize * 17) % 15_000;
        vec![key.block as u8 ^ version as u8; len + version]
    };
    let key = |number: u32| BlockKey { series: SeriesId(number % 7), block: number / 7 };
    let mut session = database.session().unwrap();
    for version in 0..2 {
        let rows: Vec<_> = (0..3000).map(key).map(|key| (part_of(key.series), key, bytes(key, version))).collect();
        session.begin(true).unwrap();
        session.put_blocks(&rows).unwrap();
        session.commit().unwrap();
    }
    // Every third number, backwards, and as many that have no row; then in the order of keys.
    let mut keys: Vec<BlockKey> = (0..6000).rev().step_by(3).map(key).collect();
    for _ in 0..2 {
        let mut found = BTreeMap::new();
        session
            .blocks(&part_of, &keys, &mut |at, stored| {
                assert_eq!(found.insert(at, stored.to_vec()), None, "block {at} was shown twice");
                Ok(())
            })
            .unwrap();
        let there = |key: &BlockKey| key.block * 7 + key.series.0 < 3000;
        let expected: BTreeMap<usize, Vec<u8>> =
            keys.iter().enumerate().filter(|(_, key)| there(key)).map(|(at, key)| (at, bytes(*key, 1))).collect();
        assert_eq!(found.len(), 1000);
        assert!(found == expected, "some block is not what was written");
        keys.sort_unstable();
    }
    let numbers = crate::tables::block::numbers(&mut *session, 2, SeriesId(5)).unwrap();
    assert_eq!(numbers, (0..428).collect::<Vec<u32>>());
    session.execute("DELETE FROM block", &[]).unwrap();
}
