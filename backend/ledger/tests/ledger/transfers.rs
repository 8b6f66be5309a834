//! Goods change hands when both sides have said so.

use crate::support::*;
use RefusalCode as R;
use backend_ledger::{Also, Party};
use shared::act::Act;
use shared::document::{Differing, Discrepancy, Document, Items, ShipmentState};
use shared::party::{PartyId, Role};
use shared::refusal::RefusalCode;
use shared::series::PackageLevel;
use shared::state::{BlockReason, DocumentNo, WithdrawalReason};

/// Shoes 0..10 and box 1 with 20..30 under way from MAKER to SELLER.
fn shipped() -> (Memory, DocumentNo) {
    let mut book = Memory::new();
    book.circulate(MAKER, shoes(0, 100));
    let boxed = packing(1, PackageLevel::Transport, units([shoes(20, 10)]));
    book.ok(MAKER, Document::Aggregate { packages: vec![boxed] });
    let items = Items { units: vec![shoes(0, 10)], packages: vec![package(1)] };
    let (shipment, decision) = book.ok(MAKER, Document::Ship { items, to: SELLER.id });
    let Also::Shipment { to, due } = decision.also else { panic!("{:?}", decision.also) };
    // Fifteen working days after Monday, 23 November 2026; 16 December is Independence Day.
    assert_eq!((to, due), (SELLER.id, date("2026-12-14")));
    (book, shipment)
}

fn how(decision: &backend_ledger::Decision) -> ShipmentState {
    let Also::ShipmentEnded { how, .. } = decision.also else { panic!("{:?}", decision.also) };
    how
}

#[test]
fn the_owner_changes_when_the_receiver_accepts() {
    let (mut book, shipment) = shipped();
    assert_eq!(book.owner(shoes(0, 1)), MAKER.id);
    for stopped in [
        withdraw(units([shoes(0, 1)]), WithdrawalReason::RetailSale),
        withdraw(units([shoes(25, 1)]), WithdrawalReason::Loss),
        Document::Ship { items: units([shoes(0, 1)]), to: IMPORTER.id },
        Document::Ship { items: packages([1]), to: IMPORTER.id },
        Document::Disaggregate { packages: vec![package(1)] },
    ] {
        assert_eq!(book.refused(MAKER, stopped), R::AwaitingTransfer);
    }
    let accept = Document::Accept { shipment, differing: vec![] };
    assert_eq!(book.refused(MAKER, accept.clone()), R::ShipmentUnknown, "only the receiver accepts");
    let (_, accepted) = book.ok(SELLER, accept.clone());
    assert_eq!(how(&accepted), ShipmentState::Accepted);
    assert_eq!(
        [book.owner(shoes(0, 1)), book.owner(shoes(25, 1)), book.owner(shoes(10, 1))],
        [SELLER.id, SELLER.id, MAKER.id]
    );
    assert_eq!(book.refused(SELLER, accept), R::ShipmentClosed);
    assert_eq!(book.refused(MAKER, Document::CancelShipment { shipment }), R::ShipmentClosed);
}

#[test]
fn a_shipment_is_refused_by_the_receiver_or_cancelled_by_the_sender() {
    let (mut book, shipment) = shipped();
    assert_eq!(book.refused(SELLER, Document::CancelShipment { shipment }), R::ShipmentUnknown);
    assert_eq!(book.refused(MAKER, Document::RefuseShipment { shipment }), R::ShipmentUnknown);
    let mut other = book.clone();
    let (_, refused) = book.ok(SELLER, Document::RefuseShipment { shipment });
    let (_, cancelled) = other.ok(MAKER, Document::CancelShipment { shipment });
    assert_eq!([how(&refused), how(&cancelled)], [ShipmentState::Refused, ShipmentState::Cancelled]);
    for mut book in [book, other] {
        assert_eq!(book.owner(shoes(0, 1)), MAKER.id);
        book.ok(MAKER, Document::Ship { items: packages([1]), to: IMPORTER.id });
    }
}

#[test]
fn acceptance_ends_with_its_term() {
    let (mut book, shipment) = shipped();
    let accept = Document::Accept { shipment, differing: vec![] };
    book.at = Some(instant("2026-12-14T18:59:59Z"));
    book.clone().ok(SELLER, accept.clone());
    book.at = Some(instant("2026-12-14T19:00:00Z"));
    let asked = book.ask(SELLER, accept, false);
    let refusals = book.submit(asked).unwrap_err();
    assert_eq!(refusals[0].code, R::ShipmentOverdue);
    assert_eq!(refusals[0].args.get("due").map(String::as_str), Some("2026-12-14"));
    book.clone().ok(SELLER, Document::RefuseShipment { shipment });
    book.ok(MAKER, Document::CancelShipment { shipment });
}

