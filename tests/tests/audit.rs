//! The second reading: ledgers of every kind are clean, and whatever is changed in one is found.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use backend_audit::{Options, Place, Report, What, audit};
use backend_store::coding::block::{Block, BlockKey};
use backend_store::coding::log::{Head, Key, decode_heads, encode_effects, encode_heads};
use backend_store::{Raw, Settings};
use rusqlite::{Connection, params};
use shared::act::{Act, Effect, Event};
use shared::document::{Document, DocumentKind};
use shared::series::{Range, SeriesId};
use shared::state::{DocumentNo, WithdrawalReason};
use std::path::{Path, PathBuf};
use tests::ledger::cards::{domestic, package, packing, units};
use tests::ledger::life::{self, ALL};
use tests::ledger::variant::{Base, Folding, Home, Variant};
use tests::ledger::world::World;
use tests::place::Folder;

/// A copy of a ledger that is in use: the file of SQLite as it is at this moment.
fn copy(world: &World, folder: &Folder) -> PathBuf {
    let Home::Sqlite(home) = world.home() else { panic!("a ledger in a file") };
    let path = folder.path().join("copy.sqlite");
    let db = Connection::open(home.path().join("ledger.sqlite")).unwrap();
    db.execute("VACUUM INTO ?1", [path.to_str().unwrap()]).unwrap();
    path
}

fn read(path: &Path, options: Options) -> Report {
    audit(&mut Raw::open(path).unwrap(), options).unwrap()
}

fn report(world: &World) -> Report {
    match world.home() {
        Home::Sqlite(_) => read(&copy(world, &Folder::new("audit")), Options::default()),
        Home::Postgres(url, _) => audit(&mut Raw::postgres(url).unwrap(), Options::default()).unwrap(),
    }
}

fn clean(world: &World, what: &str) -> Report {
    let report = report(world);
    let lines: Vec<String> = report.mismatches.iter().map(ToString::to_string).collect();
    assert!(report.is_clean(), "{what}: {}", lines.join("\n"));
    report
}

#[test]
fn stories_are_clean_however_they_are_kept() {
    let sqlite = Variant::plain(Base::Sqlite);
    let variants = [
        sqlite,
        Variant { folding: Folding::EachStep, ..sqlite },
        Variant { parts: 16, folding: Folding::At(7), ..sqlite },
        Variant { parts: 16, folding: Folding::EachStep, ..Variant::plain(Base::Postgres) },
    ];
    for (name, story) in ALL {
        let mut reports = Vec::new();
        for variant in variants {
            let mut world = World::new(variant);
            story(&mut world);
            let what = format!("{name}, {variant}");
            let early = clean(&world, &what);
            world.store().fold().unwrap();
            let late = clean(&world, &format!("{what}, folded"));
            assert_eq!(early.balances, late.balances, "{what}");
            assert_eq!((early.documents, early.effects, early.events), (late.documents, late.effects, late.events));
            assert!(late.blocks > 0 && late.units > 0 && late.events >= late.units, "{what}: {late:?}");
            reports.push((late.documents, late.effects, late.units, late.events, late.balances));
        }
        assert!(reports.iter().all(|report| *report == reports[0]), "{name}: {reports:?}");
    }
}

#[test]
fn the_balance_is_what_happened() {
    let mut world = World::new(Variant::plain(Base::Sqlite));
    let by = world.parties.producer;
    let all = life::ordered(&mut world, by, 1, 10_000);
    let part = |first, count| Range { series: all.series, first, count };
    world.ok(by, Document::Annul { units: vec![part(9_990, 10)] });
    world.ok(by, Document::Apply { units: vec![part(0, 9_000)] });
    world.ok(by, Document::WriteOff { units: vec![part(8_999, 1)], reason: WithdrawalReason::Damage });
    let facts = tests::ledger::cards::batch("Ақтау");
    world.ok(by, Document::Introduce { units: vec![part(0, 5_000)], facts });
    let sale =
        |range| Document::Withdraw { items: units(&[range]), reason: WithdrawalReason::RetailSale, region: None };
    world.ok(by, sale(part(4_090, 10)));
    let [balance] = clean(&world, "balance").balances[..] else { panic!("one GTIN") };
    assert_eq!(balance.issued, 10_000);
    assert_eq!((balance.in_circulation, balance.withdrawn), (4_990, 10));
    assert_eq!((balance.written_off, balance.annulled, balance.in_stock), (1, 10, 4_989));
}

