//! A day of the country: what its producers, carriers, shops and registers send from one midnight to the next, as fast as
//! the ledger takes it, with readers all the while.

use crate::fill::facts;
use crate::ledger::Ledger;
use crate::measure::{clock, progress};
use crate::model::Written;
use crate::owners::{Loose, moved};
use crate::reading::{Meanwhile, meanwhile};
use crate::sales::sale;
use crate::world::{Fate, Lot, Section};
use ::tests::row::Row;
use anyhow::{Result, anyhow, ensure};
use shared::act::Act;
use shared::document::{Document, Items};
use shared::series::{Range, SeriesId};
use shared::state::{DocumentNo, WithdrawalReason};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// What a whole day has (issue: 50 million applied, 50 million sold, 2 million packages, 20 changes of owner).
const APPLIED: f64 = 50e6;
const SOLD: f64 = 50e6;
const PACKAGES: f64 = 2e6;
const OWNERS: f64 = 20.0;

/// Hours within which a whole day must be done.
const HOURS: f64 = 2.0;

/// One sold unit of so many comes back or was a mistake; of these, one in so many a mistake.
const BACK_ONE_IN: u64 = 100;
const MISTAKE_ONE_IN: u64 = 5;

/// Registers, producers and carriers that wait for an answer at the same time.
const REGISTERS: u64 = 256;
const PRODUCERS: u64 = 8;
const CARRIERS: u64 = 4;

/// What was done.
#[derive(Default)]
struct Done {
    applied: AtomicU64,
    receipts: AtomicU64,
    sold: AtomicU64,
    packages: AtomicU64,
    owners: AtomicU64,
    returned: AtomicU64,
    corrected: AtomicU64,
    ranges: AtomicU64,
    listed: AtomicU64,
}

impl Done {
    fn written(&self, documents: u64, blocks: u64) -> Written {
        let count = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        Written {
            receipts: count(&self.receipts),
            sold: count(&self.sold),
            returned: count(&self.returned) + count(&self.corrected),
            ranges: count(&self.ranges),
            listed: count(&self.listed),
            named: documents - count(&self.receipts),
            blocks,
        }
    }

    fn add(counter: &AtomicU64, count: u64) {
        counter.fetch_add(count, Ordering::Relaxed);
    }
}

/// What of a day is asked for.
struct Plan {
    applied: u64,
    sold: u64,
    packages: u64,
    owners: u64,
}

pub(crate) fn rows(ledger: &Ledger<'_>, scale: f64) -> Result<Vec<Row>> {
    let whole = |count: f64| (count * scale).round() as u64;
    let plan =
        Plan { applied: whole(APPLIED), sold: whole(SOLD), packages: whole(PACKAGES), owners: whole(OWNERS).max(1) };
    let (done, stop) = (Done::default(), AtomicBool::new(false));
    let (before, first) = (ledger.bytes()?, ledger.store.last_document()?);
    let (acknowledged, bodies) = (ledger.acknowledged.load(Ordering::Relaxed), ledger.bodies.load(Ordering::Relaxed));
    let (seconds, meanwhile) = clock(|| write_and_read(ledger, &plan, &done, &stop))?;
    progress(&format!("the day took {seconds:.0} s"));
    let (fold, ()) = clock(|| Ok(ledger.store.fold()?))?;
    let documents = ledger.store.last_document()?.0 - first.0;
    let acknowledged = ledger.acknowledged.load(Ordering::Relaxed) - acknowledged;
    ensure!(documents == acknowledged, "{acknowledged} documents acknowledged, {documents} in the log");
    let bodies = ledger.bodies.load(Ordering::Relaxed) - bodies;
    let grown = ledger.bytes()?.saturating_sub(before);
    let blocks = (0..ledger.world.unit_series()).map(|series| ledger.world.blocks_of(SeriesId(series as u32))).sum();
    let written = done.written(documents, blocks);
    Ok(table(&done, scale, seconds + fold, fold, &meanwhile, documents, bodies, grown, written))
}

