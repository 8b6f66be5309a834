//! Random documents: whatever is sent, what must hold holds.

use crate::support::*;
use backend_ledger::{Book, Named, Party, may_be_partial, named};
use proptest::prelude::*;
use shared::document::{Differing, Discrepancy, Document, Items, Range};
use shared::party::PartyId;
use shared::product::Facts;
use shared::series::{PACKAGE_DEPTH, PackageId, PackageLevel, SeriesKind};
use shared::state::{BlockReason, DocumentNo, Status, UnitState, WithdrawalReason};
use std::collections::BTreeMap;

/// Units of the play.
const UNITS: u64 = 24;
/// Packages of the play.
const PACKAGES: u64 = 9;

fn range() -> impl Strategy<Value = Range> {
    (0..UNITS, 1_u64..6).prop_map(|(first, count)| shoes(first, count))
}

fn ranges() -> impl Strategy<Value = Vec<Range>> {
    proptest::collection::vec(range(), 1..3)
}

fn items() -> impl Strategy<Value = Items> {
    prop_oneof![
        3 => ranges().prop_map(units),
        2 => proptest::collection::btree_set(1..=PACKAGES, 1..3).prop_map(packages),
        1 => (range(), 1..=PACKAGES).prop_map(|(range, n)| Items { units: vec![range], packages: vec![package(n)] }),
    ]
}

fn reason() -> impl Strategy<Value = WithdrawalReason> {
    proptest::sample::select(WithdrawalReason::ALL)
}

fn document() -> impl Strategy<Value = Document> {
    let dated = Facts { expires: Some(date("2027-01-01")), ..facts() };
    let level = proptest::sample::select(PackageLevel::ALL);
    let how = proptest::sample::select(Discrepancy::ALL);
    let to = prop_oneof![Just(MAKER.id), Just(SELLER.id), Just(OTHER_SELLER.id)];
    prop_oneof![
        3 => ranges().prop_map(|units| Document::Apply { units }),
        3 => ranges().prop_map(move |units| Document::Introduce { units, facts: dated.clone() }),
        2 => (items(), reason()).prop_map(|(items, reason)| withdraw(items, reason)),
        1 => ranges().prop_map(|units| Document::Return { units }),
        1 => range().prop_map(|range| Document::Annul { units: vec![range] }),
        1 => (range(), reason()).prop_map(|(range, reason)| Document::WriteOff { units: vec![range], reason }),
        1 => items().prop_map(|items| Document::Block { items, reason: BlockReason::Unsafe }),
        1 => items().prop_map(|items| Document::Unblock { items }),
        1 => range().prop_map(|range| Document::Recall { units: vec![range] }),
        1 => range().prop_map(|range| Document::LiftRecall { units: vec![range] }),
        1 => (0..UNITS).prop_map(|n| Document::SellInner { unit: shoes(n, 1), count: 1, region: None }),
        1 => (0..UNITS, 0..2 * UNITS).prop_map(|(a, b)| Document::Remark { pairs: vec![(shoes(a, 1), shoes(b, 1))] }),
        5 => (1..=PACKAGES, level, items()).prop_map(|(n, level, items)| Document::Aggregate {
            packages: vec![packing(n, level, items)],
        }),
        1 => (1..=PACKAGES).prop_map(|n| Document::Disaggregate { packages: vec![package(n)] }),
        2 => (1..=PACKAGES, items()).prop_map(|(n, items)| Document::TakeOut { package: package(n), items }),
        2 => (1..=PACKAGES, items()).prop_map(|(n, items)| Document::Add { package: package(n), items }),
        1 => (1..=PACKAGES, items(), items())
            .prop_map(|(n, out, into)| Document::Replace { package: package(n), out, into }),
        3 => (items(), to).prop_map(|(items, to)| Document::Ship { items, to }),
        3 => (1_u64..60, proptest::option::of((items(), how))).prop_map(|(n, differing)| Document::Accept {
            shipment: DocumentNo(n),
            differing: differing.into_iter().map(|(items, how)| Differing { items, how }).collect(),
        }),
        1 => (1_u64..60).prop_map(|n| Document::RefuseShipment { shipment: DocumentNo(n) }),
        1 => (1_u64..60).prop_map(|n| Document::CancelShipment { shipment: DocumentNo(n) }),
        2 => (1_u64..60, range()).prop_map(|(n, range)| Document::Correct { document: DocumentNo(n), units: vec![range] }),
        3 => (1_u64..60, proptest::collection::btree_set(1..=PACKAGES, 1..3)).prop_map(|(n, packages)| {
            Document::CorrectPackages { document: DocumentNo(n), packages: packages.into_iter().map(package).collect() }
        }),
    ]
}

