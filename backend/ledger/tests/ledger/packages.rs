//! Packages: made, opened, moved, and what their contents suffer.

use crate::support::*;
use RefusalCode as R;
use shared::act::Act;
use shared::document::{Document, Items};
use shared::refusal::RefusalCode;
use shared::series::{PACKAGE_DEPTH, PackageLevel};
use shared::state::{BlockReason, Status, UnitState, WithdrawalReason};

/// Shoes 0..100 in circulation, 0..10 in box 1, 10..20 in box 2, both on pallet 3; 100..120 applied.
fn book() -> Memory {
    let mut book = Memory::new();
    book.circulate(MAKER, shoes(0, 100));
    book.ok(MAKER, Document::Apply { units: vec![shoes(100, 20)] });
    let boxes = vec![
        packing(1, PackageLevel::Transport, units([shoes(0, 10)])),
        packing(2, PackageLevel::Transport, units([shoes(10, 10)])),
        packing(3, PackageLevel::Pallet, packages([1, 2])),
    ];
    book.ok(MAKER, Document::Aggregate { packages: boxes });
    book
}

fn aggregate(n: u64, level: PackageLevel, contents: Items) -> Document {
    Document::Aggregate { packages: vec![packing(n, level, contents)] }
}

#[test]
fn what_may_not_be_packed() {
    use PackageLevel::{Group, Pallet, Set, Transport};
    let mut book = book();
    book.circulate(IMPORTER, pills(0, 10));
    book.ok(MAKER, withdraw(units([shoes(90, 1)]), WithdrawalReason::RetailSale));
    book.ok(INSPECTOR, Document::Block { items: units([shoes(91, 1)]), reason: BlockReason::Unsafe });
    book.ok(MAKER, aggregate(9, Set, units([shoes(92, 1)])));
    let some = |first, count| units([shoes(first, count)]);
    let rows = [
        (aggregate(1, Transport, some(50, 1)), R::PackageExists, "/named/0"),
        (aggregate(4, Transport, Items::default()), R::PackageEmpty, "/packages/0/contents"),
        (aggregate(4, Transport, some(5, 1)), R::AlreadyPacked, "/named/1"),
        (aggregate(4, Transport, some(500, 1)), R::NotApplied, "/named/1"),
        (aggregate(4, Transport, some(999, 2)), R::CodeNotIssued, "/named/1"),
        (aggregate(4, Transport, units([pills(0, 1)])), R::UnitNotYours, "/named/1"),
        (aggregate(4, Transport, some(90, 1)), R::AlreadyWithdrawn, "/named/1"),
        (aggregate(4, Transport, some(91, 1)), R::Blocked, "/named/1"),
        (aggregate(4, Transport, packages([7])), R::PackageUnknown, "/named/1"),
        (aggregate(4, Transport, packages([1])), R::AlreadyPacked, "/named/1"),
        (aggregate(4, Transport, packages([3])), R::PackageLevelMismatch, "/named/1"),
        (aggregate(4, Transport, packages([4])), R::PackageInItself, "/named/1"),
        (aggregate(4, Set, packages([9])), R::PackageLevelMismatch, "/named/1"),
        (
            Document::Aggregate { packages: vec![packing(4, Pallet, packages([5])), packing(5, Group, some(50, 1))] },
            R::PackageUnknown,
            "/named/1",
        ),
        (
            Document::Aggregate { packages: vec![packing(4, Group, some(50, 1)), packing(4, Group, some(51, 1))] },
            R::CodeRepeated,
            "/named/2",
        ),
        (
            Document::Aggregate { packages: vec![packing(4, Group, some(50, 2)), packing(5, Group, some(51, 1))] },
            R::CodeRepeated,
            "/named/3",
        ),
    ];
    for (document, code, at) in rows {
        assert_eq!(book.refusals(MAKER, document.clone())[0], (code, at.to_owned()), "{document:?}");
    }
    let inspected = aggregate(4, Transport, units([shoes(50, 1)]));
    assert_eq!(book.refused(INSPECTOR, inspected), R::Forbidden);
}

#[test]
fn a_package_holds_what_its_level_and_group_allow() {
    let mut book = Memory::new();
    book.circulate(MAKER, beer(0, 201));
    let case = |count| aggregate(1, PackageLevel::Group, units([beer(0, count)]));
    let asked = book.ask(MAKER, case(101), false);
    let refusals = book.submit(asked).unwrap_err();
    assert_eq!(refusals[0].code, R::PackageFull);
    assert_eq!(refusals[0].args.get("limit").map(String::as_str), Some("100"));
    book.ok(MAKER, case(100));
    let more = Document::Add { package: package(1), items: units([beer(100, 1)]) };
    assert_eq!(book.refused(MAKER, more), R::PackageFull);
    let exchange = Document::Replace { package: package(1), out: units([beer(0, 1)]), into: units([beer(100, 1)]) };
    book.ok(MAKER, exchange);
}

