//! What a document is refused for, who may send it, and where the refusal stands.

use crate::support::*;
use RefusalCode as R;
use shared::document::{Document, Items};
use shared::product::{Facts, Paper};
use shared::refusal::RefusalCode;
use shared::state::{BlockReason, WithdrawalReason};

/// Shoes 0..100 applied, 100..200 in circulation; pills 0..10 applied.
fn book() -> Memory {
    let mut book = Memory::new();
    book.ok(MAKER, Document::Apply { units: vec![shoes(0, 100)] });
    book.circulate(MAKER, shoes(100, 100));
    book.ok(IMPORTER, Document::Apply { units: vec![pills(0, 10)] });
    book
}

#[test]
fn refusals_name_the_place() {
    use WithdrawalReason::{Confiscation, Donation, Loss, Remarking, RetailSale, Transformation};
    let apply = |units| Document::Apply { units };
    let introduce = |units, facts: Facts| Document::Introduce { units, facts };
    let write_off = |units, reason| Document::WriteOff { units, reason };
    let late = Facts { produced: date("2026-11-24"), ..facts() };
    let old = Facts { expires: Some(date("2026-11-22")), ..facts() };
    let some = |first, count| units([shoes(first, count)]);
    let rows = [
        (MAKER, apply(vec![]), R::NoUnits, "/units"),
        (MAKER, apply(vec![shoes(300, 0)]), R::NoUnits, "/named/0"),
        (MAKER, apply(vec![shoes(300, 5), shoes(304, 1)]), R::CodeRepeated, "/named/1"),
        (MAKER, apply(vec![shoes(300, 5), shoes(300, 1)]), R::CodeRepeated, "/named/1"),
        (MAKER, apply(vec![shoes(0, 10_000_001)]), R::TooManyCodes, "/units"),
        (MAKER, apply(vec![shoes(u64::MAX, 5)]), R::CodeNotIssued, "/named/0"),
        (MAKER, apply(vec![shoes(999, 2)]), R::CodeNotIssued, "/named/0"),
        (
            MAKER,
            apply(vec![shared::document::Range { series: shared::series::SeriesId(77), first: 0, count: 1 }]),
            R::CodeNotIssued,
            "/named/0",
        ),
        (MAKER, apply(vec![shoes(300, 1), shoes(99, 1)]), R::AlreadyApplied, "/named/1"),
        (IMPORTER, apply(vec![shoes(300, 1)]), R::UnitNotYours, "/named/0"),
        (SELLER, apply(vec![shoes(300, 1)]), R::UnitNotYours, "/named/0"),
        (INSPECTOR, apply(vec![shoes(300, 1)]), R::Forbidden, ""),
        (MAKER, Document::Block { items: some(3, 1), reason: BlockReason::Unsafe }, R::Forbidden, ""),
        (INSPECTOR, Document::Unblock { items: some(0, 1) }, R::NotBlocked, "/named/0"),
        (MAKER, introduce(vec![shoes(99, 1), shoes(100, 1)], facts()), R::AlreadyIntroduced, "/named/1"),
        (MAKER, introduce(vec![shoes(0, 1), pills(0, 1)], facts()), R::FieldInvalid, "/named/1"),
        (
            IMPORTER,
            introduce(vec![pills(0, 1)], Facts { customs: None, ..facts() }),
            R::CustomsDeclarationMissing,
            "/facts/customs",
        ),
        (IMPORTER, introduce(vec![pills(0, 1)], facts()), R::FactMissing, "/facts/expires"),
        (MAKER, introduce(vec![shoes(0, 1)], late), R::DateInFuture, "/facts/produced"),
        (MAKER, introduce(vec![shoes(0, 1)], old), R::Expired, "/facts/expires"),
        (SELLER, withdraw(some(100, 1), Loss), R::UnitNotYours, "/named/0"),
        (SELLER, withdraw(units([shoes(100, 1), shoes(99, 1)]), RetailSale), R::NotInCirculation, "/named/1"),
        (INSPECTOR, withdraw(some(100, 1), RetailSale), R::Forbidden, ""),
        (INSPECTOR, withdraw(some(0, 1), Confiscation), R::NotInCirculation, "/named/0"),
        (MAKER, withdraw(some(100, 1), Transformation), R::ReasonNotAllowed, "/reason"),
        (MAKER, withdraw(some(100, 1), Remarking), R::ReasonNotAllowed, "/reason"),
        (MAKER, withdraw(Items::default(), RetailSale), R::NoUnits, "/units"),
        (MAKER, withdraw(packages([4]), RetailSale), R::PackageUnknown, "/named/0"),
        (MAKER, write_off(vec![shoes(0, 1)], Donation), R::ReasonNotAllowed, "/reason"),
        (MAKER, write_off(vec![shoes(100, 1)], Loss), R::AlreadyIntroduced, "/named/0"),
        (MAKER, Document::Annul { units: vec![shoes(0, 1)] }, R::AlreadyApplied, "/named/0"),
        (MAKER, Document::Return { units: vec![shoes(100, 1)] }, R::NotWithdrawn, "/named/0"),
        (MAKER, Document::AwaitCustoms { units: vec![shoes(300, 1)] }, R::NotImported, "/named/0"),
        (SELLER, Document::Recall { units: vec![shoes(100, 1)] }, R::UnitNotYours, "/named/0"),
    ];
    let mut book = book();
    for (by, document, code, at) in rows {
        assert_eq!(book.refusals(by, document.clone())[0], (code, at.to_owned()), "{by:?} {document:?}");
    }
}