/// Documents fit the book by chance alone too rarely: most of them are aimed at what is there.
fn aimed(book: &mut Memory, document: Document, salt: usize) -> Document {
    let open: Vec<DocumentNo> = book.shipments.iter().filter(|(_, one)| one.open).map(|(number, _)| *number).collect();
    let shipment_of = |number: DocumentNo| pick(&open, salt).unwrap_or(number);
    let formed: Vec<PackageId> = (1..=PACKAGES).map(package).filter(|id| stands(book, *id)).collect();
    if salt.is_multiple_of(4) {
        return document;
    }
    match document {
        Document::Accept { shipment, mut differing } => {
            let shipment = shipment_of(shipment);
            for one in &mut differing {
                let announced = !matches!(one.how, Discrepancy::Overage | Discrepancy::ProductWithoutData);
                let is_in = |unit: &UnitState| unit.transfer == Some(shipment);
                one.items = units(some(book, salt, |book, number| {
                    let unit = book.state(shoes(number, 1));
                    let around = unit.package.and_then(|id| book.package(id).unwrap());
                    announced == (is_in(&unit) || around.is_some_and(|around| is_in(&around)))
                }));
            }
            Document::Accept { shipment, differing }
        }
        Document::RefuseShipment { shipment } => Document::RefuseShipment { shipment: shipment_of(shipment) },
        Document::CancelShipment { shipment } => Document::CancelShipment { shipment: shipment_of(shipment) },
        Document::Correct { .. } => {
            // The latest event of some unit.
            let number = salt as u64 % UNITS;
            let events = book.events.get(&(shoes(0, 1).series, number)).cloned().unwrap_or_default();
            let document = events.last().map_or(DocumentNo(1), |event| event.document);
            Document::Correct { document, units: vec![shoes(number, 1)] }
        }
        Document::CorrectPackages { packages, .. } => {
            // The latest event of some package.
            let packages = pick(&formed, salt).filter(|_| salt.is_multiple_of(2)).map_or(packages, |id| vec![id]);
            let place = book.series_of(SeriesKind::Packages, package(1).prefix()).unwrap();
            let events = place.and_then(|series| book.events.get(&(series, packages[0].number())));
            let document = events.and_then(|events| events.last()).map_or(DocumentNo(1), |event| event.document);
            Document::CorrectPackages { document, packages }
        }
        Document::Return { .. } => Document::Return {
            units: some(book, salt, |book, number| book.state(shoes(number, 1)).status == Status::Withdrawn),
        },
        Document::LiftRecall { .. } => Document::LiftRecall {
            units: some(book, salt, |book, number| book.state(shoes(number, 1)).recalled.is_some()),
        },
        Document::Unblock { .. } if !salt.is_multiple_of(3) => Document::Unblock {
            items: units(some(book, salt, |book, number| book.state(shoes(number, 1)).blocked.is_some())),
        },
        Document::Introduce { facts, .. } => {
            let units = some(book, salt, |book, number| book.state(shoes(number, 1)).status == Status::Applied);
            Document::Introduce { units, facts }
        }
        Document::Aggregate { packages } => {
            let mut packages = packages;
            for packing in &mut packages {
                packing.contents = loose(book, &formed, salt);
            }
            Document::Aggregate { packages }
        }
        Document::Disaggregate { packages } => {
            Document::Disaggregate { packages: pick(&formed, salt).map_or(packages, |id| vec![id]) }
        }
        Document::TakeOut { package, items } => {
            let package = pick(&formed, salt).unwrap_or(package);
            let inside = inside(book, package, salt);
            Document::TakeOut { package, items: if salt.is_multiple_of(5) { items } else { inside } }
        }
        Document::Add { package, .. } => {
            let items = loose(book, &formed, salt);
            Document::Add { package: pick(&formed, salt / 3).unwrap_or(package), items }
        }
        Document::Replace { package, .. } => {
            let package = pick(&formed, salt).unwrap_or(package);
            Document::Replace { package, out: inside(book, package, salt), into: loose(book, &formed, salt) }
        }
        Document::Ship { to, .. } => {
            let packed = pick(&formed, salt).filter(|_| salt.is_multiple_of(3));
            let items =
                packed.map_or_else(|| loose(book, &formed, salt), |id| Items { units: vec![], packages: vec![id] });
            Document::Ship { items, to }
        }
        document => document,
    }
}