/// What waits for its block is read in portions: all of them together say the same.
#[test]
fn little_memory_is_enough() {
    let mut world = World::new(Variant::plain(Base::Sqlite));
    let (_, story) = ALL.iter().find(|(name, _)| *name == "packages").unwrap();
    story(&mut world);
    let folder = Folder::new("portions");
    let path = copy(&world, &folder);
    let all = read(&path, Options::default());
    for memory in [1, 300, 1_000] {
        assert_eq!(read(&path, Options { memory, ..Options::default() }), all);
    }
    assert!(all.is_clean());
}

/// A folded ledger with sales one by one, packages, and a document after the fold.
fn ledger(folder: &Folder) -> PathBuf {
    let variant = Variant { folding: Folding::Never, ..Variant::plain(Base::Sqlite) };
    let mut world = World::new(variant);
    let by = world.parties.producer;
    let all = life::introduced(&mut world, by, 1, 10_000);
    world.ok(by, Document::RegisterProduct(domestic(2, shared::group::ProductGroup::Footwear)));
    for number in [3, 4_100, 9_999] {
        sell(&mut world, all.series, number);
    }
    let boxed = package(487_000_123, 5);
    let contents = units(&[Range { series: all.series, first: 100, count: 10 }]);
    let packages = vec![packing(boxed, shared::series::PackageLevel::Group, contents)];
    world.ok(by, Document::Aggregate { packages });
    world.store().fold().unwrap();
    sell(&mut world, all.series, 5);
    clean(&world, "before anything is changed");
    copy(&world, folder)
}

fn sell(world: &mut World, series: SeriesId, number: u64) {
    let items = units(&[Range::one(series, number)]);
    let by = world.parties.producer;
    world.ok(by, Document::Withdraw { items, reason: WithdrawalReason::RetailSale, region: None });
}

/// Changes a ledger, and gives what is found then.
fn changed(change: impl FnOnce(&Connection)) -> Report {
    let folder = Folder::new("changed");
    let path = ledger(&folder);
    let db = Connection::open(&path).unwrap();
    change(&db);
    drop(db);
    let report = read(&path, Options::default());
    assert!(!report.is_clean());
    assert!(report.mismatches.iter().all(|mismatch| mismatch.to_string().contains(": ")));
    report
}

fn finds(report: &Report, is_it: impl Fn(Place, &What) -> bool) {
    let found = report.mismatches.iter().any(|mismatch| is_it(mismatch.place, &mismatch.what));
    assert!(found, "{:?}", report.mismatches);
}

fn bytes(db: &Connection, sql: &str) -> Vec<u8> {
    db.query_row(sql, [], |row| row.get(0)).unwrap()
}

/// Adds a document to the log as a writer would, with effects of its own choice; the floor stays.
fn append(db: &Connection, kind: DocumentKind, effects: Vec<Effect>) {
    let sql = "SELECT bytes FROM head ORDER BY first_document DESC LIMIT 1";
    let last = *decode_heads(&bytes(db, sql)).unwrap().last().unwrap();
    let document = DocumentNo(last.document.0 + 1);
    let parts = u64::from(!effects.is_empty());
    let head = Head { document, kind, key: Key::None, parts, ..last };
    let sql = "INSERT INTO head (part, first_document, count, bytes) VALUES (0, ?1, 1, ?2)";
    db.execute(sql, params![document.0 as i64, encode_heads(&[head])]).unwrap();
    if parts > 0 {
        let sql = "INSERT INTO page (part, first_document, bytes) VALUES (0, ?1, ?2)";
        db.execute(sql, params![document.0 as i64, encode_effects(&[(document, effects)])]).unwrap();
    }
}