#[test]
fn goods_withdrawn_for_good_never_come_back() {
    for reason in WithdrawalReason::ALL {
        let mut book = book();
        if matches!(reason, WithdrawalReason::Transformation | WithdrawalReason::Remarking) {
            continue;
        }
        if *reason == WithdrawalReason::SoldOut {
            book.ok(MAKER, Document::SellInner { unit: shoes(100, 1), count: 1, region: None });
        }
        book.ok(MAKER, withdraw(units([shoes(100, 1)]), *reason));
        let back = Document::Return { units: vec![shoes(100, 1)] };
        if reason.may_return() {
            book.ok(MAKER, back);
            book.ok(SELLER, withdraw(units([shoes(100, 1)]), WithdrawalReason::RetailSale));
        } else {
            assert_eq!(book.refused(MAKER, back), R::WithdrawnForGood, "{reason}");
        }
        let again = [
            Document::Apply { units: vec![shoes(100, 1)] },
            Document::Introduce { units: vec![shoes(100, 1)], facts: facts() },
        ];
        for document in again {
            assert_eq!(book.refused(MAKER, document), R::AlreadyWithdrawn, "no second serialisation: {reason}");
        }
    }
}

#[test]
fn who_may_act_on_the_goods_of_others() {
    let mut book = book();
    // A receipt is a fact, and a consumer may bring goods back to another shop.
    book.ok(SELLER, withdraw(units([shoes(100, 10)]), WithdrawalReason::RetailSale));
    book.ok(OTHER_SELLER, Document::Return { units: vec![shoes(100, 1)] });
    book.ok(MAKER, withdraw(units([shoes(110, 1)]), WithdrawalReason::OwnUse));
    assert_eq!(book.refused(SELLER, Document::Return { units: vec![shoes(110, 1)] }), R::UnitNotYours);
    // State bodies take samples and confiscate.
    book.ok(INSPECTOR, withdraw(units([shoes(111, 1)]), WithdrawalReason::Samples));
    book.ok(INSPECTOR, withdraw(units([shoes(112, 1)]), WithdrawalReason::Confiscation));
    // Who made goods recalls them from whoever has them, and from consumers.
    let (shipment, _) = book.ok(MAKER, Document::Ship { items: units([shoes(120, 5)]), to: SELLER.id });
    book.ok(SELLER, Document::Accept { shipment, differing: vec![] });
    book.ok(MAKER, Document::Recall { units: vec![shoes(100, 10), shoes(120, 5)] });
    assert_eq!(book.refused(SELLER, withdraw(units([shoes(120, 1)]), WithdrawalReason::RetailSale)), R::Recalled);
    assert_eq!(book.refused(SELLER, Document::LiftRecall { units: vec![shoes(120, 1)] }), R::UnitNotYours);
    book.ok(INSPECTOR, Document::LiftRecall { units: vec![shoes(120, 1)] });
    book.ok(SELLER, withdraw(units([shoes(121, 1)]), WithdrawalReason::Recall));
}

#[test]
fn imported_goods_wait_for_customs() {
    let mut book = book();
    book.ok(IMPORTER, Document::AwaitCustoms { units: vec![pills(0, 10)] });
    let given = Facts { expires: Some(date("2027-06-01")), ..facts() };
    let introduce = Document::Introduce { units: vec![pills(0, 10)], facts: given };
    assert_eq!(book.refused(IMPORTER, introduce.clone()), R::AwaitingCustoms);
    let declared = |day| {
        let declaration = Paper { number: "55302/231126/0001".into(), date: date(day) };
        Document::ClearCustoms { units: vec![pills(0, 10)], declaration }
    };
    assert_eq!(book.refused(IMPORTER, declared("2026-11-24")), R::DateInFuture);
    book.ok(INSPECTOR, declared("2026-11-23"));
    assert_eq!(book.refused(IMPORTER, declared("2026-11-23")), R::NotAwaitingCustoms);
    book.ok(IMPORTER, introduce);
}
