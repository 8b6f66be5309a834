//! Change of owner: goods are shipped and accepted. Listed one by one at random, as packages, as consecutive codes.

use crate::baseline::Codes;
use crate::ledger::Ledger;
use crate::measure::{clock, progress};
use crate::world::{Fate, Shuffle, World};
use ::tests::row::Row;
use anyhow::{Result, ensure};
use shared::act::Act;
use shared::document::{Document, Items};
use shared::party::PartyId;
use shared::series::{PackageId, Range};
use std::collections::HashSet;

/// Codes that change owner at once.
const MOVED: u64 = 1_000_000;

/// Units of lots that are with the first wholesaler, loose. The first of each lot is kept for the worst case.
pub(crate) struct Loose<'a> {
    world: &'a World,
    order: Shuffle,
    each: u64,
    pub(crate) units: u64,
    /// How many change owner at once: a million, where there are enough.
    pub(crate) million: u64,
}

impl<'a> Loose<'a> {
    pub(crate) fn new(world: &'a World) -> Self {
        let each = world.size().loose - 1;
        let units = accepted(world) * each;
        Self { world, order: Shuffle::new(units, 77), each, units, million: MOVED.min(units / 8) }
    }

    /// Random units, each once; another part of them for other numbers.
    pub(crate) fn part(&self, first: u64, count: u64) -> Vec<Range> {
        let unit = |at| {
            let drawn = self.order.number(at);
            let place = self.world.size().packed() + 1 + drawn % self.each;
            self.world.lot(drawn / self.each).part(place, place + 1)
        };
        (first..(first + count).min(self.units)).map(unit).collect()
    }
}

/// Lots whose loose units have been accepted.
fn accepted(world: &World) -> u64 {
    (world.size().days - 10) * world.size().lots_a_day
}

pub(crate) fn rows(ledger: &Ledger<'_>, codes: &Codes) -> Result<Vec<Row>> {
    let world = ledger.world;
    let stored = world.size().codes() as f64 / 1e9;
    // Seconds for as many codes as ours.
    let beside = |count: u64| codes.owner / codes.moved as f64 * count as f64;
    const BASELINE: &str = "UPDATE … FROM";
    let mut rows = Vec::new();
    let loose = Loose::new(world);
    let units = loose.part(0, loose.million);
    let count = units.len() as u64;
    let random = moved(ledger, Items { units: units.clone(), packages: Vec::new() })?;
    ledger.check(&units[..units.len().min(100)], Act::Accept(world.wholesaler(1)))?;
    let name = format!("change of owner, {count} random codes of {stored:.2} billion");
    rows.push(Row::new(format!("{name}: shipped"), random.shipped, "s"));
    rows.push(Row::new(format!("{name}: accepted"), random.accepted, "s"));
    rows.push(Row::new(format!("{name}: both"), random.both(), "s").beside(BASELINE, beside(count)).at_most(8.0));
    rows.extend(folded(ledger, &name)?);

    let units = worst(world);
    let count = units.len() as u64;
    let blocks: HashSet<_> = units.iter().map(|unit| (unit.series, unit.first / shared::block::BLOCK_LEN)).collect();
    ensure!(blocks.len() == units.len(), "each is in a block of its own");
    let worst = moved(ledger, Items { units, packages: Vec::new() })?;
    let name = format!("worst case, {count} codes each in a block of its own");
    rows.push(Row::new(format!("{name}: both"), worst.both(), "s").beside(BASELINE, beside(count)));
    rows.extend(folded(ledger, &name)?);

    let size = world.size();
    for (name, on_pallets, each) in [("pallets", true, size.boxes * size.units), ("boxes", false, size.units)] {
        let packages = packages(world, on_pallets, MOVED / each);
        let count = packages.len() as u64 * each;
        let name = format!("change of owner, {count} codes as {} {name}: both", packages.len());
        let moved = moved(ledger, Items { units: Vec::new(), packages })?;
        let row = Row::new(name, moved.both(), "s").beside(BASELINE, beside(count));
        rows.push(if on_pallets { row.at_most(0.3) } else { row });
    }
    let all = Range {
        series: world.consecutive(),
        first: world.size().consecutive / 4,
        count: MOVED.min(world.size().consecutive / 2),
    };
    let consecutive = moved(ledger, Items { units: vec![all], packages: Vec::new() })?;
    let name = format!("change of owner, {} consecutive codes: both", all.count);
    rows.push(Row::new(name, consecutive.both(), "s").beside(BASELINE, beside(all.count)).at_most(0.3));
    Ok(rows)
}

/// Seconds of the two documents of a change of owner.
pub(crate) struct Moved {
    shipped: f64,
    accepted: f64,
}

impl Moved {
    pub(crate) fn both(&self) -> f64 {
        self.shipped + self.accepted
    }
}

/// The first wholesaler ships to the second, who accepts.
pub(crate) fn moved(ledger: &Ledger<'_>, items: Items) -> Result<Moved> {
    let (from, to) = (ledger.world.wholesaler(0), ledger.world.wholesaler(1));
    let (shipped, shipment) = clock(|| shipped(ledger, from, to, items))?;
    let document = Document::Accept { shipment, differing: Vec::new() };
    let (accepted, _) = clock(|| ledger.send(ledger.party(to), document))?;
    progress(&format!("shipped in {shipped:.2} s, accepted in {accepted:.2} s"));
    Ok(Moved { shipped, accepted })
}

fn shipped(ledger: &Ledger<'_>, from: PartyId, to: PartyId, items: Items) -> Result<shared::state::DocumentNo> {
    ledger.send(ledger.party(from), Document::Ship { items, to })
}

/// What it costs to fold what waits, after which nothing waits.
fn folded(ledger: &Ledger<'_>, name: &str) -> Result<Vec<Row>> {
    let before = ledger.bytes()?;
    let (seconds, ()) = clock(|| Ok(ledger.store.fold()?))?;
    let grown = ledger.bytes()?.saturating_sub(before);
    progress(&format!("folded in {seconds:.1} s, {} MB more", grown >> 20));
    Ok(vec![
        Row::new(format!("{name}: folded in the background"), seconds, "s"),
        Row::new(format!("{name}: the file grows by"), grown as f64 / 1e6, "MB"),
    ])
}

/// Units each in a block of its own: the first loose one of lots.
fn worst(world: &World) -> Vec<Range> {
    let mut seen = HashSet::new();
    let place = world.size().packed();
    let units = (0..accepted(world)).map(|lot| world.lot(lot).part(place, place + 1));
    let new = units.filter(|unit| seen.insert((unit.series, unit.first / shared::block::BLOCK_LEN)));
    new.take(MOVED as usize).collect()
}

/// Packages that are with the first wholesaler.
fn packages(world: &World, on_pallets: bool, count: u64) -> Vec<PackageId> {
    let lots = (0..accepted(world)).map(|lot| world.lot(lot));
    let theirs = lots.filter(|lot| lot.on_pallets == on_pallets && lot.fate == Fate::Wholesale(0));
    theirs.flat_map(|lot| world.moved_packages(&lot)).take(count as usize).collect()
}
