//! Corrections take back, they overwrite nothing.

use crate::support::*;
use RefusalCode as R;
use backend_ledger::Book as _;
use shared::act::Act;
use shared::document::{Document, Items, Range};
use shared::party::PartyId;
use shared::refusal::RefusalCode;
use shared::series::{PackageLevel, SeriesId};
use shared::state::{DocumentNo, Status, UnitState, WithdrawalReason};

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

fn correct_packages(document: DocumentNo, numbers: impl IntoIterator<Item = u64>) -> Document {
    Document::CorrectPackages { document, packages: numbers.into_iter().map(package).collect() }
}

/// State and owner of a unit, state and contents of the package of the same number.
type Told = (UnitState, PartyId, Option<UnitState>, Vec<(SeriesId, u64)>);

/// Everything that may be asked of units and packages, but how it came about.
fn standing_of(book: &mut Memory) -> Vec<Told> {
    let each = (0..40).map(|number| {
        let of = package(number);
        (
            book.state(shoes(number, 1)),
            book.owner(shoes(number, 1)),
            book.package(of).unwrap(),
            book.folded_contents(of),
        )
    });
    each.collect()
}

/// Boxes 1 (units 0 to 4) and 2 (5 to 9) on pallet 3; box 4 (10 to 14); units 15 to 29 loose, 30 to 39 applied.
fn packed() -> Memory {
    let mut book = Memory::new();
    book.circulate(MAKER, shoes(0, 30));
    book.ok(MAKER, Document::Apply { units: vec![shoes(30, 10)] });
    let carton = |n: u64, first| packing(n, PackageLevel::Transport, units([shoes(first, 5)]));
    let pallet = packing(3, PackageLevel::Pallet, packages([1, 2]));
    book.ok(MAKER, Document::Aggregate { packages: vec![carton(1, 0), carton(2, 5), pallet] });
    book.ok(MAKER, Document::Aggregate { packages: vec![carton(4, 10)] });
    book
}

#[test]
fn what_was_done_to_a_package_is_taken_back_whole() {
    let (out, into) = (units([shoes(10, 2)]), units([shoes(15, 3)]));
    let cases = [
        (vec![20], Document::Aggregate { packages: vec![packing(20, PackageLevel::Group, into.clone())] }),
        (
            vec![20, 21],
            Document::Aggregate {
                packages: vec![
                    packing(20, PackageLevel::Group, into.clone()),
                    packing(21, PackageLevel::Pallet, packages([20, 4])),
                ],
            },
        ),
        (vec![20], Document::Aggregate { packages: vec![packing(20, PackageLevel::Group, units([shoes(30, 4)]))] }),
        (vec![3], Document::Disaggregate { packages: vec![package(3)] }),
        (vec![4], Document::Disaggregate { packages: vec![package(4)] }),
        (vec![4], Document::TakeOut { package: package(4), items: out.clone() }),
        (vec![3], Document::TakeOut { package: package(3), items: packages([1]) }),
        (vec![4], Document::Add { package: package(4), items: into.clone() }),
        (vec![3], Document::Add { package: package(3), items: packages([4]) }),
        (vec![1], Document::Add { package: package(1), items: into.clone() }),
        (vec![4], Document::Replace { package: package(4), out, into }),
        (vec![3], withdraw(packages([3]), WithdrawalReason::Export)),
        (vec![4], withdraw(packages([4]), WithdrawalReason::Destruction)),
    ];
    for (named, document) in cases {
        let mut book = packed();
        let before = standing_of(&mut book);
        let (number, _) = book.ok(MAKER, document.clone());
        assert_ne!(standing_of(&mut book), before, "{document:?}");
        assert_eq!(book.refused(SELLER, correct_packages(number, named.clone())), R::DocumentUnknown);
        let (_, decision) = book.ok(MAKER, correct_packages(number, named.clone()));
        assert!(decision.effects.iter().all(|effect| effect.act == Act::Undo), "{decision:?}");
        assert_eq!(standing_of(&mut book), before, "{document:?}");
        let again = book.refused(MAKER, correct_packages(number, named));
        assert!(matches!(again, R::ChangedSince | R::PackageUnknown), "{document:?}: {again:?}");
        // What was done by mistake may be done again, with the same SSCC.
        book.ok(MAKER, document);
    }
}