fn pick<T: Copy>(from: &[T], salt: usize) -> Option<T> {
    from.get(salt % from.len().max(1)).copied()
}

fn stands(book: &mut Memory, id: PackageId) -> bool {
    book.package(id).unwrap().is_some_and(|state| state.status != Status::Dissolved)
}

/// One or two units of which it holds.
fn some(book: &mut Memory, salt: usize, holds: impl Fn(&mut Memory, u64) -> bool) -> Vec<Range> {
    let which: Vec<u64> = (0..2 * UNITS).filter(|number| holds(book, *number)).collect();
    let first = pick(&which, salt);
    let second = pick(&which, salt / 7).filter(|second| Some(*second) != first);
    first.into_iter().chain(second).map(|number| shoes(number, 1)).collect()
}

/// Goods that are in no package.
fn loose(book: &mut Memory, formed: &[PackageId], salt: usize) -> Items {
    let units = some(book, salt, |book, number| {
        let unit = book.state(shoes(number, 1));
        let is_there = matches!(unit.status, Status::Applied | Status::InCirculation);
        is_there && unit.package.is_none() && unit.blocked.is_none()
    });
    let is_loose = |id: &PackageId| book.package(*id).unwrap().is_some_and(|state| state.package.is_none());
    let packages: Vec<PackageId> = formed.iter().copied().filter(is_loose).collect();
    match pick(&packages, salt).filter(|_| salt.is_multiple_of(2)) {
        Some(id) => Items { units: vec![], packages: vec![id] },
        None => Items { units, packages: vec![] },
    }
}

/// Something that is directly in the package.
fn inside(book: &mut Memory, id: PackageId, salt: usize) -> Items {
    let contents = book.contents(id).unwrap();
    match pick(&contents.units, salt) {
        Some(unit) => units([unit]),
        None => Items { units: vec![], packages: pick(&contents.packages, salt).into_iter().collect() },
    }
}

/// The one who owns what the document names first.
fn owner_of(book: &mut Memory, document: &Document) -> Option<Party> {
    let mut first = None;
    named(document, &mut |one| first = first.or(Some(one)));
    let owner = match first? {
        Named::Units(range) => book.owner(range),
        Named::Opened(id) | Named::Goods(id) => {
            let mut state = book.package(id).unwrap()?;
            while let Some(outer) = state.package {
                state = book.package(outer).unwrap()?;
            }
            state.owner?
        }
    };
    PARTIES.into_iter().find(|party| party.id == owner)
}

fn owners(book: &mut Memory) -> BTreeMap<u64, PartyId> {
    (0..2 * UNITS).map(|number| (number, book.owner(shoes(number, 1)))).collect()
}