#[test]
fn packages_are_nested_eight_deep_and_no_deeper() {
    let mut book = Memory::new();
    book.circulate(MAKER, shoes(0, 20));
    let mut packages_ = vec![packing(1, PackageLevel::Group, units([shoes(0, 1)]))];
    for n in 2..=PACKAGE_DEPTH as u64 {
        packages_.push(packing(n, PackageLevel::Pallet, packages([n - 1])));
    }
    book.ok(MAKER, Document::Aggregate { packages: packages_ });
    let ninth = aggregate(9, PackageLevel::Pallet, packages([8]));
    assert_eq!(book.refused(MAKER, ninth), R::PackageTooDeep);
    book.ok(MAKER, aggregate(20, PackageLevel::Group, units([shoes(1, 1)])));
    // Package 2 has six around it; a package of one more fits no longer into the innermost.
    let below = Document::Add { package: package(2), items: packages([20]) };
    book.ok(MAKER, below);
    book.ok(MAKER, aggregate(21, PackageLevel::Group, units([shoes(2, 1)])));
    let below = Document::Add { package: package(1), items: packages([21]) };
    assert_eq!(book.refused(MAKER, below), R::PackageTooDeep);
    let around = Document::Add { package: package(1), items: packages([8]) };
    assert!([R::PackageInItself].contains(&book.refused(MAKER, around)));
}

#[test]
fn the_owner_of_what_is_inside_is_that_of_the_outermost() {
    let mut book = book();
    let (shipment, shipped) = book.ok(MAKER, Document::Ship { items: packages([3]), to: SELLER.id });
    assert_eq!(shipped.effects.len(), 1, "a package moves by one effect: {:?}", shipped.effects);
    assert_eq!(book.owner(shoes(5, 1)), MAKER.id, "until it is accepted");
    let sale = withdraw(units([shoes(5, 1)]), WithdrawalReason::RetailSale);
    assert_eq!(book.refused(SELLER, sale.clone()), R::AwaitingTransfer);
    let (_, accepted) = book.ok(SELLER, Document::Accept { shipment, differing: vec![] });
    assert_eq!(accepted.effects.len(), 1);
    assert_eq!(book.owner(shoes(5, 1)), SELLER.id);
    assert_eq!(book.refused(MAKER, Document::Disaggregate { packages: vec![package(3)] }), R::UnitNotYours);
    book.ok(SELLER, sale);
    assert_eq!(book.state(shoes(5, 1)).owner, Some(SELLER.id), "what leaves a package takes its owner along");
}

#[test]
fn what_happens_to_a_child_is_told_to_its_parent() {
    let mut book = book();
    let (_, sold) = book.ok(MAKER, withdraw(units([shoes(5, 1)]), WithdrawalReason::RetailSale));
    let acts: Vec<&str> = sold.effects.iter().map(|effect| effect.act.name()).collect();
    assert_eq!(acts, ["unpack", "withdraw", "repack"]);
    let unit = book.state(shoes(5, 1));
    assert_eq!((unit.package, unit.status), (None, Status::Withdrawn));
    assert_eq!(book.members(package(1)).len(), 9);
    assert_eq!(book.package_state(1).status, Status::Formed, "the parent stays");
    assert_eq!(book.package_state(1).package, Some(package(3)));
    // A package that is shipped alone leaves the one around it.
    let (_, shipped) = book.ok(MAKER, Document::Ship { items: packages([2]), to: SELLER.id });
    let acts: Vec<&str> = shipped.effects.iter().map(|effect| effect.act.name()).collect();
    assert_eq!(acts, ["unpack", "ship", "repack"]);
    assert_eq!(book.members(package(3)).len(), 1);
}

#[test]
fn packages_are_opened_by_their_owner_alone() {
    let mut book = book();
    let take = |items| Document::TakeOut { package: package(1), items };
    assert_eq!(book.refused(SELLER, take(units([shoes(0, 1)]))), R::UnitNotYours);
    assert_eq!(book.refused(MAKER, take(units([shoes(10, 1)]))), R::NotInPackage);
    assert_eq!(book.refused(MAKER, take(packages([2]))), R::NotInPackage);
    assert_eq!(book.refused(MAKER, take(packages([40]))), R::PackageUnknown);
    book.ok(MAKER, take(units([shoes(0, 3)])));
    assert_eq!(book.members(package(1)).len(), 7);
    book.ok(MAKER, Document::Add { package: package(2), items: units([shoes(0, 3)]) });
    assert_eq!(book.members(package(2)).len(), 13);
    let applied = Document::Add { package: package(2), items: units([shoes(100, 1)]) };
    assert_eq!(book.refused(MAKER, applied), R::NotInCirculation);
    book.ok(MAKER, Document::Disaggregate { packages: vec![package(1), package(3)] });
    assert_eq!(book.package_state(1).status, Status::Dissolved);
    assert_eq!(book.package_state(2).package, None);
    assert_eq!(book.state(shoes(5, 1)).package, None);
    for document in [
        Document::Disaggregate { packages: vec![package(1)] },
        take(units([shoes(5, 1)])),
        Document::Add { package: package(1), items: units([shoes(5, 1)]) },
        Document::Ship { items: packages([1]), to: SELLER.id },
        aggregate(8, PackageLevel::Pallet, packages([1])),
    ] {
        assert_eq!(book.refused(MAKER, document), R::PackageDissolved);
    }
    assert_eq!(book.refused(MAKER, aggregate(1, PackageLevel::Group, units([shoes(5, 1)]))), R::PackageExists);
}

