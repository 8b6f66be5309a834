//! The engine over SQLite: what is answered does not depend on what has been folded, nor on a restart between.

#![cfg(test)]

use backend_ledger::{Asked, Party, Plan};
use backend_store::{ApiKeyHash, Idempotency, Response, Settings, Store, Submission, SubmitError};
use shared::date::Timestamp;
use shared::document::{Document, Items, Packing};
use shared::group::ProductGroup;
use shared::gs1::Gtin;
use shared::party::Role;
use shared::product::{Facts, Names, Paper, Product};
use shared::refusal::RefusalCode;
use shared::seal::Profile;
use shared::series::{PackageId, PackageLevel, Range, SeriesId};
use shared::state::{Status, WithdrawalReason};
use std::path::Path;

const NOW: Timestamp = Timestamp(1_790_000_000_000);
const SHOES: &str = "04870001234560";

struct World {
    folder: tempfile::TempDir,
    store: Option<Store>,
    settings: Settings,
    requests: u64,
}

impl World {
    fn new(settings: Settings) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Some(open(folder.path(), settings));
        Self { folder, store, settings, requests: 0 }
    }

    fn store(&self) -> &Store {
        self.store.as_ref().unwrap()
    }

    fn restart(&mut self) {
        self.store = None;
        self.store = Some(open(self.folder.path(), self.settings));
    }

    fn party(&self, role: Role) -> Party {
        self.store().put_party(role.as_str(), role, ApiKeyHash::of(role.as_str())).unwrap().party
    }

    fn send(&mut self, by: Party, document: Document) -> Result<u64, RefusalCode> {
        self.requests += 1;
        let idempotency = Idempotency::of(format!("r{}", self.requests), "/", b"");
        self.send_as(by, document, idempotency)
    }

    fn send_as(&self, by: Party, document: Document, idempotency: Idempotency) -> Result<u64, RefusalCode> {
        let plan =
            Plan::new(Asked { document, places: Vec::new(), by, at: NOW, partial: false }).map_err(|r| r.code)?;
        let key = Some("F001".parse().unwrap());
        let submission = Submission { plan, idempotency, body: "{}".into(), key };
        let result = self
            .store()
            .submit(submission, |applied| Ok(Response { status: 201, body: applied.document.0.to_string() }));
        match result {
            Ok(receipt) => Ok(receipt.response.body.trim_matches(|c: char| !c.is_ascii_digit()).parse().unwrap()),
            Err(SubmitError::Refused(refusals)) => Err(refusals[0].code),
            Err(SubmitError::Store(error)) => panic!("{error:?}"),
        }
    }
}

fn open(folder: &Path, settings: Settings) -> Store {
    Store::open_with(&folder.join("ledger.sqlite"), settings).unwrap()
}

fn gtin() -> Gtin {
    SHOES.parse().unwrap()
}

fn product() -> Product {
    Product {
        gtin: gtin(),
        group: ProductGroup::Footwear,
        name: Names { kk: "Бәтеңке".into(), ru: "Ботинки".into(), en: None },
        manufacturer: "Maker".into(),
        importer: None,
        country: "KZ".into(),
    }
}

fn facts() -> Facts {
    let paper = |number: &str| Paper { number: number.into(), date: NOW.date() };
    Facts {
        place: "Almaty".into(),
        produced: NOW.date(),
        expires: None,
        conformity: paper("C-1"),
        test: paper("T-1"),
        customs: None,
        price_tiyn: 100_000,
    }
}

/// So many units of one product in circulation, with who made them and who sells them.
fn introduced(settings: Settings, count: u64) -> (World, Party, Party, SeriesId) {
    let mut world = World::new(settings);
    let (producer, seller) = (world.party(Role::Producer), world.party(Role::Seller));
    world.send(producer, Document::RegisterProduct(product())).unwrap();
    let order = Document::OrderCodes { gtin: gtin(), quantity: count, profile: Profile::Signed };
    world.send(producer, order).unwrap();
    let series = world.store().series(gtin()).unwrap().unwrap().id;
    let all = vec![Range { series, first: 0, count }];
    world.send(producer, Document::Apply { units: all.clone() }).unwrap();
    world.send(producer, Document::Introduce { units: all, facts: facts() }).unwrap();
    (world, producer, seller, series)
}

