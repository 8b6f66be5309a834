//! Bits that flip: damage is found before it is used, named, and keeps nobody from other goods; a block is made anew from
//! the log.

use backend_store::{Settings, Store, StoreError, SubmitError};
use rusqlite::{Connection, params};
use shared::document::Document;
use shared::series::SeriesId;
use shared::state::{BlockReason, DocumentNo};
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};
use tests::ledger::cards::{range, units};
use tests::ledger::compare;
use tests::ledger::model::Model;
use tests::ledger::script::Script;
use tests::ledger::variant::when_free;
use tests::ledger::world::{Letter, Parties};
use tests::place::Folder;

const SETTINGS: Settings = Settings { fold_at: usize::MAX, parts: 1 };

/// A ledger of two cards, closed: all of it in the file, all but the last documents folded.
struct Ledger {
    folder: Folder,
    model: Model,
    parties: Parties,
}

/// Documents that are not folded.
const UNFOLDED: usize = 3;

impl Ledger {
    fn new() -> Self {
        let (folder, script) = (Folder::new("flipped"), Script::of("opened"));
        let store = open(folder.path()).unwrap();
        let parties = Parties::of(&store);
        let folded = script.letters.len() - UNFOLDED;
        for (sent, (letter, expected)) in (1..).zip(&script.letters) {
            assert_eq!(letter.post(sent, &store).is_ok(), expected.is_ok());
            if sent as usize == folded {
                store.fold().unwrap();
            }
        }
        drop(store);
        Self { folder, model: script.model(script.last()), parties }
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("ledger.sqlite")
    }

    /// Flips bits of rows of a table, past the store.
    fn flip(&self, table: &str, filter: &str) {
        let db = Connection::open(self.file()).unwrap();
        let rows: Vec<(i64, Vec<u8>)> = db
            .prepare(&format!("SELECT rowid, bytes FROM {table} WHERE {filter}"))
            .unwrap()
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        assert!(!rows.is_empty(), "no row of {table} where {filter}");
        for (row, mut bytes) in rows {
            let at = bytes.len() / 2;
            bytes[at] ^= 0x10;
            db.execute(&format!("UPDATE {table} SET bytes = $1 WHERE rowid = $2"), params![bytes, row]).unwrap();
        }
    }
}

fn open(folder: &Path) -> Result<Store, StoreError> {
    when_free(|| Store::open_with(&folder.join("ledger.sqlite"), SETTINGS))
}

fn is_damage<T: std::fmt::Debug>(outcome: Result<T, StoreError>, named: &str) {
    match outcome {
        Err(StoreError::Damaged { what }) if what.contains(named) => {}
        other => panic!("damage of {named} was not found: {other:?}"),
    }
}

#[test]
fn a_block_is_found_damaged_and_made_anew() {
    let ledger = Ledger::new();
    ledger.flip("block", "place = 1");
    let store = open(ledger.folder.path()).unwrap();
    let named = "block 1 of series 0";
    is_damage(store.units(&[(SeriesId(0), 4_100)]), named);
    // Others are served: another block of the series, another series, also by documents.
    for unit in [(SeriesId(0), 7), (SeriesId(1), 7)] {
        let told = store.units(&[unit]).unwrap()[0].unwrap();
        assert_eq!(told.state, ledger.model.state(unit));
    }
    let mut model = ledger.model.clone();
    let mut sent = 1_000;
    let mut block = |store: &Store, series: SeriesId, first: u64| {
        sent += 1;
        let items = units(&[range(series, first, 2)]);
        let document = Document::Block { items, reason: BlockReason::Unsafe };
        let letter = Letter { by: ledger.parties.inspector, document, partial: false, idempotency: None };
        let told = letter.post(sent, store);
        if told.is_ok() {
            letter.model(sent, &mut model).unwrap();
        }
        told
    };
    block(&store, SeriesId(1), 20).unwrap();
    match block(&store, SeriesId(0), 4_150) {
        // Made anew meanwhile by the fold that finding it calls for.
        Ok(_) => {}
        Err(SubmitError::Store(StoreError::Damaged { what })) => assert!(what.contains(named), "{what}"),
        other => panic!("{other:?}"),
    }
    store.fold().unwrap();
    block(&store, SeriesId(0), 4_160).unwrap();
    compare::all(&store, &model, "after the block was made anew");
    drop(store);
    compare::all(&open(ledger.folder.path()).unwrap(), &model, "after another start");
}

#[test]
fn a_folded_page_of_effects_is_found_damaged() {
    let ledger = Ledger::new();
    // The page of one document; what it did is asked for by name alone.
    ledger.flip("page", "first_document = 4");
    let store = open(ledger.folder.path()).unwrap();
    is_damage(store.effects(DocumentNo(4)), "document 4");
    assert!(store.effects(DocumentNo(3)).unwrap().is_some());
    assert!(store.effects(DocumentNo(5)).unwrap().is_some());
    compare::states(&store, &ledger.model, "with a damaged page of effects");
}

#[test]
fn a_folded_page_of_heads_is_found_damaged() {
    let ledger = Ledger::new();
    ledger.flip("head", "first_document = 3");
    let store = open(ledger.folder.path()).unwrap();
    is_damage(store.document(DocumentNo(3)), "document 3");
    assert!(store.document(DocumentNo(2)).unwrap().is_some());
    assert!(store.document(DocumentNo(4)).unwrap().is_some());
    compare::states(&store, &ledger.model, "with a damaged page of heads");
}

