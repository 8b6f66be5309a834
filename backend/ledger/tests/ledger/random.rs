//! Random documents: whatever is sent, what must hold holds.

use crate::support::*;
use proptest::prelude::*;
use shared::document::{Differing, Discrepancy, Document, Items, Range};
use shared::party::PartyId;
use shared::product::Facts;
use shared::series::{PACKAGE_DEPTH, PackageLevel, SeriesKind};
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
    ]
}

/// Documents name a shipment or an earlier document by chance alone: they are pointed at one that is there.
fn aimed(book: &Memory, document: Document) -> Document {
    let open: Vec<DocumentNo> = book.shipments.iter().filter(|(_, one)| one.open).map(|(number, _)| *number).collect();
    let pick = |number: DocumentNo| open.get(number.0 as usize % open.len().max(1)).copied().unwrap_or(number);
    match document {
        Document::Accept { shipment, differing } => Document::Accept { shipment: pick(shipment), differing },
        Document::RefuseShipment { shipment } => Document::RefuseShipment { shipment: pick(shipment) },
        Document::CancelShipment { shipment } => Document::CancelShipment { shipment: pick(shipment) },
        Document::Correct { document, units } => {
            let number = 1 + document.0 % book.documents.len() as u64;
            Document::Correct { document: DocumentNo(number), units }
        }
        document => document,
    }
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
        let Some(state) = backend_ledger::Book::package(book, id).unwrap() else { continue };
        assert!(state.status != Status::Dissolved || members.is_empty());
        let mut around = state;
        let mut depth = 1;
        while let Some(outer) = around.package {
            around = backend_ledger::Book::package(book, outer).unwrap().unwrap();
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
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    /// `Memory` asserts by itself that each effect passes the state machine and that a refused document leaves no trace.
    #[test]
    fn what_must_hold_holds(
        steps in proptest::collection::vec((document(), any::<bool>(), 0_usize..6), 1..60),
    ) {
        let mut book = Memory::new();
        book.circulate(MAKER, shoes(0, UNITS / 2));
        for (document, partial, by) in steps {
            let document = aimed(&book, document);
            // Most often somebody who may.
            let by = match (&document, by) {
                (Document::Block { .. } | Document::Unblock { .. }, _) => INSPECTOR,
                (Document::Accept { shipment, .. } | Document::RefuseShipment { shipment }, _) => {
                    let receiver = book.shipments.get(shipment).map(|one| one.receiver);
                    PARTIES.into_iter().find(|party| Some(party.id) == receiver).unwrap_or(SELLER)
                }
                (_, by) => [MAKER, MAKER, MAKER, SELLER, OTHER_SELLER, INSPECTOR][by],
            };
            let is_acceptance = matches!(document, Document::Accept { .. });
            let partial = partial && backend_ledger::may_be_partial(document.kind());
            let before = owners(&mut book);
            let asked = book.ask(by, document, partial);
            if book.submit(asked).is_ok() {
                check(&mut book);
                prop_assert!(is_acceptance || before == owners(&mut book), "only an acceptance changes the owner");
            }
        }
    }
}