/// The same story with a step of upkeep after every document.
fn story(settings: Settings, upkeep: impl Fn(&mut World)) -> Vec<String> {
    let mut world = World::new(settings);
    let (producer, seller) = (world.party(Role::Producer), world.party(Role::Seller));
    let mut log = Vec::new();
    let mut step = |world: &mut World, by, document| {
        let result = world.send(by, document);
        upkeep(world);
        log.push(format!("{result:?}"));
        result
    };
    step(&mut world, producer, Document::RegisterProduct(product())).unwrap();
    let order = Document::OrderCodes { gtin: gtin(), quantity: 10_000, profile: Profile::Signed };
    step(&mut world, producer, order).unwrap();
    let series = world.store().series(gtin()).unwrap().unwrap().id;
    let range = |first, count| Range { series, first, count };
    let items = |units: Vec<Range>, packages: Vec<PackageId>| Items { units, packages };
    step(&mut world, producer, Document::Apply { units: vec![range(0, 9_000)] }).unwrap();
    step(&mut world, producer, Document::Introduce { units: vec![range(0, 8_000)], facts: facts() }).unwrap();
    assert_eq!(
        step(&mut world, producer, Document::Introduce { units: vec![range(100, 1)], facts: facts() }),
        Err(RefusalCode::AlreadyIntroduced)
    );
    let package = |number: u64| PackageId::new(4_870_001_230_000_000 + number).unwrap();
    let packing = |number: u64| Packing {
        package: package(number),
        level: PackageLevel::Group,
        contents: items(vec![range(4_000 + number * 20, 20)], vec![]),
    };
    step(&mut world, producer, Document::Aggregate { packages: (0..10).map(packing).collect() }).unwrap();
    let pallet = Packing {
        package: package(100),
        level: PackageLevel::Pallet,
        contents: items(vec![], (0..5).map(package).collect()),
    };
    step(&mut world, producer, Document::Aggregate { packages: vec![pallet] }).unwrap();
    let sale = |number| Document::Withdraw {
        items: items(vec![range(number, 1)], vec![]),
        reason: WithdrawalReason::RetailSale,
        region: None,
    };
    for number in [0, 17, 4_095, 4_096, 7_999, 4_003] {
        step(&mut world, seller, sale(number)).ok();
    }
    step(&mut world, seller, sale(17)).unwrap_err();
    step(&mut world, seller, sale(8_500)).unwrap_err();
    step(&mut world, producer, Document::Return { units: vec![range(17, 1)] }).ok();
    for number in [0, 17, 4_003, 4_095, 4_096, 4_200, 8_999, 9_000, 9_999] {
        log.push(format!("{number}: {:?}", world.store().unit(gtin(), number).unwrap()));
        log.push(format!("{:?}", world.store().history(series, number).unwrap()));
    }
    log.push(format!("{:?}", world.store().unit(gtin(), 10_000).unwrap()));
    for number in [0, 4, 9, 100, 101] {
        log.push(format!("{:?}", world.store().package(package(number)).unwrap()));
        log.push(format!("{:?}", world.store().package_history(package(number)).unwrap()));
    }
    let counts = world.store().counts(gtin()).unwrap().unwrap();
    assert_eq!(counts.issued, counts.by_status.iter().sum::<u64>());
    assert_eq!(counts.of(Status::Emitted), 1_000);
    log.push(format!("{counts:?}"));
    log.push(format!("{:?}", world.store().projection(gtin(), 0, NOW).unwrap()));
    log.push(format!("{:?}", world.store().projection(gtin(), 1, NOW).unwrap()));
    log
}

#[test]
fn answers_do_not_depend_on_folds_nor_on_restarts() {
    let settings = Settings::default();
    let plain = story(settings, |_| {});
    let folded = story(settings, |world| world.store().fold().unwrap());
    let restarted = story(settings, World::restart);
    let both = story(settings, |world| {
        world.store().fold().unwrap();
        world.restart();
    });
    let parts = story(Settings { parts: 16, ..settings }, World::restart);
    for (at, line) in plain.iter().enumerate() {
        assert_eq!(&folded[at], line, "folded");
        assert_eq!(&restarted[at], line, "restarted");
        assert_eq!(&both[at], line, "folded and restarted");
        assert_eq!(&parts[at], line, "16 parts");
    }
}

#[test]
fn of_many_who_sell_one_unit_one_does() {
    let (world, _, seller, series) = introduced(Settings { fold_at: 50, ..Settings::default() }, 300);
    let world = &world;
    let sold: u64 = std::thread::scope(|scope| {
        let tills: Vec<_> = (0..4_u64)
            .map(|till| {
                scope.spawn(move || {
                    let sell = |number: u64| {
                        let units = vec![Range::one(series, number)];
                        let document = Document::Withdraw {
                            items: Items { units, packages: vec![] },
                            reason: WithdrawalReason::RetailSale,
                            region: None,
                        };
                        let receipt = Idempotency::Counted { sender: till, number: number + 1 };
                        u64::from(world.send_as(seller, document, receipt).is_ok())
                    };
                    (0..300).map(sell).sum::<u64>()
                })
            })
            .collect();
        tills.into_iter().map(|till| till.join().unwrap()).sum()
    });
    assert_eq!(sold, 300);
    assert_eq!(world.store().counts(gtin()).unwrap().unwrap().of(Status::Withdrawn), 300);
}

