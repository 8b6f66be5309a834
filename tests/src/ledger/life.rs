//! Stories of goods, each told to a [`World`] of its own.

use super::cards::{
    batch, declaration, domestic, gtin, imported, imported_batch, package, packages, packing, range, units,
};
use super::world::World;
use backend_ledger::Party;
use shared::document::{Differing, Discrepancy, Document, Items};
use shared::group::ProductGroup;
use shared::refusal::RefusalCode as R;
use shared::region::Region;
use shared::seal::Profile;
use shared::series::{PackageId, PackageLevel, Range};
use shared::state::{BlockReason, DocumentNo, WithdrawalReason as W};

/// A story with its name.
pub type Story = (&'static str, fn(&mut World));

/// Every story.
pub const ALL: &[Story] = &[
    ("units", units_live),
    ("blocks", across_blocks),
    ("packages", packages_nest),
    ("opened", packages_are_opened),
    ("shipments", shipments_change_hands),
    ("serials", serials_are_registered),
    ("corrections", corrections_take_back),
    ("repacked", corrections_of_packages),
    ("imports", imports_pass_customs),
];

/// Packages of these stories share their first ten digits.
const PREFIX: u64 = 487_000_123;

/// Registers a card of footwear and orders codes.
pub fn ordered(world: &mut World, by: Party, item: u32, quantity: u64) -> Range {
    world.ok(by, Document::RegisterProduct(domestic(item, ProductGroup::Footwear)));
    order(world, by, item, quantity)
}

/// Orders more codes of a card.
pub fn order(world: &mut World, by: Party, item: u32, quantity: u64) -> Range {
    let applied = world.ok(by, Document::OrderCodes { gtin: gtin(item), quantity, profile: Profile::Signed });
    applied.range.expect("an order has numbers")
}

/// The same, in circulation.
pub fn introduced(world: &mut World, by: Party, item: u32, quantity: u64) -> Range {
    let all = ordered(world, by, item, quantity);
    world.ok(by, Document::Apply { units: vec![all] });
    world.ok(by, Document::Introduce { units: vec![all], facts: batch("Қарағанды") });
    all
}

fn part(of: Range, first: u64, count: u64) -> Range {
    range(of.series, of.first + first, count)
}

fn sale(units: &[Range]) -> Document {
    let region: Option<Region> = "75".parse().ok();
    Document::Withdraw { items: super::cards::units(units), reason: W::RetailSale, region }
}

fn boxed(number: u64) -> PackageId {
    package(PREFIX, number)
}

/// Every act on single units, allowed and refused.
fn units_live(world: &mut World) {
    let super::world::Parties { producer, seller, rival, inspector, .. } = world.parties;
    let all = ordered(world, producer, 1, 60);
    let more = ordered(world, rival, 2, 10);
    world.refused(producer, Document::RegisterProduct(domestic(1, ProductGroup::Footwear)), R::ProductExists);
    world.refused(producer, Document::Apply { units: vec![more] }, R::UnitNotYours);
    world.refused(producer, Document::Introduce { units: vec![all], facts: batch("А") }, R::NotApplied);
    world.ok(producer, Document::Apply { units: vec![part(all, 0, 50)] });
    world.refused(producer, Document::Apply { units: vec![part(all, 49, 2)] }, R::AlreadyApplied);
    world.ok(producer, Document::Introduce { units: vec![part(all, 0, 20)], facts: batch("А") });
    world.ok(producer, Document::Introduce { units: vec![part(all, 20, 20)], facts: batch("Б") });
    world.ok(producer, Document::WriteOff { units: vec![part(all, 40, 3)], reason: W::Damage });
    world.refused(Party::OPERATOR, Document::Annul { units: vec![part(all, 55, 5)] }, R::TermNotPassed);
    world.ok(producer, Document::Annul { units: vec![part(all, 55, 5)] });
    world.refused(producer, Document::Apply { units: vec![part(all, 54, 2)] }, R::Annulled);
    world.ok(seller, sale(&[part(all, 3, 1), part(all, 7, 2), part(all, 30, 1)]));
    world.refused(seller, sale(&[part(all, 8, 2)]), R::AlreadyWithdrawn);
    world.ok(seller, Document::Return { units: vec![part(all, 7, 1)] });
    world.ok(producer, Document::Withdraw { items: units(&[part(all, 0, 1)]), reason: W::Export, region: None });
    world.refused(producer, Document::Return { units: vec![part(all, 0, 1)] }, R::WithdrawnForGood);
    world.ok(inspector, Document::Block { items: units(&[part(all, 10, 5)]), reason: BlockReason::Unsafe });
    world.refused(seller, sale(&[part(all, 12, 1)]), R::Blocked);
    world.ok(inspector, Document::Unblock { items: units(&[part(all, 12, 1)]) });
    world.ok(seller, sale(&[part(all, 12, 1)]));
    world.ok(producer, Document::Recall { units: vec![part(all, 25, 10)] });
    world.ok(producer, Document::LiftRecall { units: vec![part(all, 28, 2)] });
    let region = None;
    world.ok(seller, Document::SellInner { unit: part(all, 36, 1), count: 3, region });
    world.ok(seller, Document::SellInner { unit: part(all, 36, 1), count: 4, region });
    world.ok(seller, Document::Withdraw { items: units(&[part(all, 36, 1)]), reason: W::SoldOut, region });
    let pairs = vec![(part(all, 37, 1), part(all, 50, 1)), (part(all, 44, 1), part(all, 45, 1))];
    world.ok(producer, Document::Remark { pairs });
    let items = units(&[part(all, 4, 6)]);
    let outcome = world.partly(producer, Document::Withdraw { items, reason: W::OwnUse, region });
    let rejected = outcome.expect("some are left").rejected;
    assert!(!rejected.is_empty() && rejected.iter().all(|refusal| refusal.code == R::AlreadyWithdrawn), "{rejected:?}");
    world.refused(producer, Document::Apply { units: vec![part(all, 59, 2)] }, R::CodeNotIssued);
}

/// Long ranges over the borders of blocks, and single units among them.
fn across_blocks(world: &mut World) {
    let super::world::Parties { producer, seller, inspector, .. } = world.parties;
    let all = ordered(world, producer, 1, 9_000);
    world.ok(producer, Document::Apply { units: vec![part(all, 10, 8_500)] });
    world.ok(producer, Document::Introduce { units: vec![part(all, 10, 4_200)], facts: batch("А") });
    world.ok(producer, Document::Introduce { units: vec![part(all, 4_210, 4_000)], facts: batch("Б") });
    let more = order(world, producer, 1, 3_000);
    for at in [4_095, 4_096, 4_097, 8_191, 8_192, 10] {
        world.ok(seller, sale(&[part(all, at, 1)]));
    }
    world.refused(seller, sale(&[part(all, 4_000, 200)]), R::AlreadyWithdrawn);
    world.ok(inspector, Document::Block { items: units(&[part(all, 0, 12_000)]), reason: BlockReason::Investigation });
    world.ok(inspector, Document::Unblock { items: units(&[part(all, 4_096, 4_096)]) });
    world.ok(seller, sale(&[part(all, 4_100, 50), part(all, 8_000, 150)]));
    world.refused(producer, Document::Apply { units: vec![more] }, R::Blocked);
    world.ok(inspector, Document::Unblock { items: units(&[more]) });
    world.ok(producer, Document::Apply { units: vec![part(more, 0, 1), part(more, 2, 1), part(more, 2_999, 1)] });
}

/// Packages in packages, to the deepest there may be.
fn packages_nest(world: &mut World) {
    let super::world::Parties { producer, seller, rival, .. } = world.parties;
    let all = introduced(world, producer, 1, 100);
    let level = [
        PackageLevel::Group,
        PackageLevel::Group,
        PackageLevel::Transport,
        PackageLevel::Transport,
        PackageLevel::Pallet,
        PackageLevel::Pallet,
        PackageLevel::Container,
        PackageLevel::Container,
    ];
    // One a document, then another stack in one document.
    world.ok(producer, aggregate(boxed(0), level[0], units(&[part(all, 0, 5)])));
    for (number, level) in (1..).zip(&level[1..]) {
        let contents = Items { units: vec![part(all, 4 + number, 1)], packages: vec![boxed(number - 1)] };
        world.ok(producer, aggregate(boxed(number), *level, contents));
    }
    let deeper = aggregate(boxed(8), PackageLevel::Container, packages(&[boxed(7)]));
    world.refused(producer, deeper, R::PackageTooDeep);
    let stack = (0..8_u64).map(|number| {
        let inner = (number > 0).then(|| boxed(19 + number));
        let contents = Items { units: vec![part(all, 20 + 2 * number, 2)], packages: inner.into_iter().collect() };
        packing(boxed(20 + number), level[number as usize], contents)
    });
    world.ok(producer, Document::Aggregate { packages: stack.collect() });
    world.refused(producer, aggregate(boxed(0), level[0], units(&[part(all, 60, 1)])), R::PackageExists);
    world.refused(producer, aggregate(boxed(40), level[0], units(&[part(all, 0, 1)])), R::AlreadyPacked);
    world.refused(rival, Document::Disaggregate { packages: vec![boxed(7)] }, R::UnitNotYours);
    // A child that goes takes itself out, and says so.
    world.ok(seller, sale(&[part(all, 2, 1)]));
    world.ok(producer, Document::Disaggregate { packages: vec![boxed(3)] });
    world.ok(seller, sale(&[part(all, 40, 1)]));
    let items = packages(&[boxed(24)]);
    world.ok(producer, Document::Withdraw { items, reason: W::Loss, region: None });
    // Packages of other prefixes are other series.
    world.ok(producer, aggregate(package(PREFIX + 1, 9_999_999), level[0], units(&[part(all, 70, 10)])));
    world.refused(producer, aggregate(boxed(50), level[0], Items::default()), R::PackageEmpty);
    world.refused(producer, Document::Disaggregate { packages: vec![boxed(9_000)] }, R::PackageUnknown);
    // Goods that are applied go into circulation where they lie.
    let late = order(world, producer, 1, 20);
    world.ok(producer, Document::Apply { units: vec![late] });
    world.ok(producer, aggregate(boxed(60), level[0], units(&[part(late, 0, 10)])));
    let contents = Items { units: vec![part(late, 10, 5)], packages: vec![boxed(60)] };
    world.ok(producer, aggregate(boxed(61), level[2], contents));
    world.ok(producer, Document::Introduce { units: vec![part(late, 0, 10)], facts: batch("В") });
    world.ok(producer, Document::Introduce { units: vec![part(late, 10, 5)], facts: batch("В") });
}

fn aggregate(package: PackageId, level: PackageLevel, contents: Items) -> Document {
    Document::Aggregate { packages: vec![packing(package, level, contents)] }
}

/// Contents of packages come, go, and are exchanged.
fn packages_are_opened(world: &mut World) {
    let producer = world.parties.producer;
    let all = introduced(world, producer, 1, 4_200);
    let other = introduced(world, producer, 2, 30);
    let level = PackageLevel::Transport;
    world.ok(producer, aggregate(boxed(0), level, units(&[part(all, 4_080, 40), part(other, 0, 10)])));
    world.ok(producer, aggregate(boxed(1), PackageLevel::Group, units(&[part(all, 0, 10)])));
    world.ok(producer, aggregate(boxed(2), PackageLevel::Group, units(&[part(all, 10, 10)])));
    let items = Items { units: vec![part(other, 10, 5)], packages: vec![boxed(1)] };
    world.ok(producer, Document::Add { package: boxed(0), items });
    let items = Items { units: vec![part(all, 4_090, 10), part(other, 3, 1)], packages: vec![boxed(1)] };
    world.ok(producer, Document::TakeOut { package: boxed(0), items });
    let items = units(&[part(all, 4_090, 1)]);
    world.refused(producer, Document::TakeOut { package: boxed(0), items }, R::NotInPackage);
    let (out, into) = (units(&[part(all, 4_080, 5)]), packages(&[boxed(2)]));
    world.ok(producer, Document::Replace { package: boxed(0), out, into });
    let (out, into) = (packages(&[boxed(2)]), units(&[part(all, 4_080, 5)]));
    world.ok(producer, Document::Replace { package: boxed(0), out, into });
    world.ok(producer, Document::Disaggregate { packages: vec![boxed(0)] });
    let items = units(&[part(all, 4_080, 1)]);
    world.refused(producer, Document::Add { package: boxed(0), items }, R::PackageDissolved);
    world.refused(producer, aggregate(boxed(0), level, units(&[part(all, 100, 1)])), R::PackageExists);
    world.ok(producer, aggregate(boxed(3), level, units(&[part(all, 4_070, 50)])));
    // Units in many pieces.
    let odd: Vec<Range> = (0..20).map(|number| part(all, 200 + 2 * number, 1)).collect();
    world.ok(producer, Document::Add { package: boxed(3), items: units(&odd) });
    world
        .ok(producer, Document::TakeOut { package: boxed(3), items: units(&[part(all, 4_095, 2), part(all, 210, 1)]) });
    // New goods of old.
    let set = ordered(world, producer, 3, 5);
    world.ok(producer, Document::Apply { units: vec![set] });
    let from = Items { units: vec![part(all, 300, 10)], packages: vec![boxed(1)] };
    world.ok(producer, Document::Transform { from, to: vec![set], facts: batch("Г") });
}

/// Goods change hands by shipment and answer.
fn shipments_change_hands(world: &mut World) {
    let super::world::Parties { producer, importer, seller, rival, inspector } = world.parties;
    let all = introduced(world, producer, 1, 200);
    let pallet = boxed(5);
    let carton = |number: u64| packing(boxed(number), PackageLevel::Transport, units(&[part(all, 10 * number, 10)]));
    let mut forms: Vec<_> = (0..4).map(carton).collect();
    forms.push(packing(pallet, PackageLevel::Pallet, packages(&[boxed(0), boxed(1), boxed(2)])));
    world.ok(producer, Document::Aggregate { packages: forms });

    let items = Items { units: vec![part(all, 100, 10)], packages: vec![pallet] };
    let first = world.ok(producer, Document::Ship { items: items.clone(), to: rival.id }).document;
    world.refused(producer, Document::Ship { items, to: seller.id }, R::AwaitingTransfer);
    world.refused(producer, Document::Disaggregate { packages: vec![boxed(0)] }, R::AwaitingTransfer);
    world.refused(seller, Document::Accept { shipment: first, differing: vec![] }, R::ShipmentUnknown);
    world.ok(rival, Document::Accept { shipment: first, differing: vec![] });
    world.refused(rival, Document::Accept { shipment: first, differing: vec![] }, R::ShipmentClosed);
    world.refused(producer, sale(&[part(all, 5, 1)]), R::UnitNotYours);
    world.ok(rival, Document::TakeOut { package: boxed(1), items: units(&[part(all, 12, 2)]) });

    let second = world.ok(rival, Document::Ship { items: packages(&[boxed(0)]), to: seller.id }).document;
    let differing = vec![
        Differing { items: units(&[part(all, 3, 2)]), how: Discrepancy::Shortage },
        Differing { items: units(&[part(all, 8, 1)]), how: Discrepancy::Damaged },
    ];
    world.ok(seller, Document::Accept { shipment: second, differing });
    world.ok(seller, sale(&[part(all, 0, 1)]));

    let third = world.ok(producer, Document::Ship { items: packages(&[boxed(3)]), to: importer.id }).document;
    world.ok(importer, Document::RefuseShipment { shipment: third });
    let fourth = world.ok(producer, Document::Ship { items: packages(&[boxed(3)]), to: importer.id }).document;
    world.refused(importer, Document::CancelShipment { shipment: fourth }, R::ShipmentUnknown);
    world.ok(producer, Document::CancelShipment { shipment: fourth });
    let fifth = world.ok(producer, Document::Ship { items: units(&[part(all, 120, 30)]), to: importer.id }).document;
    world.ok(inspector, Document::Block { items: units(&[part(all, 125, 2)]), reason: BlockReason::Unsafe });
    let differing = vec![Differing { items: units(&[part(all, 140, 3)]), how: Discrepancy::DataWithoutProduct }];
    world.ok(importer, Document::Accept { shipment: fifth, differing });
    world.ok(producer, Document::Ship { items: units(&[part(all, 140, 1)]), to: seller.id });
    world.refused(producer, Document::Ship { items: units(&[part(all, 141, 1)]), to: producer.id }, R::ReceiverInvalid);
}

/// Serials of participants' own, and of other states.
fn serials_are_registered(world: &mut World) {
    let super::world::Parties { producer, importer, seller, rival, .. } = world.parties;
    let of = ordered(world, producer, 1, 10);
    let serials = |letter: char, from: u32, count: u32| -> Vec<String> {
        (from..from + count).map(|number| format!("{letter}-{number}/x")).collect()
    };
    let own = |serials| Document::RegisterSerials { gtin: gtin(1), serials };
    let mine = world.ok(producer, own(serials('p', 0, 40))).range.expect("serials have numbers");
    assert_ne!(mine.series, of.series);
    world.refused(producer, own(serials('p', 39, 2)), R::SerialExists);
    world.refused(rival, own(serials('r', 0, 1)), R::ProductNotYours);
    let more = world.ok(producer, own(serials('q', 0, 5))).range.expect("serials have numbers");
    assert_eq!((more.series, more.first), (mine.series, 40));
    let foreign =
        |item, state: &str, serials| Document::RecogniseSerials { gtin: gtin(item), state: state.into(), serials };
    let theirs = world.ok(importer, foreign(7, "RU", serials('f', 0, 30))).range.expect("serials have numbers");
    let others = world.ok(rival, foreign(7, "KG", serials('g', 0, 10))).range.expect("serials have numbers");
    assert_eq!(others.series, theirs.series);
    world.refused(importer, foreign(7, "KG", serials('f', 3, 1)), R::SerialExists);
    world.refused(importer, foreign(7, "DE", serials('h', 3, 1)), R::StateInvalid);
    world.ok(producer, Document::Apply { units: vec![mine] });
    world.ok(producer, Document::Introduce { units: vec![part(mine, 0, 20)], facts: batch("А") });
    world.ok(seller, sale(&[part(mine, 2, 3), part(theirs, 0, 4), part(others, 1, 1)]));
    world.refused(importer, Document::Ship { items: units(&[part(others, 2, 1)]), to: seller.id }, R::UnitNotYours);
    world.ok(importer, aggregate(boxed(0), PackageLevel::Group, units(&[part(theirs, 10, 10)])));
    let foreign_again = foreign(1, "BY", serials('z', 0, 3));
    world.ok(importer, foreign_again);
    world.refused(importer, foreign(1, "BY", serials('p', 0, 1)), R::SerialExists);
}

/// What a document did is taken back by another.
fn corrections_take_back(world: &mut World) {
    let super::world::Parties { producer, seller, .. } = world.parties;
    let all = introduced(world, producer, 1, 50);
    world.ok(producer, aggregate(boxed(0), PackageLevel::Group, units(&[part(all, 0, 10)])));
    let correct = |document: DocumentNo, units: &[Range]| Document::Correct { document, units: units.to_vec() };
    let sold = world.ok(seller, sale(&[part(all, 5, 10)])).document;
    world.refused(producer, correct(sold, &[part(all, 5, 1)]), R::DocumentUnknown);
    world.ok(seller, correct(sold, &[part(all, 12, 3)]));
    world.refused(seller, correct(sold, &[part(all, 12, 1)]), R::ChangedSince);
    world.refused(seller, correct(DocumentNo(9_000), &[part(all, 12, 1)]), R::DocumentUnknown);
    let inner = world.ok(seller, Document::SellInner { unit: part(all, 20, 1), count: 2, region: None }).document;
    world.ok(seller, correct(inner, &[part(all, 20, 1)]));
    world.ok(seller, sale(&[part(all, 20, 1)]));
    let export = Document::Withdraw { items: units(&[part(all, 30, 5)]), reason: W::Export, region: None };
    let exported = world.ok(producer, export).document;
    world.ok(producer, correct(exported, &[part(all, 30, 2), part(all, 33, 2)]));
    world.ok(producer, aggregate(boxed(1), PackageLevel::Group, units(&[part(all, 33, 2)])));
    world.refused(producer, correct(exported, &[part(all, 33, 1)]), R::ChangedSince);
    let ordered = DocumentNo(2);
    world.refused(producer, correct(ordered, &[part(all, 1, 1)]), R::NotCorrectable);
}

/// What was done to packages is taken back.
fn corrections_of_packages(world: &mut World) {
    let super::world::Parties { producer, seller, rival, .. } = world.parties;
    let all = introduced(world, producer, 1, 4_200);
    let level = PackageLevel::Transport;
    let correct = |document: DocumentNo, packages: &[u64]| {
        let packages = packages.iter().map(|number| boxed(*number)).collect();
        Document::CorrectPackages { document, packages }
    };
    // The wrong goods, over the border of two blocks, in a box on a pallet: formed again with the same SSCCs.
    let carton = |first| packing(boxed(0), level, units(&[part(all, first, 10)]));
    let pallet = || packing(boxed(1), PackageLevel::Pallet, packages(&[boxed(0)]));
    let wrong = world.ok(producer, Document::Aggregate { packages: vec![carton(4_090), pallet()] }).document;
    world.refused(producer, correct(wrong, &[0]), R::ChangedSince);
    world.refused(rival, correct(wrong, &[0, 1]), R::DocumentUnknown);
    world.ok(producer, correct(wrong, &[0, 1]));
    world.refused(producer, correct(wrong, &[0, 1]), R::PackageUnknown);
    world.refused(producer, Document::Disaggregate { packages: vec![boxed(1)] }, R::PackageUnknown);
    world.ok(producer, Document::Aggregate { packages: vec![carton(100), pallet()] });
    // Contents come and go, each taken back in turn.
    let added = Document::Add { package: boxed(0), items: units(&[part(all, 4_094, 4)]) };
    let added = world.ok(producer, added).document;
    let (out, into) = (units(&[part(all, 100, 3), part(all, 4_095, 1)]), units(&[part(all, 200, 2)]));
    let replaced = world.ok(producer, Document::Replace { package: boxed(0), out, into }).document;
    world.refused(producer, correct(added, &[0]), R::ChangedSince);
    world.ok(producer, correct(replaced, &[0]));
    world.ok(producer, correct(added, &[0]));
    let apart = world.ok(producer, Document::Disaggregate { packages: vec![boxed(1)] }).document;
    world.ok(producer, correct(apart, &[1]));
    // The whole pallet, exported by mistake, and then shipped.
    let export = Document::Withdraw { items: packages(&[boxed(1)]), reason: W::Export, region: None };
    let exported = world.ok(producer, export).document;
    world.ok(producer, correct(exported, &[1]));
    let taken = Document::TakeOut { package: boxed(0), items: units(&[part(all, 105, 1)]) };
    let taken = world.ok(producer, taken).document;
    let shipment = world.ok(producer, Document::Ship { items: packages(&[boxed(1)]), to: seller.id }).document;
    world.refused(producer, correct(taken, &[0]), R::ChangedSince);
    world.refused(producer, correct(shipment, &[1]), R::NotCorrectable);
    world.ok(seller, Document::Accept { shipment, differing: vec![] });
    world.ok(seller, sale(&[part(all, 106, 1)]));
}

/// Imported goods wait for customs.
fn imports_pass_customs(world: &mut World) {
    let super::world::Parties { importer, seller, inspector, .. } = world.parties;
    world.ok(importer, Document::RegisterProduct(imported(1, ProductGroup::MotorOil)));
    let all = order(world, importer, 1, 30);
    world.ok(importer, Document::Apply { units: vec![all] });
    world.ok(importer, Document::AwaitCustoms { units: vec![part(all, 0, 20)] });
    let facts = imported_batch("Гамбург");
    world.refused(
        importer,
        Document::Introduce { units: vec![part(all, 0, 5)], facts: facts.clone() },
        R::AwaitingCustoms,
    );
    world.ok(importer, aggregate(boxed(0), PackageLevel::Group, units(&[part(all, 0, 10)])));
    world.ok(inspector, Document::ClearCustoms { units: vec![part(all, 0, 15)], declaration: declaration() });
    world.refused(
        importer,
        Document::Introduce { units: vec![part(all, 0, 5)], facts: batch("Гамбург") },
        R::CustomsDeclarationMissing,
    );
    world.ok(importer, Document::Introduce { units: vec![part(all, 0, 15)], facts });
    world.ok(seller, sale(&[part(all, 14, 1), part(all, 3, 1)]));
}
