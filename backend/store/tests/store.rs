//! What the store promises: retries change nothing, what was acknowledged is there after reopening, an untouched order
//! is a row, a report comes once, damage is told.

#![cfg(test)]

mod support;

use backend_store::{NewReport, Store, StoreError, SubmitError};
use shared::date::Timestamp;
use shared::document::Document;
use shared::refusal::RefusalCode;
use shared::report::{Report, ViolationKind};
use shared::seal::Profile;
use shared::state::{BlockReason, DocumentNo, Status, UnitState, WithdrawalReason};
use shared::ticket::ReportId;
use support::{GTINS, NOW, World, facts, gtin, range};

fn code_of(result: Result<backend_store::Receipt, SubmitError>) -> RefusalCode {
    match result {
        Err(SubmitError::Refused(refusal)) => refusal.code,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_retry_changes_nothing_and_gets_the_same_answer() {
    let mut world = World::new();
    let order = || Document::OrderCodes { gtin: gtin(GTINS[0]), quantity: 10, profile: Profile::Signed };
    let first = world.send_as(world.producer, order(), "same", "a").unwrap();
    let again = world.send_as(world.producer, order(), "same", "a").unwrap();
    assert_eq!((first.replayed, again.replayed), (false, true));
    assert_eq!(first.response, again.response);
    assert_eq!(world.store.series(gtin(GTINS[0])).unwrap().unwrap().issued, 10);
    assert_eq!(code_of(world.send_as(world.producer, order(), "same", "b")), RefusalCode::IdempotencyKeyReused);
    // The key is the sender's own.
    let sale =
        Document::Withdraw { units: vec![range(GTINS[0], 0, 1)], reason: WithdrawalReason::RetailSale, region: None };
    assert_eq!(code_of(world.send_as(world.seller, sale, "same", "a")), RefusalCode::NotInCirculation);
    // A refused request may be sent again under its key.
    let apply = || Document::Apply { units: vec![range(GTINS[0], 10, 5)] };
    assert_eq!(code_of(world.send_as(world.producer, apply(), "early", "c")), RefusalCode::CodeNotIssued);
    world.order(GTINS[0], 10);
    assert!(!world.send_as(world.producer, apply(), "early", "c").unwrap().replayed);
}

#[test]
fn at_once_a_request_counts_once() {
    let world = World::new();
    let order = || Document::OrderCodes { gtin: gtin(GTINS[0]), quantity: 10, profile: Profile::Signed };
    let receipts: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..16)
            .map(|i| {
                let (world, key) = (&world, format!("key {}", i % 4));
                scope.spawn(move || world.send_as(world.producer, order(), &key, "a").unwrap())
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(receipts.iter().filter(|receipt| !receipt.replayed).count(), 4);
    assert_eq!(world.store.series(gtin(GTINS[0])).unwrap().unwrap().issued, 40);
}

#[test]
fn what_was_acknowledged_is_there_after_reopening() {
    let mut world = World::new();
    world.order(GTINS[0], 5_000);
    world.send(world.producer, Document::Apply { units: vec![range(GTINS[0], 4_000, 200)] }).unwrap();
    let World { folder, store, .. } = world;
    drop(store);
    let store = Store::open(&folder.path().join("book.sqlite")).unwrap();
    let status = |number| store.unit(gtin(GTINS[0]), number).unwrap().map(|unit| unit.state.status);
    assert_eq!(status(3_999), Some(Status::Emitted));
    assert_eq!(status(4_000), Some(Status::Applied));
    assert_eq!(status(4_199), Some(Status::Applied));
    assert_eq!(status(5_000), None);
    let order = store.order(DocumentNo(3)).unwrap().unwrap();
    assert_eq!((order.range, order.key.as_str()), (range(GTINS[0], 0, 5_000), "F0S1"));
}

#[test]
fn an_untouched_order_of_a_million_codes_takes_no_block() {
    let mut world = World::new();
    world.order(GTINS[0], 1_000_000);
    assert_eq!(world.store.block_rows(gtin(GTINS[0])).unwrap(), 0);
    world.send(world.producer, Document::Apply { units: vec![range(GTINS[0], 123_456, 1)] }).unwrap();
    assert_eq!(world.store.block_rows(gtin(GTINS[0])).unwrap(), 1);
    let counts = world.store.counts(gtin(GTINS[0])).unwrap().unwrap();
    assert_eq!(counts.by_status, [999_999, 1, 0, 0]);
}

/// A block kept when its series was shorter goes on with codes just emitted.
#[test]
fn a_block_grows_with_its_series() {
    let mut world = World::new();
    world.order(GTINS[0], 10);
    world.send(world.producer, Document::Apply { units: vec![range(GTINS[0], 9, 1)] }).unwrap();
    world.order(GTINS[0], 10);
    let state = |world: &World, number| world.store.unit(gtin(GTINS[0]), number).unwrap().map(|unit| unit.state);
    assert_eq!(state(&world, 10), Some(UnitState::EMITTED));
    world.send(world.producer, Document::Apply { units: vec![range(GTINS[0], 19, 1)] }).unwrap();
    assert_eq!(state(&world, 19).map(|state| state.status), Some(Status::Applied));
    assert_eq!(state(&world, 20), None);
}

#[test]
fn a_projection_shows_public_columns_only() {
    let mut world = World::new();
    let projection = |world: &World| world.store.projection(gtin(GTINS[0]), 0, NOW).unwrap();
    let unknown = world.store.projection(gtin("04600000000008"), 0, NOW).unwrap();
    assert_eq!((unknown.product, unknown.runs.len()), (None, 0));
    world.order(GTINS[0], 100);
    let units = || vec![range(GTINS[0], 0, 30)];
    world.send(world.producer, Document::Apply { units: units() }).unwrap();
    // Two introductions with the same facts look the same.
    for first in [0, 10] {
        let units = vec![range(GTINS[0], first, 10)];
        world.send(world.producer, Document::Introduce { units, facts: facts() }).unwrap();
    }
    let seen = projection(&world);
    assert_eq!(seen.facts.len(), 1);
    let shape: Vec<_> = seen.runs.iter().map(|run| (run.len, run.status, run.facts)).collect();
    let applied = (10, Status::Applied, None);
    assert_eq!(shape, [(20, Status::InCirculation, Some(0)), applied, (70, Status::Emitted, None)]);

    let reason = WithdrawalReason::RetailSale;
    let sale = Document::Withdraw { units: vec![range(GTINS[0], 5, 1)], reason, region: Some("75".parse().unwrap()) };
    world.send(world.seller, sale).unwrap();
    let block = Document::Block { units: vec![range(GTINS[0], 6, 1)], reason: BlockReason::Recalled };
    world.send(world.inspector, block).unwrap();
    let seen = projection(&world);
    let sold = seen.state(5).unwrap().withdrawal.unwrap();
    assert_eq!((sold.reason, sold.region, sold.date), (reason, "75".parse().ok(), NOW.date()));
    assert_eq!(seen.state(6).unwrap().block.unwrap().reason, BlockReason::Recalled);
    assert_eq!(seen.state(7).unwrap().block, None);
    assert_eq!(seen.state(100), None);
}

#[test]
fn a_report_comes_once() {
    let world = World::new();
    let report = Report {
        kind: ViolationKind::Forged,
        note: "Екі рет".into(),
        code: None,
        verdict: None,
        at: NOW,
        place: None,
        language: "kk".into(),
    };
    let new = |byte, received| NewReport {
        id: ReportId([byte; 16]),
        received: Timestamp(received),
        report: report.clone(),
        photo: vec![0xff, 0xd8, byte],
    };
    assert_eq!(world.store.put_report(new(1, 100)).unwrap(), (Timestamp(100), true));
    assert_eq!(world.store.put_report(new(1, 200)).unwrap(), (Timestamp(100), false));
    assert_eq!(world.store.put_report(new(2, 300)).unwrap(), (Timestamp(300), true));
    let list = world.store.reports(None, 10).unwrap();
    assert_eq!(list.iter().map(|report| report.received.0).collect::<Vec<_>>(), [300, 100]);
    let next = world.store.reports(Some(list[0].ticket), 10).unwrap();
    assert_eq!(next.iter().map(|report| report.received.0).collect::<Vec<_>>(), [100]);
    let ticket = ReportId([1; 16]).ticket();
    assert_eq!(world.store.report(ticket).unwrap().unwrap().report, report);
    assert_eq!(world.store.report_photo(ticket).unwrap(), Some(vec![0xff, 0xd8, 1]));
    assert_eq!(world.store.report(ReportId([9; 16]).ticket()).unwrap(), None);
}

#[test]
fn a_damaged_block_is_told_and_nothing_is_decided_on_it() {
    let mut world = World::new();
    world.order(GTINS[0], 10);
    world.send(world.producer, Document::Apply { units: vec![range(GTINS[0], 0, 5)] }).unwrap();
    let raw = rusqlite::Connection::open(world.folder.path().join("book.sqlite")).unwrap();
    raw.execute("UPDATE block SET runs = CAST(x'01' || substr(runs, 2, 1) || x'ff' || substr(runs, 4) AS BLOB)", [])
        .unwrap();
    assert!(matches!(world.store.unit(gtin(GTINS[0]), 0), Err(StoreError::Corrupt { .. })));
    let apply = Document::Apply { units: vec![range(GTINS[0], 7, 1)] };
    let refused = world.send(world.producer, apply);
    assert!(matches!(refused, Err(SubmitError::Store(StoreError::Corrupt { .. }))));
}