#[test]
fn one_package_of_many_is_taken_back() {
    let mut book = packed();
    let (export, _) = book.ok(MAKER, withdraw(packages([3, 4]), WithdrawalReason::Export));
    book.ok(MAKER, correct_packages(export, [4]));
    assert_eq!(book.state(shoes(10, 1)).status, Status::InCirculation);
    assert_eq!((book.state(shoes(0, 1)).status, book.package_state(1).status), (Status::Withdrawn, Status::Withdrawn));
    assert_eq!(book.members(package(4)).len(), 5, "what is in it stays in it");
    // A box that left its pallet by being withdrawn stands beside it.
    book.ok(MAKER, correct_packages(export, [3]));
    let (loss, _) = book.ok(MAKER, withdraw(packages([2]), WithdrawalReason::Loss));
    book.ok(MAKER, correct_packages(loss, [2]));
    assert_eq!((book.package_state(2).package, book.state(shoes(5, 1)).status), (None, Status::InCirculation));
    let boxes = [6, 7].map(|n| packing(n, PackageLevel::Group, units([shoes(10 + n, 1)])));
    let (both, _) = book.ok(MAKER, Document::Aggregate { packages: boxes.to_vec() });
    book.ok(MAKER, correct_packages(both, [7]));
    assert_eq!((book.state(shoes(16, 1)).package, book.state(shoes(17, 1)).package), (Some(package(6)), None));
    assert_eq!(book.package(package(7)).unwrap(), None);
    let again = packing(7, PackageLevel::Pallet, packages([6]));
    book.ok(MAKER, Document::Aggregate { packages: vec![again] });
    assert_eq!(book.folded_contents(package(7)).len(), 1);
}

#[test]
fn a_package_that_something_happened_to_since_is_not_taken_back() {
    let mut book = packed();
    let (taken, _) = book.ok(MAKER, Document::TakeOut { package: package(1), items: units([shoes(0, 1)]) });
    let (added, _) = book.ok(MAKER, Document::Add { package: package(4), items: units([shoes(20, 2)]) });
    let (boxed, _) =
        book.ok(MAKER, Document::Aggregate { packages: vec![packing(8, PackageLevel::Group, units([shoes(25, 2)]))] });
    let refused = |book: &mut Memory, document, n: u64| book.refusals(MAKER, correct_packages(document, [n]));
    let changed = vec![(R::ChangedSince, "/named/0".to_owned())];
    assert_eq!(refused(&mut book, taken, 2), changed, "the document did nothing to it");
    assert_eq!(refused(&mut book, taken, 9), [(R::PackageUnknown, "/named/0".to_owned())]);
    assert_eq!(book.refused(MAKER, correct_packages(DocumentNo(99), [1])), R::DocumentUnknown);
    // The unit that was taken out is sold; one that was added has left.
    book.ok(SELLER, withdraw(units([shoes(0, 1), shoes(21, 1)]), WithdrawalReason::RetailSale));
    assert_eq!(refused(&mut book, taken, 1), changed);
    assert_eq!(refused(&mut book, added, 4), changed);
    // It is under way, and has another owner.
    let (shipment, _) = book.ok(MAKER, Document::Ship { items: packages([8]), to: SELLER.id });
    assert_eq!(refused(&mut book, boxed, 8), changed);
    assert_eq!(book.refused(MAKER, correct_packages(shipment, [8])), R::NotCorrectable);
    book.ok(SELLER, Document::Accept { shipment, differing: vec![] });
    assert_eq!(refused(&mut book, boxed, 8), changed);
    // What is around it is under way, though nothing happened to itself.
    let (taken, _) = book.ok(MAKER, Document::TakeOut { package: package(2), items: units([shoes(5, 1)]) });
    book.ok(MAKER, Document::Ship { items: packages([3]), to: SELLER.id });
    assert_eq!(refused(&mut book, taken, 2), changed);
    let (sold, _) = book.ok(SELLER, withdraw(units([shoes(15, 1)]), WithdrawalReason::RetailSale));
    assert_eq!(book.refused(SELLER, correct_packages(sold, [4])), R::ChangedSince);
    let (introduced, _) = book.ok(MAKER, Document::Introduce { units: vec![shoes(30, 1)], facts: facts() });
    assert_eq!(book.refused(MAKER, correct_packages(introduced, [4])), R::NotCorrectable);
    let one = DocumentNo(sold.0);
    let empty = Document::CorrectPackages { document: one, packages: vec![] };
    assert_eq!(book.refused(SELLER, empty), R::NoUnits);
    let twice = correct_packages(one, [4, 4]);
    assert_eq!(book.refused(SELLER, twice), R::CodeRepeated);
}