#[test]
fn a_package_that_is_withdrawn_or_blocked_is_so_with_all_in_it() {
    let mut book = book();
    let block = Document::Block { items: packages([3]), reason: BlockReason::Investigation };
    let (_, blocked) = book.ok(INSPECTOR, block);
    assert_eq!(blocked.units, 20);
    assert!(book.state(shoes(19, 1)).blocked.is_some() && book.package_state(2).blocked.is_some());
    assert_eq!(book.state(shoes(19, 1)).package, Some(package(2)), "it stays where it is");
    assert_eq!(book.refused(MAKER, Document::Ship { items: packages([3]), to: SELLER.id }), R::Blocked);
    assert_eq!(book.refused(MAKER, Document::Disaggregate { packages: vec![package(1)] }), R::Blocked);
    book.ok(INSPECTOR, Document::Unblock { items: packages([3]) });
    assert_eq!(book.package_state(1).blocked, None);
    assert_eq!(book.state(shoes(0, 1)).blocked, None);
    let twice = withdraw(Items { units: vec![shoes(3, 1)], packages: vec![package(3)] }, WithdrawalReason::Export);
    assert_eq!(book.refused(MAKER, twice), R::CodeRepeated);
    let twice = withdraw(packages([1, 3]), WithdrawalReason::Export);
    assert_eq!(book.refused(MAKER, twice), R::CodeRepeated);
    let (_, out) = book.ok(MAKER, withdraw(packages([3]), WithdrawalReason::ExportUnion));
    assert_eq!(out.units, 20);
    assert_eq!(book.package_state(2).status, Status::Withdrawn);
    // One unit comes back: it is out of the package.
    book.ok(MAKER, Document::Return { units: vec![shoes(4, 1)] });
    let back = book.state(shoes(4, 1));
    assert_eq!((back.status, back.package), (Status::InCirculation, None));
}

#[test]
fn a_package_of_goods_not_in_circulation_stays_until_they_are() {
    let mut book = book();
    let nested = vec![
        packing(11, PackageLevel::Group, units([shoes(100, 5)])),
        packing(12, PackageLevel::Group, units([shoes(105, 5)])),
        packing(13, PackageLevel::Pallet, packages([11, 12])),
    ];
    book.ok(MAKER, Document::Aggregate { packages: nested });
    let ship = Document::Ship { items: packages([13]), to: SELLER.id };
    assert_eq!(book.package_state(13).status, Status::Applied);
    assert_eq!(book.refused(MAKER, ship.clone()), R::NotInCirculation);
    book.ok(MAKER, Document::Introduce { units: vec![shoes(100, 7)], facts: facts() });
    assert_eq!(book.state(shoes(100, 1)).package, Some(package(11)), "it stays packed");
    assert_eq!(book.package_state(11).status, Status::InCirculation);
    assert_eq!(book.package_state(13).status, Status::Applied);
    assert_eq!(book.refused(MAKER, ship.clone()), R::NotInCirculation);
    book.ok(MAKER, Document::TakeOut { package: package(12), items: units([shoes(107, 1)]) });
    assert_eq!(book.package_state(12).status, Status::Applied);
    let lost = Document::WriteOff { units: vec![shoes(108, 2)], reason: WithdrawalReason::Damage };
    book.ok(MAKER, lost);
    assert_eq!(book.package_state(13).status, Status::InCirculation, "what is left is in circulation");
    book.ok(MAKER, ship);
}

#[test]
fn a_package_waits_also_for_what_takes_the_place_of_others() {
    let mut book = book();
    book.ok(MAKER, aggregate(11, PackageLevel::Group, units([shoes(100, 1)])));
    let replace = |out, into| Document::Replace { package: package(11), out: units([out]), into: units([into]) };
    book.ok(MAKER, replace(shoes(100, 1), shoes(101, 1)));
    assert_eq!(book.package_state(11).status, Status::Applied);
    book.ok(MAKER, replace(shoes(101, 1), shoes(50, 1)));
    assert_eq!(book.package_state(11).status, Status::InCirculation);
}

#[test]
fn a_million_units_in_a_package_move_by_one_effect() {
    let mut book = book();
    let (_, shipped) = book.ok(MAKER, Document::Ship { items: packages([3]), to: SELLER.id });
    let [effect] = shipped.effects[..] else { panic!("{:?}", shipped.effects) };
    assert_eq!((effect.range.count, effect.act), (1, Act::Ship));
    assert_eq!(book.state(shoes(0, 1)), UnitState { package: Some(package(1)), ..book.state(shoes(9, 1)) });
}
