//! Corrections take back, they overwrite nothing.

use crate::support::*;
use RefusalCode as R;
use shared::act::Act;
use shared::document::{Document, Range};
use shared::refusal::RefusalCode;
use shared::series::PackageLevel;
use shared::state::{DocumentNo, Status, WithdrawalReason};

fn correct(document: DocumentNo, range: Range) -> Document {
    Document::Correct { document, units: vec![range] }
}

#[test]
fn the_latest_act_is_taken_back_by_its_sender() {
    let mut book = Memory::new();
    book.circulate(MAKER, shoes(0, 10));
    let before = book.state(shoes(3, 1));
    let (sale, _) = book.ok(SELLER, withdraw(units([shoes(0, 10)]), WithdrawalReason::RetailSale));
    assert_eq!(book.refused(MAKER, correct(sale, shoes(3, 2))), R::DocumentUnknown, "another's document");
    assert_eq!(book.refused(SELLER, correct(DocumentNo(99), shoes(3, 2))), R::DocumentUnknown);
    assert_eq!(book.refused(SELLER, correct(sale, shoes(999, 2))), R::ChangedSince);
    assert_eq!(book.refused(SELLER, correct(sale, shoes(1_000, 2))), R::CodeNotIssued);
    let (_, corrected) = book.ok(SELLER, correct(sale, shoes(3, 2)));
    assert_eq!(corrected.effects.len(), 1, "neighbours are one effect");
    assert_eq!(book.state(shoes(3, 1)), before);
    assert_eq!(book.state(shoes(5, 1)).status, Status::Withdrawn);
    let events = &book.events[&(shoes(3, 1).series, 3)];
    assert_eq!(
        events.iter().map(|event| event.act.name()).collect::<Vec<_>>(),
        ["apply", "introduce", "withdraw", "undo"]
    );
    assert_eq!(book.refused(SELLER, correct(sale, shoes(3, 1))), R::ChangedSince, "it is taken back already");
    book.ok(SELLER, withdraw(units([shoes(3, 1)]), WithdrawalReason::RetailSale));
}

#[test]
fn what_was_followed_is_not_taken_back() {
    let mut book = Memory::new();
    let (applied, _) = book.ok(MAKER, Document::Apply { units: vec![shoes(0, 10)] });
    let (introduced, _) = book.ok(MAKER, Document::Introduce { units: vec![shoes(0, 5)], facts: facts() });
    let refusals = book.refusals(MAKER, correct(applied, shoes(4, 3)));
    assert_eq!(refusals, [(R::ChangedSince, "/named/0".to_owned())]);
    book.ok(MAKER, correct(applied, shoes(5, 5)));
    book.ok(MAKER, correct(introduced, shoes(0, 5)));
    book.ok(MAKER, correct(applied, shoes(0, 5)));
    assert_eq!(book.state(shoes(0, 1)).status, Status::Emitted);
    let (shipment, _) = {
        book.circulate(MAKER, shoes(20, 1));
        book.ok(MAKER, Document::Ship { items: units([shoes(20, 1)]), to: SELLER.id })
    };
    assert_eq!(book.refused(MAKER, correct(shipment, shoes(20, 1))), R::NotCorrectable);
}

#[test]
fn what_comes_back_stays_out_of_its_package() {
    let mut book = Memory::new();
    book.circulate(MAKER, shoes(0, 10));
    let boxed = packing(1, PackageLevel::Group, units([shoes(0, 10)]));
    book.ok(MAKER, Document::Aggregate { packages: vec![boxed] });
    let (sale, _) = book.ok(MAKER, withdraw(units([shoes(0, 1)]), WithdrawalReason::RetailSale));
    book.ok(MAKER, correct(sale, shoes(0, 1)));
    assert_eq!((book.state(shoes(0, 1)).status, book.state(shoes(0, 1)).package), (Status::InCirculation, None));
    assert_eq!(book.refused(MAKER, correct(sale, shoes(0, 1))), R::ChangedSince.min(R::NotCorrectable));
    // All of the box goes, one unit of it comes back.
    let (export, _) = book.ok(MAKER, withdraw(packages([1]), WithdrawalReason::Export));
    let (_, corrected) = book.ok(MAKER, correct(export, shoes(5, 1)));
    let acts: Vec<Act> = corrected.effects.iter().map(|effect| effect.act).collect();
    assert_eq!(acts, [Act::Undo, Act::Unpack(MAKER.id), Act::Repack]);
    assert_eq!(book.members(package(1)).len(), 8);
}

#[test]
fn what_moved_with_its_package_is_not_taken_back() {
    let mut book = Memory::new();
    book.ok(MAKER, Document::Apply { units: vec![shoes(0, 10)] });
    let boxed = packing(1, PackageLevel::Group, units([shoes(0, 10)]));
    book.ok(MAKER, Document::Aggregate { packages: vec![boxed] });
    let (introduced, _) = book.ok(MAKER, Document::Introduce { units: vec![shoes(0, 10)], facts: facts() });
    let (shipment, _) = book.ok(MAKER, Document::Ship { items: packages([1]), to: SELLER.id });
    assert_eq!(book.refused(MAKER, correct(introduced, shoes(0, 1))), R::ChangedSince);
    book.ok(SELLER, Document::Accept { shipment, differing: vec![] });
    assert_eq!(book.refused(MAKER, correct(introduced, shoes(0, 1))), R::ChangedSince);
}
