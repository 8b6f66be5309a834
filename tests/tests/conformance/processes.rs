//! Two processes at one PostgreSQL: each decides again when the other was first, and each sees what the other wrote.

use super::concurrency::{THREADS, ordered_without_gaps, refusal, sale, send, shuffled};
use backend_store::{Raw, Settings, Store, SubmitError};
use shared::document::Document;
use shared::group::ProductGroup;
use shared::refusal::RefusalCode;
use shared::seal::Profile;
use shared::state::{DocumentNo, Status};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use tests::ledger::cards::{domestic, gtin, package, packing, range, units};
use tests::ledger::compare;
use tests::ledger::life;
use tests::ledger::variant::{Base, Folding, Variant, clean};
use tests::ledger::world::{Parties, World};
use tests::postgres::Cluster;

fn variants() -> [Variant; 3] {
    let plain = Variant::plain(Base::Postgres);
    [plain, Variant { parts: 16, ..plain }, Variant { folding: Folding::At(3), parts: 4, ..plain }]
}

/// A second process, in effect: nothing is shared but the database.
fn second(world: &World) -> Store {
    world.home().open(world.variant.settings()).unwrap()
}

#[test]
fn each_sees_what_the_other_wrote() {
    for variant in variants() {
        let mut world = World::new(variant);
        let other = second(&world);
        // The first writes, the second reads, document by document.
        for item in 1..4 {
            let producer = world.parties.producer;
            life::introduced(&mut world, producer, item, 50);
            compare::all(&other, &world.model, "the second");
            other.fold().unwrap();
            compare::all(&other, &world.model, "the second, folded");
            world.check();
        }
        drop(other);
        world.reopen();
        world.check();
    }
}

#[test]
fn they_answer_each_other() {
    for variant in variants() {
        let mut world = World::new(variant);
        let producer = world.parties.producer;
        let all = life::introduced(&mut world, producer, 1, 5_000);
        let (first, other) = (world.store(), second(&world));
        let seller = world.parties.seller;
        // Turn by turn: what one forms the other opens, and what one ships the other accepts.
        let mut last = world.model.last().0;
        for round in 0..10 {
            let (one, two) = if round % 2 == 0 { (first, &other) } else { (&other, first) };
            let of = |from: u64| range(all.series, 400 * round + from, 5);
            let id = package(487_000_900, round);
            let level = shared::series::PackageLevel::Group;
            let form = Document::Aggregate { packages: vec![packing(id, level, units(&[of(0)]))] };
            let ship = Document::Ship { items: tests::ledger::cards::packages(&[id]), to: seller.id };
            let accept = |shipment| Document::Accept { shipment: DocumentNo(shipment), differing: vec![] };
            let take_out = Document::TakeOut { package: id, items: units(&[range(all.series, 400 * round, 2)]) };
            let steps = [
                (one, producer, form),
                (two, producer, ship),
                (one, seller, accept(last + 2)),
                (two, seller, take_out),
                (one, seller, sale(&[range(all.series, 400 * round + 2, 1)])),
            ];
            for (at, (store, by, document)) in steps.into_iter().enumerate() {
                let key = format!("turn-{round}-{at}");
                assert_eq!(refusal(send(store, by, document, &key), &key), None, "{variant}: {key}");
                last += 1;
            }
            if round == 4 {
                other.fold().unwrap();
            }
            for store in [first, &other] {
                let held = store.package(id).unwrap().unwrap();
                assert_eq!((held.unit.owner, held.contents.units.len()), (seller.id, 1), "{variant}: {held:?}");
                assert_eq!(held.contents.units[0].count, 2, "{variant}");
                assert_eq!(store.last_document().unwrap(), DocumentNo(last), "{variant}");
            }
        }
    }
}

#[test]
fn each_unit_is_sold_once_by_either() {
    for variant in variants() {
        let mut world = World::new(variant);
        let producer = world.parties.producer;
        let all = life::introduced(&mut world, producer, 1, 100);
        let seller = world.parties.seller;
        let stores = [world.store().clone(), second(&world)];
        let won = AtomicU64::new(0);
        thread::scope(|scope| {
            for thread in 0..THREADS {
                let (store, won) = (&stores[thread as usize % 2], &won);
                scope.spawn(move || {
                    for number in shuffled(60, thread) {
                        let key = format!("sale-{thread}-{number}");
                        match refusal(send(store, seller, sale(&[range(all.series, number, 1)]), &key), &key) {
                            None => won.fetch_add(1, Ordering::SeqCst),
                            Some(RefusalCode::AlreadyWithdrawn) => 0,
                            Some(other) => panic!("{variant}: {key}: {other:?}"),
                        };
                    }
                });
            }
        });
        assert_eq!(won.load(Ordering::SeqCst), 60, "{variant}");
        for store in &stores {
            let counts = store.counts(gtin(1)).unwrap().unwrap();
            assert_eq!((counts.of(Status::Withdrawn), counts.of(Status::InCirculation)), (60, 40), "{variant}");
            for number in 0..60 {
                assert_eq!(store.history(all.series, number).unwrap().unwrap().entries.len(), 3, "{variant}: {number}");
            }
            assert_eq!(store.last_document().unwrap().0, world.model.last().0 + 60, "{variant}");
        }
    }
}