fn one(number: u64, act: Act) -> Effect {
    Effect { range: Range::one(SeriesId(0), number), act }
}

/// Writes a block with one event more and a right checksum.
fn altered(db: &Connection, unit: u32, event: Event) {
    let key = BlockKey { series: SeriesId(0), block: 0 };
    let mut block = Block::decode(key, &bytes(db, "SELECT bytes FROM block WHERE place = 0")).unwrap();
    block.push(unit, 1, event);
    let sql = "UPDATE block SET bytes = ?1 WHERE place = 0";
    db.execute(sql, params![block.encode(key)]).unwrap();
}

const SALE: Act = Act::Withdraw(WithdrawalReason::RetailSale);

#[test]
fn blocks_exchanged_between_rows() {
    let report = changed(|db| {
        let (first, second) = (
            bytes(db, "SELECT bytes FROM block WHERE place = 0"),
            bytes(db, "SELECT bytes FROM block WHERE place = 1"),
        );
        let sql = "UPDATE block SET bytes = ?1 WHERE place = ?2";
        db.execute(sql, params![second, 0]).unwrap();
        db.execute(sql, params![first, 1]).unwrap();
    });
    for block in [0, 1] {
        finds(&report, |place, what| place == Place::Block(0, block) && matches!(what, What::Bytes(_)));
    }
}

#[test]
fn a_history_altered_with_a_right_checksum() {
    // A sale that no document made; legal by itself.
    let report = changed(|db| altered(db, 7, Event { document: DocumentNo(5), act: SALE }));
    finds(&report, |place, what| place == Place::Block(0, 0) && *what == What::OtherHistories);
    finds(&report, |place, what| place == Place::Unit(0, 7) && matches!(what, What::OtherHistory(..)));
    finds(&report, |place, what| place == Place::Series(0) && matches!(what, What::Counted("withdrawn", 4, 5)));
}

#[test]
fn rows_that_are_gone() {
    let report = changed(|db| assert_eq!(db.execute("DELETE FROM page WHERE first_document = 7", []).unwrap(), 1));
    finds(&report, |place, what| place == Place::Document(7) && matches!(what, What::Parts(0)));
    let report = changed(|db| assert_eq!(db.execute("DELETE FROM block WHERE place = 1", []).unwrap(), 1));
    finds(&report, |place, what| place == Place::Block(0, 1) && *what == What::NoBlock);
    let report = changed(|db| assert_eq!(db.execute("DELETE FROM head WHERE first_document = 6", []).unwrap(), 1));
    finds(&report, |place, what| place == Place::Document(7) && *what == What::Number(6));
    finds(&report, |place, what| place == Place::Document(6) && *what == What::NoHead);
    let report = changed(|db| assert_eq!(db.execute("DELETE FROM orders", []).unwrap(), 1));
    finds(&report, |place, what| place == Place::Document(2) && *what == What::Order);
}

/// Without the floor all of the log waits again. Blocks say by themselves what they hold.
#[test]
fn a_floor_that_is_too_low_is_no_mismatch() {
    let folder = Folder::new("floor");
    let path = ledger(&folder);
    let expected = read(&path, Options::default());
    let db = Connection::open(&path).unwrap();
    assert_eq!(db.execute("DELETE FROM meta WHERE name = 'floor'", []).unwrap(), 1);
    drop(db);
    assert_eq!(read(&path, Options::default()), expected);
    for memory in [1, 500] {
        assert_eq!(read(&path, Options { memory, ..Options::default() }), expected);
    }
}