#[allow(clippy::too_many_arguments, reason = "figures of one table")]
fn table(
    done: &Done,
    scale: f64,
    seconds: f64,
    fold: f64,
    meanwhile: &Meanwhile,
    documents: u64,
    bodies: u64,
    grown: u64,
    written: Written,
) -> Vec<Row> {
    let count = |counter: &AtomicU64| counter.load(Ordering::Relaxed) as f64;
    let name = format!("{scale} of a day");
    let row = |what: &str, value: f64, unit| Row::new(format!("{name}: {what}"), value, unit);
    vec![
        row("applied and introduced", count(&done.applied), "codes"),
        row("sold in receipts", count(&done.sold), "codes"),
        row("receipts", count(&done.receipts), "documents"),
        row("returned", count(&done.returned), "codes"),
        row("corrected", count(&done.corrected), "codes"),
        row("shipped and accepted", count(&done.packages), "packages"),
        row("changes of owner of a million codes", count(&done.owners), "documents"),
        row("documents, all acknowledged and in the log", documents as f64, "documents"),
        row("time, folded to the end", seconds, "s").at_most(HOURS * 3600.0 * scale),
        row("of that after the last document", fold, "s"),
        row("a whole day at this speed", seconds / scale / 3600.0, "h").at_most(HOURS),
        row("look-ups meanwhile, p50", meanwhile.look_up.p50 * 1e6, "µs"),
        row("look-ups meanwhile, p99", meanwhile.look_up.p99 * 1e6, "µs"),
        row("histories meanwhile, p99", meanwhile.history.p99 * 1e6, "µs"),
        row("bodies as sent", bodies as f64 / 1e6, "MB"),
        row("the file grew by, without bodies", grown.saturating_sub(bodies) as f64 / 1e6, "MB")
            .beside("the cost model", written.bytes() / 1e6),
    ]
}

fn write_and_read(ledger: &Ledger<'_>, plan: &Plan, done: &Done, stop: &AtomicBool) -> Result<Meanwhile> {
    let (receipt, lot, shipped) = (&AtomicU64::new(0), &AtomicU64::new(0), &Mutex::new(Vec::new()));
    let (carried, moving) = (&AtomicU64::new(0), &goods(ledger, plan.packages)[..]);
    std::thread::scope(|scope| {
        let reader = scope.spawn(|| meanwhile(ledger, stop));
        let mut writers = Vec::new();
        for _ in 0..REGISTERS {
            writers.push(scope.spawn(move || sell(ledger, plan.sold, receipt, done)));
        }
        for _ in 0..PRODUCERS {
            writers.push(scope.spawn(move || produce(ledger, plan.applied, lot, done)));
        }
        for _ in 0..CARRIERS {
            writers.push(scope.spawn(move || carry(ledger, moving, carried, shipped, done)));
        }
        writers.push(scope.spawn(move || own(ledger, plan.owners, done)));
        let begin = std::time::Instant::now();
        while writers.iter().any(|writer| !writer.is_finished()) {
            std::thread::sleep(std::time::Duration::from_millis(100));
            if begin.elapsed().as_millis() % 30_000 < 100 {
                let sold = done.sold.load(Ordering::Relaxed);
                progress(&format!("the day: {sold} sold, {} applied", done.applied.load(Ordering::Relaxed)));
            }
        }
        stop.store(true, Ordering::Relaxed);
        for writer in writers {
            writer.join().map_err(|_| anyhow!("a sender failed"))??;
        }
        reader.join().map_err(|_| anyhow!("the reader failed"))?
    })
}

/// Registers: receipts of all chains in turn; now and then something comes back.
fn sell(ledger: &Ledger<'_>, sold: u64, next: &AtomicU64, done: &Done) -> Result<()> {
    let world = ledger.world;
    let size = world.size();
    while done.sold.load(Ordering::Relaxed) < sold {
        let at = next.fetch_add(1, Ordering::Relaxed);
        let (chain, mut receipt, mut day) = (at % size.chains, at / size.chains, size.days);
        while receipt >= world.receipts_of_chain(day) {
            (receipt, day) = (receipt - world.receipts_of_chain(day), day + 1);
        }
        ensure!(day < size.days + crate::world::AHEAD, "the shelves are empty");
        let units: Vec<Range> = world.receipt(day, chain, receipt).collect();
        if units.is_empty() {
            continue;
        }
        let by = ledger.party(world.chain(chain));
        let (register, number) = world.next_register(chain, at / size.chains);
        let document = ledger.send_receipt(by, sale(units.clone()), register, number)?;
        let before = done.sold.fetch_add(units.len() as u64, Ordering::Relaxed);
        Done::add(&done.receipts, 1);
        let hundred = (before + units.len() as u64) / BACK_ONE_IN;
        if hundred > before / BACK_ONE_IN {
            let back = units[..1].to_vec();
            if hundred.is_multiple_of(MISTAKE_ONE_IN) {
                ledger.send(by, Document::Correct { document, units: back })?;
                Done::add(&done.corrected, 1);
            } else {
                ledger.send(by, Document::Return { units: back })?;
                Done::add(&done.returned, 1);
            }
        }
        if at.is_multiple_of(10_000) {
            // The first may be back.
            ledger.check(&units[1..], Act::Withdraw(WithdrawalReason::RetailSale))?;
        }
    }
    Ok(())
}