#[test]
fn orders_of_both_get_numbers_of_their_own() {
    for variant in variants() {
        let mut world = World::new(variant);
        let producer = world.parties.producer;
        life::ordered(&mut world, producer, 1, 1);
        let stores = [world.store().clone(), second(&world)];
        thread::scope(|scope| {
            for thread in 0..THREADS {
                let store = &stores[thread as usize % 2];
                scope.spawn(move || {
                    for order in 0..20 {
                        // Readers at the same time fill the caches that orders are decided from.
                        let before = store.series(gtin(1)).unwrap().unwrap().issued;
                        let quantity = 1 + (thread * 7 + order * 13) % 50;
                        let document = Document::OrderCodes { gtin: gtin(1), quantity, profile: Profile::Short };
                        let key = format!("order-{thread}-{order}");
                        assert_eq!(refusal(send(store, producer, document, &key), &key), None, "{variant}");
                        let after = store.series(gtin(1)).unwrap().unwrap().issued;
                        assert!(after >= before + quantity, "{variant}: {before} + {quantity} > {after}");
                    }
                });
            }
        });
        for store in &stores {
            ordered_without_gaps(store, world.model.last(), &variant.to_string());
        }
    }
}

/// The same request at both at once is one document.
#[test]
fn a_request_sent_to_both_is_one_document() {
    for variant in variants() {
        let mut world = World::new(variant);
        let producer = world.parties.producer;
        let all = life::introduced(&mut world, producer, 1, 60);
        let seller = world.parties.seller;
        let stores = [world.store().clone(), second(&world)];
        for number in 0..15 {
            let told: Vec<_> = thread::scope(|scope| {
                let sent: Vec<_> = stores
                    .iter()
                    .map(|store| {
                        let document = sale(&[range(all.series, number, 1)]);
                        scope.spawn(move || send(store, seller, document, &format!("same-{number}")).unwrap())
                    })
                    .collect();
                sent.into_iter().map(|one| one.join().unwrap()).collect()
            });
            assert_eq!(told[0].response, told[1].response, "{variant}");
            assert_ne!(told[0].replayed, told[1].replayed, "{variant}: {told:?}");
        }
        let last = world.model.last().0 + 15;
        assert!(
            stores
                .iter()
                .all(|store| store.units(&[(all.series, 0)]).is_ok() && store.last_document().unwrap().0 == last)
        );
    }
}

/// A server that ends in the midst of writing, and is there again: what was acknowledged is there, the store goes on by
/// itself, and a request that was under way is one document.
#[test]
fn a_server_that_fails_comes_back() {
    let cluster = Cluster::start();
    let url = cluster.database("failing");
    let settings = Settings { fold_at: 10, parts: 2 };
    let store = Store::postgres(&url, settings).unwrap();
    let parties = Parties::of(&store);
    let gtin = gtin(1);
    let card = domestic(1, ProductGroup::Footwear);
    send(&store, parties.producer, Document::RegisterProduct(card), "card").unwrap();
    let order = |key: &str| {
        send(&store, parties.producer, Document::OrderCodes { gtin, quantity: 7, profile: Profile::Mac }, key)
    };
    let (acknowledged, over) = (Mutex::new(Vec::new()), AtomicBool::new(false));
    let refused = AtomicU64::new(0);
    thread::scope(|scope| {
        for writer in 0..3 {
            let (order, acknowledged, over, refused) = (&order, &acknowledged, &over, &refused);
            scope.spawn(move || {
                for number in 0.. {
                    let key = format!("order-{writer}-{number}");
                    match order(&key) {
                        Ok(receipt) => acknowledged.lock().unwrap().push((key, receipt.response)),
                        Err(SubmitError::Store(_)) => {
                            refused.fetch_add(1, Ordering::SeqCst);
                            // The same again, until the server is back.
                            let again = (0..100).find_map(|_| order(&key).ok());
                            let receipt = again.unwrap_or_else(|| panic!("{key}: the store does not come back"));
                            acknowledged.lock().unwrap().push((key, receipt.response));
                        }
                        Err(error) => panic!("{key}: {error:?}"),
                    }
                    if over.load(Ordering::SeqCst) {
                        break;
                    }
                }
            });
        }
        let count = || acknowledged.lock().unwrap().len();
        for round in 1..=3 {
            let before = count();
            while count() < before + 20 * round {
                thread::yield_now();
            }
            cluster.crash();
            cluster.revive();
        }
        let before = count();
        while count() < before + 20 {
            thread::yield_now();
        }
        over.store(true, Ordering::SeqCst);
    });
    let acknowledged = acknowledged.into_inner().unwrap();
    eprintln!("{} orders, {} told that the server is gone", acknowledged.len(), refused.into_inner());
    let check = |store: &Store| {
        assert_eq!(store.last_document().unwrap().0, acknowledged.len() as u64 + 1, "an order is lost or stands twice");
        assert_eq!(store.series(gtin).unwrap().unwrap().issued, 7 * acknowledged.len() as u64);
    };
    check(&store);
    for (key, response) in &acknowledged {
        let again = order(key).unwrap();
        assert!(again.replayed && again.response == *response, "{key}: {again:?}");
    }
    check(&Store::postgres(&url, settings).unwrap());
    drop(store);
    clean(&mut Raw::postgres(&url).unwrap(), "after three failures of the server");
}
