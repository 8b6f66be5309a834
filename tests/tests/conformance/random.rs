//! Any documents, in any order, leave a store as they leave the model.

use backend_ledger::{Party, may_be_partial, transition};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use shared::act::{Act, Effect};
use shared::document::{Differing, Discrepancy, Document, Items, Packing};
use shared::party::PartyId;
use shared::region::Region;
use shared::seal::Profile;
use shared::series::{PackageId, PackageLevel, Range, SeriesId, SeriesKind};
use shared::state::{BlockReason, DocumentNo, WithdrawalReason};
use std::cell::Cell;
use tests::ledger::cards::{batch, declaration, domestic, gtin, imported, imported_batch, package};
use tests::ledger::compare;
use tests::ledger::life;
use tests::ledger::variant::{Base, Folding, Variant};
use tests::ledger::world::World;

/// One document: its type, who sends it, and numbers from which the rest is taken.
#[derive(Clone, Debug)]
struct Step {
    kind: u8,
    by: u8,
    partial: bool,
    units: Vec<(u8, u16, u16)>,
    packages: Vec<u8>,
    choice: u16,
}

fn step() -> impl Strategy<Value = Step> {
    let count = prop_oneof![4 => Just(1_u16), 3 => 1_u16..30, 1 => 1_u16..5_000];
    // Near the borders of blocks now and then.
    let first = prop_oneof![5 => 0_u16..60, 1 => 4_080_u16..4_110, 1 => 0_u16..9_000];
    let units = proptest::collection::vec((0_u8..5, first, count), 0..4);
    let packages = proptest::collection::vec(0_u8..14, 0..3);
    let kind = prop_oneof![2 => Just(0_u8), 6 => 1_u8..4, 12 => 4_u8..24];
    (kind, 0_u8..5, any::<bool>(), units, packages, any::<u16>())
        .prop_map(|(kind, by, partial, units, packages, choice)| Step { kind, by, partial, units, packages, choice })
}

impl Step {
    fn units(&self) -> Vec<Range> {
        let range = |(series, first, count): &(u8, u16, u16)| Range {
            series: SeriesId(u32::from(*series)),
            first: u64::from(*first),
            count: u64::from(*count),
        };
        self.units.iter().map(range).collect()
    }

    /// Units of the first series named: a document of facts speaks of one product.
    fn of_one(&self) -> Vec<Range> {
        let mut units = self.units();
        let series = units.first().map(|range| range.series);
        units.retain(|range| Some(range.series) == series);
        units
    }

    fn packages(&self) -> Vec<PackageId> {
        self.packages.iter().map(|number| boxed(*number)).collect()
    }

    /// Puts units in the place of those named that the document could speak of, so that random documents have a chance.
    fn fitted(mut self, world: &World, act: Act) -> Self {
        // Low numbers, and those at the border of the first two blocks.
        let places = (0..4_u8).flat_map(|series| (0..70).chain(4_090..4_102).map(move |number| (series, number)));
        let fit: Vec<(u8, u16)> = places
            .filter(|(series, number)| {
                let id = SeriesId(u32::from(*series));
                let issued = world.model.series.get(usize::from(*series)).map_or(0, |of| of.issued);
                u64::from(*number) < issued && transition(&world.model.state((id, u64::from(*number))), &act).is_ok()
            })
            .collect();
        if !fit.is_empty() {
            let first = usize::from(self.choice) % fit.len();
            let run = 1 + usize::from(self.choice) % 4;
            self.units = fit[first..].iter().take(run).map(|(series, number)| (*series, *number, 1)).collect();
            self.packages.truncate(usize::from(self.choice.is_multiple_of(5)));
        }
        self
    }

    /// What the document would do to its units, as far as that is worth a thought.
    fn act(&self) -> Option<Act> {
        Some(match self.kind {
            1 => Act::Apply,
            2 => Act::Introduce,
            3 | 19 => Act::Pack(boxed(0)),
            4 => Act::Withdraw(WithdrawalReason::RetailSale),
            5 => Act::Withdraw(WithdrawalReason::Export),
            6 => Act::Return,
            7 => Act::Annul,
            8 => Act::WriteOff(WithdrawalReason::Loss),
            10 => Act::Unblock,
            11 => Act::Recall,
            12 => Act::LiftRecall,
            13 => Act::AwaitCustoms,
            14 => Act::ClearCustoms,
            18 | 20 => Act::Unpack(PartyId(1)),
            21 => Act::Ship,
            _ => return None,
        })
    }