#[test]
fn goods_not_in_circulation_do_not_come_back_into_what_may_be_shipped() {
    let mut book = packed();
    let inner = packing(8, PackageLevel::Group, units([shoes(20, 1), shoes(30, 1)]));
    let outer = packing(9, PackageLevel::Pallet, packages([8]));
    book.ok(MAKER, Document::Aggregate { packages: vec![inner, outer] });
    assert_eq!(book.package_state(9).status, Status::Applied);
    // The last that was only applied goes, and both packages may be shipped.
    let (taken, _) = book.ok(MAKER, Document::TakeOut { package: package(8), items: units([shoes(30, 1)]) });
    assert_eq!(book.package_state(9).status, Status::InCirculation);
    assert_eq!(book.refused(MAKER, correct_packages(taken, [8])), R::NotInCirculation);
    book.ok(MAKER, correct_packages(taken, [8, 9]));
    assert_eq!((book.package_state(8).status, book.package_state(9).status), (Status::Applied, Status::Applied));
}

#[test]
fn a_package_does_not_wait_for_goods_that_are_no_more_in_it() {
    let mut book = packed();
    book.ok(MAKER, Document::Aggregate { packages: vec![packing(8, PackageLevel::Group, units([shoes(30, 1)]))] });
    let (added, _) = book.ok(MAKER, Document::Add { package: package(8), items: units([shoes(31, 1)]) });
    let mut early = book.clone();
    early.ok(MAKER, correct_packages(added, [8]));
    assert_eq!(early.package_state(8).status, Status::Applied);
    // The first is introduced where it lies; what was added is all that the box still waits for.
    book.ok(MAKER, Document::Introduce { units: vec![shoes(30, 1)], facts: facts() });
    assert_eq!(book.package_state(8).status, Status::Applied);
    assert_eq!(book.refused(MAKER, correct_packages(added, [8])), R::ChangedSince);
    book.ok(MAKER, Document::TakeOut { package: package(8), items: units([shoes(31, 1)]) });
    assert_eq!(book.package_state(8).status, Status::InCirculation);
}

#[test]
fn packages_do_not_come_back_deeper_than_may_be() {
    let mut book = Memory::new();
    book.circulate(MAKER, shoes(0, 20));
    let level = |n: u64| if n < 6 { PackageLevel::Transport } else { PackageLevel::Container };
    book.ok(MAKER, Document::Aggregate { packages: vec![packing(0, level(0), units([shoes(0, 1)]))] });
    for n in 1..5 {
        let contents = Items { units: vec![shoes(n, 1)], packages: vec![package(n - 1)] };
        book.ok(MAKER, Document::Aggregate { packages: vec![packing(n, level(n), contents)] });
    }
    // While 0 is out, what is around 1 is put three deeper: there is room for 0 in it, and there is not if it is put four.
    let (taken, _) = book.ok(MAKER, Document::TakeOut { package: package(1), items: packages([0]) });
    for n in 5..8 {
        book.ok(MAKER, Document::Aggregate { packages: vec![packing(n, level(n), packages([n - 1]))] });
    }
    let mut deeper = book.clone();
    book.ok(MAKER, correct_packages(taken, [1]));
    deeper.ok(MAKER, Document::Aggregate { packages: vec![packing(9, PackageLevel::Container, packages([7]))] });
    assert_eq!(deeper.refused(MAKER, correct_packages(taken, [1])), R::PackageTooDeep);
}