/// What is not folded is read at the start: a ledger of which a part cannot be known does not begin to serve.
#[test]
fn the_log_above_the_floor_is_found_damaged_at_the_start() {
    let last = Ledger::new().model.last().0;
    for table in ["page", "head"] {
        let ledger = Ledger::new();
        ledger.flip(table, &format!("first_document = {last}"));
        is_damage(open(ledger.folder.path()).map(|_| ()), "page of");
    }
}

/// Everything of a store that is read from rows of small tables, to its end or to the first damage.
fn all_rows(ledger: &Ledger) -> Result<(), StoreError> {
    let store = open(ledger.folder.path())?;
    for number in (1..=ledger.model.last().0).map(DocumentNo) {
        store.document(number)?;
        store.order(number)?;
    }
    store.list_series(None, None, 100)?;
    store.party(ledger.parties.producer.id)?;
    let key = backend_store::Idempotency::of("key-1".into(), "/route", b"{}");
    match store.replay(ledger.parties.producer.id, &key) {
        Err(SubmitError::Store(error)) => Err(error),
        _ => Ok(()),
    }
}

/// Rows of small tables carry checksums: a value that is as good as any other is not believed.
#[test]
fn rows_are_found_damaged() {
    let ledger = Ledger::new();
    all_rows(&ledger).unwrap();
    let change = |table: &str, set: &str| {
        let db = Connection::open(ledger.file()).unwrap();
        db.execute(&format!("UPDATE {table} SET {set}"), []).unwrap()
    };
    for (table, column) in [
        ("party", "name"),
        ("product", "name_kk"),
        ("series", "issued"),
        ("orders", "count"),
        ("request", "response"),
        ("body", "body"),
    ] {
        // Another value of the same type, everywhere, and then the one that it was.
        let kept = format!("kept_{table}");
        {
            let db = Connection::open(ledger.file()).unwrap();
            db.execute_batch(&format!("CREATE TABLE {kept} AS SELECT * FROM {table}")).unwrap();
        }
        let other = match column {
            "issued" | "count" => format!("{column} = {column} + 1"),
            _ => format!("{column} = {column} || '0'"),
        };
        assert!(change(table, &other) > 0, "{table} has no rows");
        is_damage(all_rows(&ledger), table);
        let db = Connection::open(ledger.file()).unwrap();
        db.execute_batch(&format!("DELETE FROM {table}; INSERT INTO {table} SELECT * FROM {kept}; DROP TABLE {kept}"))
            .unwrap();
        drop(db);
        compare::all(&open(ledger.folder.path()).unwrap(), &ledger.model, "put right again");
    }
    change("meta", "value = '0' WHERE name = 'floor'");
    is_damage(all_rows(&ledger), "meta");
}

/// Pages of the database's own: its trees are read with care, and a page that contradicts itself is named.
#[test]
fn pages_of_the_database_are_found_damaged() {
    let (mut found, mut flipped) = (0, 0);
    for table in ["block", "page", "head", "body", "request", "series"] {
        let ledger = Ledger::new();
        let (root, page): (u64, u64) = {
            let db = Connection::open(ledger.file()).unwrap();
            let sql = "SELECT rootpage, page_size FROM sqlite_schema, pragma_page_size WHERE name = $1";
            db.query_row(sql, [table], |row| Ok((row.get::<_, u32>(0)?.into(), row.get::<_, u32>(1)?.into()))).unwrap()
        };
        // The kind of the page, and how many cells it has (sqlite.org/fileformat2.html, 1.6).
        for at in [0, 4] {
            let file = std::fs::File::options().read(true).write(true).open(ledger.file()).unwrap();
            let place = (root - 1) * page + at;
            let mut byte = [0];
            file.read_exact_at(&mut byte, place).unwrap();
            file.write_all_at(&[byte[0] ^ 0x50], place).unwrap();
            flipped += 1;
            let told = open(ledger.folder.path()).and_then(|store| {
                for number in (1..=ledger.model.last().0).map(DocumentNo) {
                    store.document(number)?;
                    store.effects(number)?;
                }
                let all: Vec<_> = ledger.model.events.keys().copied().collect();
                store.units(&all)?;
                let key = backend_store::Idempotency::of("key-1".into(), "/route", b"{}");
                match store.replay(ledger.parties.producer.id, &key) {
                    Ok(Some(_)) => Ok(()),
                    Ok(None) => panic!("{table}, byte {at}: a request is gone, and nobody says so"),
                    Err(SubmitError::Store(error)) => Err(error),
                    Err(SubmitError::Refused(refusals)) => panic!("{table}, byte {at}: {refusals:?}"),
                }
            });
            match told {
                Err(StoreError::Damaged { what }) => {
                    assert!(!what.is_empty());
                    found += 1;
                }
                other => panic!("{table}, byte {at} of its first page: damage was not found: {other:?}"),
            }
            file.write_all_at(&byte, place).unwrap();
            compare::all(&open(ledger.folder.path()).unwrap(), &ledger.model, "put right again");
        }
    }
    assert_eq!(found, flipped);
}