#[test]
fn what_differs_stays_the_senders() {
    use Discrepancy::{Damaged, DataWithoutProduct, Overage, ProductWithoutData, Shortage};
    let (mut book, shipment) = shipped();
    let accept = |how, items| Document::Accept { shipment, differing: vec![Differing { items, how }] };
    for how in [Overage, ProductWithoutData] {
        assert_eq!(book.refused(SELLER, accept(how, units([shoes(0, 1)]))), R::InShipment, "{how}");
        assert_eq!(book.refused(SELLER, accept(how, units([shoes(20, 1)]))), R::InShipment, "{how}");
        book.clone().ok(SELLER, accept(how, units([shoes(50, 1)])));
    }
    for how in [Shortage, DataWithoutProduct, Damaged] {
        assert_eq!(book.refused(SELLER, accept(how, units([shoes(50, 1)]))), R::NotInShipment, "{how}");
        let mut book = book.clone();
        // A single unit, one in a box, and the rest is accepted.
        let (_, accepted) = book.ok(SELLER, accept(how, units([shoes(3, 2), shoes(22, 1)])));
        assert_eq!(self::how(&accepted), ShipmentState::AcceptedWithDiscrepancy);
        let owners: Vec<PartyId> =
            [0, 3, 4, 5, 21, 22, 23].map(|number| book.owner(shoes(number, 1))).into_iter().collect();
        let (maker, seller) = (MAKER.id, SELLER.id);
        assert_eq!(owners, [seller, maker, maker, seller, seller, maker, seller], "{how}");
        assert!(book.state(shoes(3, 1)).transfer.is_none() && book.state(shoes(22, 1)).package.is_none());
        assert!(accepted.effects.iter().any(|effect| effect.act == Act::Repack), "the box says that it was opened");
        book.ok(MAKER, withdraw(units([shoes(3, 2), shoes(22, 1)]), WithdrawalReason::Loss));
    }
    let whole = accept(Shortage, packages([1]));
    book.ok(SELLER, whole);
    assert_eq!([book.owner(shoes(0, 1)), book.owner(shoes(25, 1))], [SELLER.id, MAKER.id]);
}

#[test]
fn what_may_not_be_shipped() {
    let (mut book, _) = shipped();
    book.ok(INSPECTOR, Document::Block { items: units([shoes(50, 1)]), reason: BlockReason::Unsafe });
    book.ok(MAKER, Document::Recall { units: vec![shoes(51, 1)] });
    book.ok(MAKER, Document::SellInner { unit: shoes(52, 1), count: 1, region: None });
    book.ok(MAKER, Document::Apply { units: vec![shoes(200, 1)] });
    let ship = |items, to: Party| Document::Ship { items, to: to.id };
    let stranger = Party { id: PartyId(77), role: Role::Seller };
    let rows = [
        (MAKER, ship(units([shoes(60, 1)]), MAKER), R::ReceiverInvalid),
        (MAKER, ship(units([shoes(60, 1)]), INSPECTOR), R::ReceiverInvalid),
        (MAKER, ship(units([shoes(60, 1)]), stranger), R::ReceiverInvalid),
        (SELLER, ship(units([shoes(60, 1)]), MAKER), R::UnitNotYours),
        (INSPECTOR, ship(units([shoes(60, 1)]), MAKER), R::Forbidden),
        (MAKER, ship(Items::default(), SELLER), R::NoUnits),
        (MAKER, ship(units([shoes(50, 1)]), SELLER), R::Blocked),
        (MAKER, ship(units([shoes(51, 1)]), SELLER), R::Recalled),
        (MAKER, ship(units([shoes(52, 1)]), SELLER), R::PartiallySold),
        (MAKER, ship(units([shoes(200, 1)]), SELLER), R::NotInCirculation),
        (MAKER, ship(packages([99]), SELLER), R::PackageUnknown),
        (SELLER, Document::Accept { shipment: DocumentNo(1), differing: vec![] }, R::ShipmentUnknown),
    ];
    for (by, document, code) in rows {
        assert_eq!(book.refused(by, document.clone()), code, "{document:?}");
    }
}

#[test]
fn goods_under_way_can_be_blocked_and_arrive_blocked() {
    let (mut book, shipment) = shipped();
    book.ok(INSPECTOR, Document::Block { items: units([shoes(0, 1)]), reason: BlockReason::Unsafe });
    book.ok(SELLER, Document::Accept { shipment, differing: vec![] });
    assert_eq!(book.owner(shoes(0, 1)), SELLER.id);
    assert_eq!(book.refused(SELLER, withdraw(units([shoes(0, 1)]), WithdrawalReason::RetailSale)), R::Blocked);
}
