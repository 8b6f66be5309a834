//! Many at once at one store: no update is lost, no document is seen half.

use backend_ledger::Party;
use backend_store::{Idempotency, Receipt, Store, SubmitError};
use shared::document::Document;
use shared::refusal::RefusalCode;
use shared::seal::Profile;
use shared::series::{Range, SeriesId};
use shared::state::{BlockReason, DocumentNo, Status, WithdrawalReason};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use tests::ledger::cards::{gtin, range, units};
use tests::ledger::life;
use tests::ledger::variant::{Base, Folding, Variant};
use tests::ledger::world::{Letter, NOW, World, plan, submit};

/// Threads that send at once.
pub(crate) const THREADS: u64 = 8;

pub(crate) fn variants() -> Vec<Variant> {
    let of = |base| {
        let plain = Variant::plain(base);
        [plain, Variant { folding: Folding::At(1), parts: 4, ..plain }]
    };
    [Base::Sqlite, Base::Postgres].into_iter().flat_map(of).collect()
}

/// Sends a document under a key to a store, without a model.
pub(crate) fn send(store: &Store, by: Party, document: Document, key: &str) -> Result<Receipt, SubmitError> {
    let letter = Letter { by, document, partial: false, idempotency: None };
    submit(store, plan(&letter, NOW)?, Idempotency::of(key.to_owned(), "/route", b"{}"), "{}")
}

pub(crate) fn sale(units: &[Range]) -> Document {
    let reason = WithdrawalReason::RetailSale;
    Document::Withdraw { items: tests::ledger::cards::units(units), reason, region: None }
}

/// The reason of a refusal; fails on anything else that is not a success.
pub(crate) fn refusal(outcome: Result<Receipt, SubmitError>, place: &str) -> Option<RefusalCode> {
    match outcome {
        Ok(_) => None,
        Err(SubmitError::Refused(refusals)) => Some(refusals[0].code),
        Err(SubmitError::Store(error)) => panic!("{place}: {error:?}"),
    }
}

/// Numbers 0 up to `count` in an order of the thread's own.
pub(crate) fn shuffled(count: u64, thread: u64) -> impl Iterator<Item = u64> {
    // A step without a common divisor goes through all.
    let step = [1, 7, 11, 13, 17, 19, 23, 29][thread as usize % 8];
    (0..count).map(move |number| (number * step + thread * 31) % count)
}

#[test]
fn each_unit_is_sold_once() {
    for variant in variants() {
        let mut world = World::new(variant);
        let producer = world.parties.producer;
        let all = life::introduced(&mut world, producer, 1, 120);
        let (store, seller) = (world.store(), world.parties.seller);
        let won = AtomicU64::new(0);
        thread::scope(|scope| {
            for thread in 0..THREADS {
                let won = &won;
                scope.spawn(move || {
                    for number in shuffled(100, thread) {
                        let key = format!("sale-{thread}-{number}");
                        let told = send(store, seller, sale(&[range(all.series, number, 1)]), &key);
                        match refusal(told, &key) {
                            None => won.fetch_add(1, Ordering::SeqCst),
                            Some(RefusalCode::AlreadyWithdrawn) => 0,
                            Some(other) => panic!("{variant}: {key}: {other:?}"),
                        };
                    }
                });
            }
        });
        assert_eq!(won.load(Ordering::SeqCst), 100, "{variant}");
        let counts = store.counts(gtin(1)).unwrap().unwrap();
        assert_eq!((counts.of(Status::Withdrawn), counts.of(Status::InCirculation)), (100, 20), "{variant}");
        assert_eq!(counts.by_status.iter().sum::<u64>(), counts.issued, "{variant}");
        for number in 0..100 {
            let history = store.history(all.series, number).unwrap().unwrap();
            assert_eq!(history.entries.len(), 3, "{variant}: unit {number}: {history:?}");
        }
        assert_eq!(store.last_document().unwrap().0, world.model.last().0 + 100, "{variant}: numbers of documents");
    }
}

#[test]
fn orders_get_numbers_of_their_own() {
    for variant in variants() {
        let mut world = World::new(variant);
        let producer = world.parties.producer;
        life::ordered(&mut world, producer, 1, 1);
        let store = world.store();
        thread::scope(|scope| {
            for thread in 0..THREADS {
                scope.spawn(move || {
                    for order in 0..20 {
                        let quantity = 1 + (thread * 7 + order * 13) % 50;
                        let document = Document::OrderCodes { gtin: gtin(1), quantity, profile: Profile::Short };
                        let key = format!("order-{thread}-{order}");
                        assert_eq!(refusal(send(store, producer, document, &key), &key), None, "{variant}");
                    }
                });
            }
        });
        ordered_without_gaps(store, world.model.last(), &variant.to_string());
    }
}