fn check(book: &mut Memory) {
    // Units: the sum by status is what was issued, and no unit has a status of packages.
    for number in 0..2 * UNITS {
        let unit = book.state(shoes(number, 1));
        assert!(!matches!(unit.status, Status::Formed | Status::Dissolved), "{unit:?}");
        assert_eq!(
            unit.withdrawn.is_some(),
            matches!(unit.status, Status::Withdrawn | Status::WrittenOff | Status::Annulled)
        );
    }
    let open = |book: &Memory, document| book.shipments.get(&document).is_some_and(|shipment| shipment.open);
    let states: Vec<UnitState> = book.events.values().map(|events| UnitState::of(events)).collect();
    for state in &states {
        assert!(state.transfer.is_none_or(|document| open(book, document)), "under way by an answered shipment");
    }
    for n in 1..=PACKAGES {
        let id = package(n);
        let members = book.members(id);
        assert_eq!(book.folded_contents(id), members, "what documents say is what states say: {n}");
        let Some(state) = book.package(id).unwrap() else { continue };
        assert!(state.status != Status::Dissolved || members.is_empty());
        let mut around = state;
        let mut depth = 1;
        while let Some(outer) = around.package {
            around = book.package(outer).unwrap().unwrap();
            depth += 1;
            assert!(depth <= PACKAGE_DEPTH);
        }
        let mut applied = 0;
        for (series, number) in members {
            let inside = book.state(Range::one(series, number));
            applied += u32::from(inside.status == Status::Applied);
            let is_package = book.series[series.0 as usize].kind == SeriesKind::Packages;
            let circulates = inside.status == Status::InCirculation || is_package && inside.status == Status::Formed;
            if matches!(state.status, Status::Formed | Status::InCirculation) {
                assert!(circulates, "what may be shipped holds what is in circulation: {inside:?} in {state:?}");
                assert!(inside.recalled.is_none());
                assert!(inside.blocked.is_none() || state.blocked.is_some() || around.blocked.is_some(), "{inside:?}");
            }
        }
        assert!(state.status != Status::Applied || applied > 0, "it waits for goods that are in it");
    }
}

proptest! {
    /// `Memory` asserts by itself that each effect passes the state machine and that a refused document leaves no trace.
    #[test]
    fn what_must_hold_holds(
        steps in proptest::collection::vec((document(), any::<bool>(), 0_usize..10_000), 20..80),
    ) {
        let mut book = Memory::new();
        book.circulate(MAKER, shoes(0, UNITS / 2));
        book.ok(MAKER, Document::Apply { units: vec![shoes(UNITS / 2, 4)] });
        for (document, partial, salt) in steps {
            let document = aimed(&mut book, document, salt);
            // Most often somebody who may.
            let owner = owner_of(&mut book, &document).unwrap_or(MAKER);
            let party = |id| PARTIES.into_iter().find(|party| Some(party.id) == id).unwrap_or(SELLER);
            let by = match &document {
                _ if salt.is_multiple_of(11) => PARTIES[salt % PARTIES.len()],
                Document::Block { .. } | Document::Unblock { .. } => INSPECTOR,
                Document::Accept { shipment, .. } | Document::RefuseShipment { shipment } => {
                    party(book.shipments.get(shipment).map(|one| one.receiver))
                }
                Document::CancelShipment { shipment } => party(book.shipments.get(shipment).map(|one| one.sender)),
                Document::Correct { document, .. } | Document::CorrectPackages { document, .. } => {
                    party(document.0.checked_sub(1).and_then(|at| book.documents.get(at as usize)).map(|one| one.1))
                }
                _ => owner,
            };
            let is_acceptance = matches!(document, Document::Accept { .. });
            let partial = partial && may_be_partial(document.kind());
            let before = owners(&mut book);
            let asked = book.ask(by, document, partial);
            if book.submit(asked).is_ok() {
                check(&mut book);
                prop_assert!(is_acceptance || before == owners(&mut book), "only an acceptance changes the owner");
            }
        }
    }
}