#[test]
fn a_document_may_touch_more_blocks_than_one_reader_reads() {
    let (mut world, _, seller, series) = introduced(Settings::default(), 400_000);
    world.store().fold().unwrap();
    let sale = |numbers: &[u64]| sale(series, numbers.iter().copied());
    let numbers: Vec<u64> = (0..97).map(|block| block * 4096 + block).collect();
    world.send(seller, sale(&numbers)).unwrap();
    assert_eq!(world.send(seller, sale(&[5, 4096 + 1])), Err(RefusalCode::AlreadyWithdrawn));
    world.store().fold().unwrap();
    // All but one are free: the whole document is refused.
    let mut next: Vec<u64> = numbers.iter().map(|number| number + 1).collect();
    next.push(numbers[96]);
    assert_eq!(world.send(seller, sale(&next)), Err(RefusalCode::AlreadyWithdrawn));
    next.pop();
    world.send(seller, sale(&next)).unwrap();
    assert_eq!(world.store().counts(gtin()).unwrap().unwrap().of(Status::Withdrawn), 194);
}

/// A series of 98 blocks: introduced, a box of five in each, thirty of the boxes on a pallet.
fn stocked(settings: Settings) -> (World, Party, SeriesId, Vec<PackageId>) {
    let (mut world, producer, seller, series) = introduced(settings, 400_000);
    let boxes: Vec<PackageId> =
        (0..98).map(|number| PackageId::new(4_870_001_230_000_000 + number * 5_000).unwrap()).collect();
    let packing = |(package, block): (&PackageId, u64)| Packing {
        package: *package,
        level: PackageLevel::Group,
        contents: Items { units: vec![Range { series, first: block * 4096 + 100, count: 5 }], packages: vec![] },
    };
    world.send(producer, Document::Aggregate { packages: boxes.iter().zip(0..).map(packing).collect() }).unwrap();
    let pallet = Packing {
        package: PackageId::new(4_870_001_239_999_999).unwrap(),
        level: PackageLevel::Pallet,
        contents: Items { units: vec![], packages: boxes[..30].to_vec() },
    };
    world.send(producer, Document::Aggregate { packages: vec![pallet] }).unwrap();
    (world, seller, series, boxes)
}

fn sale(series: SeriesId, numbers: impl Iterator<Item = u64>) -> Document {
    Document::Withdraw {
        items: Items { units: numbers.map(|number| Range::one(series, number)).collect(), packages: vec![] },
        reason: WithdrawalReason::RetailSale,
        region: None,
    }
}

#[test]
fn a_page_says_of_each_unit_what_is_said_of_it_alone() {
    let (mut world, seller, series, boxes) = stocked(Settings::default());
    world.send(seller, sale(series, (0..98).map(|block| block * 4096 + block))).unwrap();
    // In no order, some twice, and one that was never issued.
    let page: Vec<u64> = (0..98).rev().flat_map(|block| [0, 100, block, 104].map(|at| block * 4096 + at)).collect();
    let page: Vec<u64> = page.into_iter().chain([400_000]).collect();
    let alone = |number: &u64| format!("{:?}", world.store().unit(gtin(), *number).unwrap());
    let before: Vec<String> = page.iter().map(alone).collect();
    assert!(before.iter().any(|unit| unit.contains("outermost: Some(PackageId(487000123999999")), "{before:?}");
    let places: Vec<(SeriesId, u64)> = page.iter().map(|number| (series, *number)).collect();
    for _ in 0..2 {
        let units = world.store().units(&places).unwrap();
        for ((number, alone), unit) in page.iter().zip(&before).zip(units) {
            assert_eq!(&format!("{unit:?}"), alone, "{number}");
        }
        world.store().fold().unwrap();
    }
    let outer: Vec<_> = boxes.iter().map(|id| format!("{:?}", world.store().package(*id).unwrap())).collect();
    assert_eq!(outer.iter().filter(|text| text.contains("outermost: Some")).count(), 30);
}

/// Each document sells a unit in every block: whoever reads a page sees all of it or nothing, whatever is folded meanwhile.
#[test]
fn a_page_is_of_one_moment() {
    let (world, seller, series, _) = stocked(Settings { fold_at: 300, ..Settings::default() });
    let (world, done) = (&world, &std::sync::atomic::AtomicBool::new(false));
    std::thread::scope(|scope| {
        let reader = move |first: u64| {
            let places: Vec<_> =
                (0..98).flat_map(|block| (0..8).map(move |at| (series, block * 4096 + first + at))).collect();
            let mut most = 0;
            while !done.load(std::sync::atomic::Ordering::Relaxed) || most == 0 {
                let mut sold = [0; 8];
                for (at, unit) in world.store().units(&places).unwrap().iter().enumerate() {
                    let status = unit.as_ref().unwrap().state.status;
                    sold[at % 8] += usize::from(status == Status::Withdrawn);
                }
                assert!(sold.iter().all(|count| [0, 98].contains(count)), "{sold:?}");
                let whole = sold.iter().filter(|count| **count == 98).count();
                assert!(whole >= most, "what was sold is seen by all who read later");
                most = whole;
            }
        };
        let readers = [scope.spawn(move || reader(0)), scope.spawn(move || reader(20))];
        for number in 0..40 {
            let receipt = Idempotency::Counted { sender: 1, number: number + 1 };
            world.send_as(seller, sale(series, (0..98).map(|block| block * 4096 + number)), receipt).unwrap();
        }
        done.store(true, std::sync::atomic::Ordering::Relaxed);
        readers.into_iter().for_each(|reader| reader.join().unwrap());
    });
}