    /// Who could send it.
    fn sender(&self, world: &World) -> Party {
        let tests::ledger::world::Parties { producer, importer, seller, inspector, .. } = world.parties;
        let of = self.units.first().map_or(0, |unit| unit.0);
        match self.kind {
            4 | 6 | 15 => seller,
            9 | 10 => inspector,
            22 => world.model.shipments.values().rev().find(|sending| sending.shipment.open).map_or(producer, |open| {
                let whose = if self.choice % 3 == 1 { open.shipment.sender } else { open.shipment.receiver };
                world.model.parties[&whose]
            }),
            23 => {
                let back = usize::from(self.choice % 6);
                world.model.documents.iter().rev().nth(back).map_or(producer, |taken| taken.asked.by)
            }
            _ if of == 1 => importer,
            _ => producer,
        }
    }

    fn items(&self) -> Items {
        Items { units: self.units(), packages: self.packages() }
    }

    fn pick<T: Copy>(&self, of: &[T]) -> T {
        of[usize::from(self.choice) % of.len()]
    }

    fn document(&self, world: &World) -> Document {
        let last = world.model.last().0;
        let document = DocumentNo(last.saturating_sub(u64::from(self.choice % 6)));
        let mut open =
            world.model.shipments.iter().filter(|(_, sending)| sending.shipment.open).map(|(number, _)| *number);
        let shipment = open.next_back().unwrap_or(document);
        let region: Option<Region> = self.partial.then(|| "75".parse().ok()).flatten();
        let facts = |step: &Self| match step.choice % 3 {
            0 => batch("А"),
            1 => imported_batch("Б"),
            _ => imported_batch("В"),
        };
        let opened = boxed((self.choice % 14) as u8);
        match self.kind {
            0 => {
                let quantity = u64::from(self.choice % 5_000) + 1;
                Document::OrderCodes { gtin: gtin(1 + u32::from(self.by)), quantity, profile: Profile::Mac }
            }
            1 => Document::Apply { units: self.units() },
            2 => Document::Introduce { units: self.of_one(), facts: facts(self) },
            3 => Document::Aggregate {
                packages: vec![Packing {
                    package: opened,
                    level: self.pick(PackageLevel::ALL),
                    contents: self.items(),
                }],
            },
            4 => {
                let reason = WithdrawalReason::RetailSale;
                Document::Withdraw { items: self.items(), reason, region }
            }
            5 => Document::Withdraw { items: self.items(), reason: self.pick(WithdrawalReason::ALL), region },
            6 => Document::Return { units: self.units() },
            7 => Document::Annul { units: self.units() },
            8 => Document::WriteOff { units: self.units(), reason: self.pick(WithdrawalReason::ALL) },
            9 => Document::Block { items: self.items(), reason: self.pick(BlockReason::ALL) },
            10 => Document::Unblock { items: self.items() },
            11 => Document::Recall { units: self.units() },
            12 => Document::LiftRecall { units: self.units() },
            13 => Document::AwaitCustoms { units: self.units() },
            14 => Document::ClearCustoms { units: self.units(), declaration: declaration() },
            15 => {
                let unit = self.units().first().map_or(life_unit(0), |range| life_unit(range.first));
                Document::SellInner { unit, count: u32::from(self.choice % 4), region }
            }
            16 => {
                let one = |range: &Range| Range { count: 1, ..*range };
                let pairs = self.units().chunks_exact(2).map(|pair| (one(&pair[0]), one(&pair[1]))).collect();
                Document::Remark { pairs }
            }
            17 => Document::Disaggregate { packages: self.packages() },
            18 => Document::TakeOut { package: opened, items: self.items() },
            19 => Document::Add { package: opened, items: self.items() },
            20 => {
                let (out, into) = (self.items(), Items { units: Vec::new(), packages: vec![boxed(3)] });
                Document::Replace { package: opened, out, into }
            }
            21 => Document::Ship { items: self.items(), to: world.parties.all()[usize::from(self.choice % 5)].id },
            22 => match self.choice % 3 {
                0 => Document::RefuseShipment { shipment },
                1 => Document::CancelShipment { shipment },
                _ => {
                    let differing = Differing { items: self.items(), how: self.pick(Discrepancy::ALL) };
                    let is_some = !self.units.is_empty() && self.partial;
                    Document::Accept { shipment, differing: is_some.then_some(differing).into_iter().collect() }
                }
            },
            _ => {
                let taken = world.model.document(document).map(|taken| &taken.effects[..]).unwrap_or_default();
                let own = taken.iter().map(|effect| Range { count: 1, ..effect.range }).take(2).collect::<Vec<_>>();
                let boxes: Vec<PackageId> = touched(world, taken);
                if self.partial && !boxes.is_empty() {
                    let most = 1 + usize::from(self.choice % 3);
                    return Document::CorrectPackages { document, packages: boxes.into_iter().take(most).collect() };
                }
                let units = if !self.choice.is_multiple_of(5) && !own.is_empty() { own } else { self.units() };
                Document::Correct { document, units }
            }
        }
    }
}