#[test]
fn small_tables_that_say_something_else() {
    let report = changed(|db| assert_eq!(db.execute("UPDATE orders SET count = 10001", []).unwrap(), 1));
    finds(&report, |place, what| place == Place::Series(0) && *what == What::Issued(10_000, 10_001));
    let report = changed(|db| assert_eq!(db.execute("UPDATE orders SET count = 9000", []).unwrap(), 1));
    finds(&report, |place, what| matches!(place, Place::Document(_)) && *what == What::NotIssued);
    let report = changed(|db| assert_eq!(db.execute("UPDATE orders SET document = 4", []).unwrap(), 1));
    finds(&report, |place, what| place == Place::Unit(0, 0) && *what == What::NotIssued);
    let report = changed(|db| assert_eq!(db.execute("UPDATE series SET issued = 20000 WHERE id = 0", []).unwrap(), 1));
    finds(&report, |place, what| place == Place::Series(0) && *what == What::Issued(20_000, 10_000));
    let report = changed(|db| assert_eq!(db.execute("UPDATE block SET part = 3 WHERE place = 1", []).unwrap(), 1));
    finds(&report, |place, what| place == Place::Ledger && *what == What::Astray("block", 1));
}

#[test]
fn steps_that_cannot_be() {
    let sold_twice = changed(|db| append(db, DocumentKind::Withdraw, vec![one(3, SALE)]));
    finds(&sold_twice, |place, what| place == Place::Unit(0, 3) && matches!(what, What::Step(_, 3, _)));
    let introduced_twice = changed(|db| append(db, DocumentKind::Introduce, vec![one(8, Act::Introduce)]));
    finds(&introduced_twice, |place, what| place == Place::Unit(0, 8) && matches!(what, What::Step(_, 2, _)));
    let never_issued = changed(|db| append(db, DocumentKind::Apply, vec![one(10_000, Act::Apply)]));
    finds(&never_issued, |place, what| matches!(place, Place::Document(_)) && *what == What::NotIssued);
    let into = package(487_000_123, 6);
    let packed = changed(|db| append(db, DocumentKind::Add, vec![one(105, Act::Pack(into))]));
    finds(&packed, |place, what| place == Place::Unit(0, 105) && matches!(what, What::Step(_, 17, _)));
    finds(&packed, |_, what| *what == What::NotPacked(into.digits()));
    let no_order = changed(|db| append(db, DocumentKind::OrderCodes, vec![]));
    finds(&no_order, |_, what| *what == What::Order);
}

/// A folded ledger with a shipment that is open, of a box and ten pairs, and one that was accepted.
fn shipped(folder: &Folder) -> (PathBuf, i64, i64) {
    let mut world = World::new(Variant::plain(Base::Sqlite));
    let tests::ledger::world::Parties { producer, rival, .. } = world.parties;
    let all = life::introduced(&mut world, producer, 1, 5_000);
    let part = |first, count| Range { series: all.series, first, count };
    let boxed = package(487_000_123, 5);
    let packages = vec![packing(boxed, shared::series::PackageLevel::Group, units(&[part(100, 10)]))];
    world.ok(producer, Document::Aggregate { packages });
    let ended = world.ok(producer, Document::Ship { items: units(&[part(0, 5)]), to: rival.id }).document;
    world.ok(rival, Document::Accept { shipment: ended, differing: vec![] });
    let items = shared::document::Items { units: vec![part(4_090, 10)], packages: vec![boxed] };
    let open = world.ok(producer, Document::Ship { items, to: rival.id }).document;
    world.store().fold().unwrap();
    clean(&world, "before anything is changed");
    (copy(&world, folder), ended.0 as i64, open.0 as i64)
}