/// Producers: the next lots are applied, then introduced.
fn produce(ledger: &Ledger<'_>, applied: u64, next: &AtomicU64, done: &Done) -> Result<()> {
    let world = ledger.world;
    let size = world.size();
    let first = (size.days - Section::Apply.delay(size)) * size.lots_a_day;
    while done.applied.load(Ordering::Relaxed) < applied {
        let lot = first + next.fetch_add(1, Ordering::Relaxed);
        ensure!(lot < size.lots(), "all that was ordered is applied");
        let lot = world.lot(lot);
        let units = vec![lot.part(0, size.packed() + size.loose)];
        let by = ledger.party(world.producer(lot.series.0.into()));
        ledger.send(by, Document::Apply { units: units.clone() })?;
        ledger.send(by, Document::Introduce { units, facts: facts(ledger.now().date()) })?;
        Done::add(&done.applied, size.packed() + size.loose);
        Done::add(&done.ranges, 2);
    }
    Ok(())
}

/// Goods to be moved: who has them, and who shall.
type Load = (shared::party::PartyId, shared::party::PartyId, Items);

/// Lots packed yesterday go to their receivers, and if more is asked for, wholesalers' boxes to other wholesalers.
fn goods(ledger: &Ledger<'_>, packages: u64) -> Vec<Load> {
    let world = ledger.world;
    let size = world.size();
    let of = |lot: &Lot| Items { units: Vec::new(), packages: world.moved_packages(lot) };
    let yesterday = (size.days - Section::Ship.delay(size)) * size.lots_a_day;
    let new = (yesterday..yesterday + size.lots_a_day).map(|lot| world.lot(lot));
    let new = new.map(|lot| (world.producer(lot.series.0.into()), world.receiver(&lot), of(&lot)));
    let old = (0..yesterday / 2).map(|lot| world.lot(lot)).filter(|lot| !lot.on_pallets);
    let old = old.filter_map(|lot| match lot.fate {
        // The first has others to do with.
        Fate::Wholesale(at) if at > 1 => Some((world.wholesaler(at), world.wholesaler(1), of(&lot))),
        _ => None,
    });
    let mut left = packages;
    let enough = |load: &Load| {
        let goes_on = left > 0;
        left = left.saturating_sub(load.2.packages.len() as u64);
        goes_on
    };
    new.chain(old).take_while(enough).collect()
}

/// Carriers: a load is shipped; each accepts what another shipped.
fn carry(
    ledger: &Ledger<'_>,
    loads: &[Load],
    next: &AtomicU64,
    shipped: &Mutex<Vec<(DocumentNo, usize)>>,
    done: &Done,
) -> Result<()> {
    let poisoned = |_| anyhow!("a carrier failed");
    loop {
        let at = next.fetch_add(1, Ordering::Relaxed) as usize;
        if let Some((from, to, items)) = loads.get(at) {
            let document = ledger.send(ledger.party(*from), Document::Ship { items: items.clone(), to: *to })?;
            shipped.lock().map_err(poisoned)?.push((document, at));
        }
        let Some((shipment, at)) = shipped.lock().map_err(poisoned)?.pop() else {
            if at >= loads.len() {
                return Ok(());
            }
            continue;
        };
        let (_, to, items) = &loads[at];
        ledger.send(ledger.party(*to), Document::Accept { shipment, differing: Vec::new() })?;
        Done::add(&done.packages, items.packages.len() as u64);
        Done::add(&done.ranges, 2);
    }
}

/// Owners: a million random codes at a time, beginning behind those that have changed hands already.
fn own(ledger: &Ledger<'_>, owners: u64, done: &Done) -> Result<()> {
    let loose = Loose::new(ledger.world);
    for turn in 0..owners {
        let first = (turn + 1) * loose.million;
        ensure!(first + loose.million <= loose.units, "there are that many loose codes");
        moved(ledger, Items { units: loose.part(first, loose.million), packages: Vec::new() })?;
        Done::add(&done.owners, 1);
        Done::add(&done.listed, 2 * loose.million);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::{Size, World};
    use ::tests::place::Folder;

    #[test]
    fn a_village_has_its_day() {
        let world = World::new(Size::small());
        let folder = Folder::new("day");
        let path = folder.path().join("ledger.sqlite");
        crate::fill::fill(&path, &world).unwrap();
        let ledger = Ledger::open(&path, &world, backend_store::Settings::default()).unwrap();
        let rows = rows(&ledger, 0.000_02).unwrap();
        let sold = rows.iter().find(|row| row.name.ends_with("sold in receipts")).unwrap();
        assert!(sold.value >= 1000.0, "{}", sold.value);
    }
}
