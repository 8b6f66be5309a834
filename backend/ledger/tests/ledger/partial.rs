//! What is told of a refused document, and documents applied in part.

use crate::support::*;
use RefusalCode as R;
use backend_ledger::{Party, Place, Plan, REFUSALS_LIMIT};
use shared::document::{Document, Items};
use shared::refusal::RefusalCode;
use shared::seal::Profile;
use shared::series::PackageLevel;
use shared::state::{BlockReason, Status, WithdrawalReason};

#[test]
fn every_refused_part_is_told_in_the_order_of_the_body() {
    let mut book = Memory::new();
    book.ok(MAKER, Document::Apply { units: vec![shoes(5, 1), shoes(50, 10)] });
    book.ok(MAKER, Document::Introduce { units: vec![shoes(55, 2)], facts: facts() });
    let document =
        Document::Apply { units: vec![shoes(990, 20), shoes(40, 20), shoes(5, 1), shoes(6, 1), pills(0, 1)] };
    let expected = [
        (R::CodeNotIssued, "/named/0"),
        (R::AlreadyApplied, "/named/1"),
        (R::AlreadyIntroduced, "/named/1"),
        (R::AlreadyApplied, "/named/2"),
        (R::UnitNotYours, "/named/4"),
    ];
    let mut told = book.refusals(MAKER, document);
    // The plain book tells each unit of a range apart.
    told.dedup();
    let expected = expected.map(|(code, at)| (code, at.to_owned())).to_vec();
    let mut unique = told.clone();
    unique.dedup_by(|a, b| a == b);
    unique.sort_by(|a, b| (&a.1, a.0).cmp(&(&b.1, b.0)));
    unique.dedup();
    assert_eq!(unique, expected);
}

#[test]
fn a_refusal_within_an_order_counts_from_its_first_code() {
    let mut book = Memory::new();
    book.ok(MAKER, Document::Apply { units: vec![shoes(150, 1)] });
    let mut asked = book.ask(MAKER, Document::Apply { units: vec![shoes(100, 100)] }, false);
    asked.places = vec![Place::Order { index: 3, base: 50 }];
    let refusals = book.submit(asked).unwrap_err();
    assert_eq!(refusals[0].at.as_deref(), Some("/units/orders/3"));
    assert_eq!(refusals[0].args.get("number").map(String::as_str), Some("100"));
    assert_eq!(refusals[0].args.get("count").map(String::as_str), Some("1"));
}

#[test]
fn no_more_refusals_are_told_than_the_limit() {
    let mut book = Memory::new();
    book.ok(MAKER, Document::OrderCodes { gtin: gtin(SHOES), quantity: 5_000, profile: shared::seal::Profile::Mac });
    let units = (0..3_000).map(|number| shoes(2_999 - number, 1)).collect();
    let asked = book.ask(MAKER, Document::Introduce { units, facts: facts() }, true);
    let refusals = book.submit(asked).unwrap_err();
    assert_eq!(refusals.len(), REFUSALS_LIMIT);
    assert_eq!(refusals[0].at.as_deref(), Some("/named/0"), "the first of the body, though the last of the series");
}

#[test]
fn what_can_be_done_is_done_when_the_sender_asks() {
    let mut book = Memory::new();
    book.circulate(MAKER, shoes(0, 20));
    let boxes = vec![
        packing(1, PackageLevel::Group, units([shoes(0, 5)])),
        packing(2, PackageLevel::Group, units([shoes(5, 5)])),
    ];
    book.ok(MAKER, Document::Aggregate { packages: boxes });
    book.ok(INSPECTOR, Document::Block { items: packages([2]), reason: BlockReason::Unsafe });
    let items = Items { units: vec![shoes(10, 2), shoes(30, 2)], packages: vec![package(2), package(1)] };
    let sale = withdraw(items, WithdrawalReason::RetailSale);
    let whole = book.ask(MAKER, sale.clone(), false);
    assert!(book.submit(whole).is_err());
    let asked = book.ask(MAKER, sale, true);
    let (_, decision) = book.submit(asked).unwrap();
    let told: Vec<_> = decision.rejected.iter().map(|one| (one.code, one.at.as_deref().unwrap_or_default())).collect();
    assert_eq!(told, [(R::NotInCirculation, "/named/1"), (R::NotInCirculation, "/named/1"), (R::Blocked, "/named/2")]);
    assert_eq!(decision.units, 7);
    assert_eq!(book.state(shoes(10, 1)).status, Status::Withdrawn);
    assert_eq!(book.state(shoes(0, 1)).status, Status::Withdrawn);
    assert_eq!(book.state(shoes(5, 1)).status, Status::InCirculation, "a package is a whole");
}

#[test]
fn documents_that_are_one_act_are_applied_whole() {
    let mut book = Memory::new();
    book.circulate(MAKER, shoes(0, 20));
    let ship = Document::Ship { items: units([shoes(0, 1)]), to: SELLER.id };
    let asked = book.ask(MAKER, ship, true);
    assert_eq!(book.submit(asked).unwrap_err()[0].code, R::PartialNotAllowed);
}

#[test]
fn the_operator_annuls_what_was_not_applied_in_time() {
    let mut book = Memory::new();
    book.ok(MAKER, Document::Apply { units: vec![shoes(10, 5)] });
    let sweep = Document::Annul { units: vec![shoes(0, 100)] };
    assert_eq!(book.refused(INSPECTOR, sweep.clone()), R::Forbidden);
    assert_eq!(book.refused(SELLER, sweep.clone()), R::UnitNotYours);
    // The order is of the 23rd: its last moment is that of 23 December. A second order has its own term.
    book.at = Some(instant("2026-12-01T05:00:00Z"));
    book.ok(MAKER, Document::OrderCodes { gtin: gtin(SHOES), quantity: 10, profile: Profile::Signed });
    book.at = Some(instant("2026-12-23T05:00:00Z"));
    assert_eq!(book.refused(Party::OPERATOR, sweep.clone()), R::TermNotPassed);
    let asked = book.ask(Party::OPERATOR, sweep.clone(), true);
    let codes: Vec<R> = book.submit(asked).unwrap_err().iter().map(|refusal| refusal.code).collect();
    assert_eq!(
        codes.iter().filter(|code| **code != R::AlreadyApplied).copied().collect::<Vec<_>>(),
        [R::TermNotPassed; 95]
    );
    book.at = Some(instant("2026-12-23T05:00:01Z"));
    let both = Document::Annul { units: vec![shoes(990, 20)] };
    let late: Vec<R> = book.refusals(Party::OPERATOR, both).into_iter().map(|(code, _)| code).collect();
    assert_eq!(late, [R::TermNotPassed; 10], "of the second order alone");
    let asked = book.ask(Party::OPERATOR, sweep, true);
    let (_, decision) = book.submit(asked).unwrap();
    assert_eq!(decision.units, 95);
    assert_eq!(decision.effects.len(), 2, "two ranges around what was applied");
    assert_eq!(book.refused(MAKER, Document::Apply { units: vec![shoes(0, 1)] }), R::Annulled);
}

#[test]
fn a_plan_names_each_block_once() {
    let book = Memory::new();
    let units = vec![shoes(9_000, 1), shoes(0, 5_000), shoes(5_000, 1), pills(3, 1)];
    let plan = Plan::new(book.ask(MAKER, Document::Apply { units }, false)).unwrap();
    let blocks: Vec<(u32, u32)> = plan.blocks().into_iter().map(|(series, block)| (series.0, block)).collect();
    assert_eq!(blocks, [(0, 0), (0, 1), (0, 2), (1, 0)]);
}