/// Orders beginning with the first document follow one on the other, and every document is there.
pub(crate) fn ordered_without_gaps(store: &Store, model: DocumentNo, place: &str) {
    let (mut next, mut documents) = (0, 0);
    for number in (1..=store.last_document().unwrap().0).map(DocumentNo) {
        assert!(store.document(number).unwrap().is_some(), "{place}: document {} is missing", number.0);
        if let Some(order) = store.order(number).unwrap() {
            assert_eq!(order.range.first, next, "{place}: order {}", number.0);
            next = order.range.end();
            documents += 1;
        }
    }
    assert_eq!(documents, THREADS * 20 + 1, "{place}");
    assert_eq!(store.last_document().unwrap().0, model.0 + THREADS * 20, "{place}");
    assert_eq!(store.series(gtin(1)).unwrap().unwrap().issued, next, "{place}");
}

#[test]
fn a_request_sent_many_times_is_one_document() {
    for variant in variants() {
        let mut world = World::new(variant);
        let producer = world.parties.producer;
        let all = life::introduced(&mut world, producer, 1, 60);
        let (store, seller) = (world.store(), world.parties.seller);
        for number in 0..15 {
            let bodies: BTreeSet<(String, bool)> = thread::scope(|scope| {
                let sent: Vec<_> = (0..THREADS)
                    .map(|_| {
                        scope.spawn(move || {
                            let document = sale(&[range(all.series, number, 1)]);
                            let told = send(store, seller, document, &format!("same-{number}")).unwrap();
                            (told.response.body, told.replayed)
                        })
                    })
                    .collect();
                sent.into_iter().map(|one| one.join().unwrap()).collect()
            });
            let first: Vec<_> = bodies.iter().filter(|(_, replayed)| !replayed).collect();
            assert_eq!(first.len(), 1, "{variant}: {bodies:?}");
            assert!(bodies.iter().all(|(body, _)| *body == first[0].0), "{variant}: {bodies:?}");
        }
        assert_eq!(store.last_document().unwrap().0, world.model.last().0 + 15, "{variant}");
        // Another request under the same key is refused.
        let letter =
            Letter { by: seller, document: sale(&[range(all.series, 30, 1)]), partial: false, idempotency: None };
        let other = Idempotency::of("same-3".into(), "/route", b"another body");
        let told = submit(store, plan(&letter, NOW).unwrap(), other, "{}");
        assert_eq!(refusal(told, "another body"), Some(RefusalCode::IdempotencyKeyReused), "{variant}");
    }
}

/// While documents speak of units in three blocks at once, and blocks are folded all the while, whoever reads sees all of
/// a document or nothing of it, and all once its sender was told.
#[test]
fn nobody_sees_half_a_document() {
    for base in [Base::Sqlite, Base::Postgres] {
        for fold_at in [1, 1_000] {
            let variant = Variant { folding: Folding::At(fold_at), parts: 2, ..Variant::plain(base) };
            let mut world = World::new(variant);
            let producer = world.parties.producer;
            let all = life::introduced(&mut world, producer, 1, 3 * 4_096);
            let other = life::introduced(&mut world, producer, 2, 5);
            let (store, inspector) = (world.store(), world.parties.inspector);
            let over = AtomicBool::new(false);
            thread::scope(|scope| {
                for _ in 0..2 {
                    scope.spawn(|| {
                        while !over.load(Ordering::SeqCst) {
                            see_whole(store, all.series, other.series, variant);
                        }
                    });
                }
                let writer = scope.spawn(|| {
                    for round in 0..150 {
                        let ranges: Vec<Range> = (0..3).map(|block| range(all.series, block * 4_096 + 5, 3)).collect();
                        let items = units(&[&ranges[..], &[range(other.series, 2, 1)]].concat());
                        let document = match round % 2 {
                            0 => Document::Block { items, reason: BlockReason::Unsafe },
                            _ => Document::Unblock { items },
                        };
                        let key = format!("round-{round}");
                        assert_eq!(refusal(send(store, inspector, document, &key), &key), None, "{variant}");
                        // Whoever was told sees it, whatever others read at that moment.
                        let seen = store.units(&[(all.series, 5)]).unwrap()[0].unwrap();
                        assert_eq!(seen.state.blocked.is_some(), round % 2 == 0, "{variant}: {key}");
                    }
                });
                // Told also if the writer fails.
                let written = writer.join();
                over.store(true, Ordering::SeqCst);
                written.unwrap();
            });
        }
    }
}

fn see_whole(store: &Store, series: SeriesId, other: SeriesId, variant: Variant) {
    let units = [(series, 5), (series, 4_096 + 6), (series, 2 * 4_096 + 7), (other, 2)];
    let seen = store.units(&units).unwrap();
    let blocked: BTreeSet<_> = seen
        .iter()
        .map(|unit| unit.unwrap().state.blocked)
        .collect::<Vec<_>>()
        .iter()
        .map(|blocked| blocked.map(|(document, _)| document))
        .collect();
    assert_eq!(blocked.len(), 1, "{variant}: half a document: {blocked:?}");
    let counts = store.counts_of(series).unwrap().unwrap();
    assert!(counts.blocked == 0 || counts.blocked == 9, "{variant}: half a document: {counts:?}");
    let history = store.history(series, 4_101).unwrap().unwrap();
    let documents: Vec<_> = history.entries.iter().map(|entry| entry.event.document).collect();
    assert!(documents.is_sorted_by(|one, next| one < next), "{variant}: {documents:?}");
}