#[test]
fn shipments_are_what_the_documents_did() {
    let found = |change: &dyn Fn(&Connection, i64, i64)| {
        let folder = Folder::new("shipped");
        let (path, ended, open) = shipped(&folder);
        let db = Connection::open(&path).unwrap();
        change(&db, ended, open);
        drop(db);
        let report = read(&path, Options::default());
        assert!(!report.is_clean());
        (report, ended, open)
    };
    let is_shipment = |what: &What| matches!(what, What::Shipment(_));
    let set = |what: &'static str| {
        move |db: &Connection, ended: i64, _: i64| {
            let sql = format!("UPDATE shipment SET {what} WHERE document = ?1");
            assert_eq!(db.execute(&sql, [ended]).unwrap(), 1);
        }
    };
    for change in ["sender = 5", "receiver = 5", "at = at + 1", "state = 'refused'", "state = 'open'", "state = 'Open'"]
    {
        let (report, ended, _) = found(&set(change));
        finds(&report, |place, what| place == Place::Document(ended as u64) && is_shipment(what));
    }
    // An answer that there is not, and one that is open again: what was accepted is not under way.
    let (report, ended, _) = found(&set("answer = 99"));
    finds(&report, |place, what| place == Place::Document(ended as u64) && *what == What::NoAnswer(99));
    finds(&report, |place, what| place == Place::Document(ended as u64 + 1) && is_shipment(what));
    let (report, ended, _) = found(&set("state = 'open', answer = NULL"));
    finds(&report, |place, what| place == Place::Document(ended as u64) && *what == What::NotUnderWay(5));
    let (report, _, open) = found(&|db, _, open| {
        assert_eq!(db.execute("DELETE FROM shipment WHERE document = ?1", [open]).unwrap(), 1);
    });
    finds(&report, |place, what| place == Place::Document(open as u64) && is_shipment(what));
    finds(&report, |place, what| place == Place::Unit(0, 4_099) && *what == What::UnderWay(open as u64));
    let (report, _, _) = found(&|db, ended, _| {
        let sql = "INSERT INTO shipment (document, sender, receiver, at, due, state)
            SELECT 1, sender, receiver, at, due, 'open' FROM shipment WHERE document = ?1";
        assert_eq!(db.execute(sql, [ended]).unwrap(), 1);
    });
    finds(&report, |place, what| place == Place::Document(1) && is_shipment(what));
}

#[test]
fn owners_are_who_sent_the_documents() {
    let another = shared::party::PartyId(77);
    let into = package(487_000_123, 6);
    let series = |number| Range::one(SeriesId(2), number);
    for (act, kind, effect) in [
        (12, DocumentKind::Accept, one(8, Act::Accept(another))),
        (18, DocumentKind::TakeOut, one(105, Act::Unpack(another))),
        (
            21,
            DocumentKind::Aggregate,
            Effect { range: series(into.number()), act: Act::Form(another, shared::series::PackageLevel::Group) },
        ),
    ] {
        let report = changed(|db| append(db, kind, vec![effect]));
        finds(&report, |_, what| matches!(what, What::Owner(of, 77, _) if *of == act));
    }
}

#[test]
fn every_bit_of_a_page_and_a_block_counts() {
    for (table, place) in [("page", "first_document = 4"), ("head", "first_document = 4"), ("block", "place = 0")] {
        let report = changed(|db| {
            let mut held = bytes(db, &format!("SELECT bytes FROM {table} WHERE {place}"));
            let middle = held.len() / 2;
            held[middle] ^= 0x10;
            db.execute(&format!("UPDATE {table} SET bytes = ?1 WHERE {place}"), params![held]).unwrap();
        });
        finds(&report, |_, what| matches!(what, What::Bytes(_)));
    }
}

/// What is not listed is counted.
#[test]
fn the_list_is_bounded() {
    let folder = Folder::new("bounded");
    let path = ledger(&folder);
    let effects = (0..50).map(|number| one(number, Act::Introduce)).collect();
    append(&Connection::open(&path).unwrap(), DocumentKind::Introduce, effects);
    let report = read(&path, Options { listed: 1, ..Options::default() });
    assert_eq!(report.mismatches.len(), 1);
    assert!(report.found >= 50);
    // It is as large as it was, and still nobody else's: it can be opened as before.
    drop(backend_store::Store::open_with(&path, Settings::default()).unwrap());
}
