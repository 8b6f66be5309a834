//! New labels for old ones, goods that become others, units sold in parts.

use crate::support::*;
use RefusalCode as R;
use shared::document::Document;
use shared::product::Facts;
use shared::refusal::RefusalCode;
use shared::series::{PackageLevel, SeriesId};
use shared::state::{Status, WithdrawalReason};

#[test]
fn a_damaged_label_is_linked_with_the_new_one() {
    let mut book = Memory::new();
    book.circulate(MAKER, shoes(0, 10));
    book.ok(MAKER, Document::Apply { units: vec![shoes(10, 1), shoes(500, 1)] });
    let boxed = packing(1, PackageLevel::Group, units([shoes(0, 5)]));
    book.ok(MAKER, Document::Aggregate { packages: vec![boxed] });
    let pairs = vec![(shoes(0, 1), shoes(500, 1)), (shoes(10, 1), shoes(501, 1))];
    book.ok(MAKER, Document::Remark { pairs });
    let (old, new) = (book.state(shoes(0, 1)), book.state(shoes(500, 1)));
    assert_eq!((old.status, old.replaced_by, old.package), (Status::Withdrawn, Some((SeriesId(0), 500)), None));
    assert_eq!((new.status, new.replaces, new.package), (Status::InCirculation, Some((SeriesId(0), 0)), None));
    assert_eq!(book.members(package(1)).len(), 4);
    let (old, new) = (book.state(shoes(10, 1)), book.state(shoes(501, 1)));
    assert_eq!((old.status, new.status), (Status::WrittenOff, Status::Applied), "it was not in circulation");
    assert_eq!(book.refused(MAKER, Document::Return { units: vec![shoes(0, 1)] }), R::WithdrawnForGood);
}

#[test]
fn what_may_not_be_relabelled() {
    let mut book = Memory::new();
    book.circulate(MAKER, shoes(0, 10));
    book.circulate(MAKER, beer(0, 10));
    let remark = |old, new| Document::Remark { pairs: vec![(old, new)] };
    let rows = [
        (remark(shoes(100, 1), shoes(101, 1)), R::NotApplied, "/named/0"),
        (remark(shoes(0, 1), shoes(1, 1)), R::AlreadyIntroduced, "/named/1"),
        (remark(shoes(0, 1), beer(100, 1)), R::ReplacementMismatch, "/named/1"),
        (remark(shoes(0, 1), pills(100, 1)), R::ReplacementMismatch, "/named/1"),
        (remark(shoes(0, 2), shoes(100, 2)), R::QuantityOutOfRange, "/pairs"),
        (remark(shoes(0, 1), shoes(0, 1)), R::CodeRepeated, "/named/1"),
        (remark(shoes(0, 1), shoes(1_000, 1)), R::CodeNotIssued, "/named/1"),
        (Document::Remark { pairs: vec![] }, R::NoUnits, "/pairs"),
    ];
    for (document, code, at) in rows {
        assert_eq!(book.refusals(MAKER, document.clone())[0], (code, at.to_owned()), "{document:?}");
    }
    assert_eq!(book.refused(SELLER, remark(shoes(0, 1), shoes(100, 1))), R::UnitNotYours);
}

#[test]
fn the_new_label_keeps_the_last_day_and_what_was_sold() {
    let mut book = Memory::new();
    book.circulate(MAKER, beer(0, 10));
    book.ok(MAKER, Document::SellInner { unit: beer(0, 1), count: 2, region: None });
    book.ok(MAKER, Document::Remark { pairs: vec![(beer(0, 1), beer(500, 1)), (beer(1, 1), beer(501, 1))] });
    assert_eq!(book.state(beer(500, 1)).inner_sold, 2);
    book.at = Some(instant("2027-01-02T05:00:00Z"));
    for number in [501, 2] {
        let sale = withdraw(units([beer(number, 1)]), WithdrawalReason::RetailSale);
        assert_eq!(book.refused(SELLER, sale), R::Expired, "{number}");
    }
    let inner = Document::SellInner { unit: beer(500, 1), count: 1, region: None };
    assert_eq!(book.refused(SELLER, inner), R::Expired);
    // What is past its date still goes, but not to a consumer.
    book.ok(MAKER, withdraw(units([beer(501, 1), beer(2, 1)]), WithdrawalReason::Expiry));
    book.ok(MAKER, withdraw(units([beer(500, 1)]), WithdrawalReason::SoldOut));
}

#[test]
fn goods_are_sold_on_their_last_day() {
    let mut book = Memory::new();
    book.circulate(MAKER, beer(0, 10));
    book.at = Some(instant("2027-01-01T18:59:59Z"));
    book.ok(SELLER, withdraw(units([beer(0, 1)]), WithdrawalReason::RetailSale));
    book.at = Some(instant("2027-01-01T19:00:00Z"));
    assert_eq!(book.refused(SELLER, withdraw(units([beer(1, 1)]), WithdrawalReason::RetailSale)), R::Expired);
}

#[test]
fn a_unit_sold_in_parts_is_closed_by_its_seller() {
    let mut book = Memory::new();
    book.circulate(MAKER, shoes(0, 10));
    let inner = |count| Document::SellInner { unit: shoes(0, 1), count, region: None };
    assert_eq!(book.refused(SELLER, inner(0)), R::QuantityOutOfRange);
    let sold_out = withdraw(units([shoes(0, 1)]), WithdrawalReason::SoldOut);
    assert_eq!(book.refused(SELLER, sold_out.clone()), R::NotPartiallySold);
    book.ok(SELLER, inner(3));
    book.ok(SELLER, inner(4));
    assert_eq!(book.state(shoes(0, 1)).inner_sold, 7);
    let whole = withdraw(units([shoes(0, 1)]), WithdrawalReason::RetailSale);
    assert_eq!(book.refused(SELLER, whole), R::PartiallySold);
    book.ok(SELLER, sold_out);
    assert_eq!(book.refused(SELLER, inner(1)), R::NotInCirculation.max(R::AlreadyWithdrawn));
    assert_eq!(book.refused(SELLER, Document::Return { units: vec![shoes(0, 1)] }), R::WithdrawnForGood);
}

#[test]
fn goods_become_part_of_new_goods() {
    let mut book = Memory::new();
    book.circulate(MAKER, shoes(0, 20));
    let boxed = packing(1, PackageLevel::Group, units([shoes(0, 10)]));
    book.ok(MAKER, Document::Aggregate { packages: vec![boxed] });
    book.ok(MAKER, Document::Apply { units: vec![beer(0, 5)] });
    let from = shared::document::Items { units: vec![shoes(10, 2)], packages: vec![package(1)] };
    let transform = |facts| Document::Transform { from: from.clone(), to: vec![beer(0, 5)], facts };
    assert_eq!(book.refused(MAKER, transform(facts())), R::FactMissing);
    let given = Facts { expires: Some(date("2027-05-01")), ..facts() };
    assert_eq!(book.refused(SELLER, transform(given.clone())), R::UnitNotYours);
    let (document, decision) = book.ok(MAKER, transform(given.clone()));
    assert_eq!(decision.units, 17);
    let used = Some((document, Some(WithdrawalReason::Transformation)));
    assert_eq!([book.state(shoes(3, 1)).withdrawn, book.state(shoes(11, 1)).withdrawn], [used, used]);
    assert_eq!(book.state(beer(4, 1)).introduced, Some(document));
    assert_eq!(book.package_state(1).status, Status::Withdrawn);
    assert_eq!(book.refused(MAKER, transform(given)), R::AlreadyWithdrawn);
}