/// Packages that a document did something to.
fn touched(world: &World, effects: &[Effect]) -> Vec<PackageId> {
    let boxes = effects.iter().filter_map(|effect| {
        let series = world.model.series.get(effect.range.series.0 as usize)?;
        let packages = Some(series).filter(|series| series.kind == SeriesKind::Packages)?;
        PackageId::at(packages.key, effect.range.first)
    });
    let set: std::collections::BTreeSet<PackageId> = boxes.collect();
    set.into_iter().collect()
}

fn life_unit(number: u64) -> Range {
    Range { series: SeriesId(0), first: number, count: 1 }
}

fn boxed(number: u8) -> PackageId {
    package(487_000_500 + u64::from(number % 2), u64::from(number))
}

/// Cards of four participants, and some goods in circulation, so that random documents meet with some success.
fn begin(world: &mut World) {
    let tests::ledger::world::Parties { producer, importer, rival, .. } = world.parties;
    use shared::group::ProductGroup::{Footwear, MotorOil};
    life::introduced(world, producer, 1, 4_150);
    world.ok(importer, Document::RegisterProduct(imported(2, MotorOil)));
    life::order(world, importer, 2, 100);
    world.ok(rival, Document::RegisterProduct(domestic(3, Footwear)));
    world.ok(producer, Document::RegisterProduct(domestic(4, MotorOil)));
}

fn play(base: Base, cases: u32) {
    let steps = proptest::collection::vec(step(), 1..60);
    let folding = prop_oneof![Just(Folding::Never), Just(Folding::EachStep), (1_usize..50).prop_map(Folding::At)];
    let config = Config { cases, max_shrink_iters: 60, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new(config);
    let (taken, sent) = (Cell::new(0_u32), Cell::new(0_u32));
    let played = runner.run(&(steps, folding, 1_u32..5, 1_usize..20), |(steps, folding, parts, reopen_at)| {
        let mut world = World::new(Variant { base, parts, folding, reopened: false });
        begin(&mut world);
        for (at, step) in steps.iter().enumerate() {
            // Four of five have a chance; the fifth is what it is.
            let fit = step.choice % 5 > 0;
            let step = match step.act() {
                Some(act) if fit => step.clone().fitted(&world, act),
                _ => step.clone(),
            };
            let by = if fit { step.sender(&world) } else { world.parties.all()[usize::from(step.by)] };
            let document = step.document(&world);
            let partial = step.partial && may_be_partial(document.kind());
            let outcome = if partial { world.partly(by, document) } else { world.send(by, document) };
            taken.update(|taken| taken + u32::from(outcome.is_ok()));
            sent.update(|sent| sent + 1);
            if at == reopen_at {
                world.reopen();
            }
            compare::states(world.store(), &world.model, &format!("after step {at}"));
        }
        world.check();
        world.close();
        world.home().audit(&world.variant.to_string());
        Ok(())
    });
    // The failing steps are printed, smallest first found, and can be pasted into a test of their own.
    played.unwrap_or_else(|failure| panic!("{failure}"));
    let (taken, sent) = (taken.get(), sent.get());
    eprintln!("{base:?}: {sent} documents sent, {taken} taken");
    assert!(taken > sent / 4, "random documents are nearly all refused: {taken} of {sent}");
}

/// `TANBA_CASES` sets how many.
fn cases(default: u32) -> u32 {
    std::env::var("TANBA_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

#[test]
fn sqlite_equals_the_model() {
    play(Base::Sqlite, cases(24));
}

#[test]
fn postgres_equals_the_model() {
    play(Base::Postgres, cases(8));
}
