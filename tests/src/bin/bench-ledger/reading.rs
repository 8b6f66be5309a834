//! Look-ups, pages, histories.

use crate::baseline::Baseline;
use crate::ledger::Ledger;
use crate::measure::{Latency, clock, in_turn, progress};
use crate::world::pick;
use ::tests::row::Row;
use anyhow::{Result, ensure};
use shared::series::SeriesId;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

/// Series of those look-ups that find all they need in memory.
const HOT: u64 = 500;

/// Readers at once.
const READERS: u64 = 4;

/// Look-ups and pages of all codes there are, when nothing of the file is in memory.
pub(crate) fn cold_rows(ledger: &Ledger<'_>, baseline: &Baseline) -> Result<Vec<Row>> {
    ledger.leave_memory()?;
    of_any(ledger, baseline, "from the disk", 1 << 49)
}

/// Look-ups, pages and histories of a service that has run for a while.
pub(crate) fn rows(ledger: &Ledger<'_>, baseline: &Baseline) -> Result<Vec<Row>> {
    let hot = in_turn(100_000, |at| find(ledger, hot(ledger, at % 20_000)))?;
    let hot_rate = rate(|seed| find(ledger, self::hot(ledger, seed % 20_000)))?;
    progress(&format!("look-up {:.1} µs in memory", hot.p50 * 1e6));
    let rows = &baseline.codes;
    let mut table = vec![
        micros("look-up by code, in memory, p50", hot.p50, LOOK_UP, rows.look_up.p50).at_most(10.0),
        micros("look-up by code, in memory, p99", hot.p99, LOOK_UP, rows.look_up.p99),
        Row::new(format!("look-ups by code, in memory, {READERS} readers"), hot_rate, "1/s")
            .beside(LOOK_UP, rows.look_ups_per_second)
            .at_least(100_000.0),
    ];
    table.extend(of_any(ledger, baseline, "each block read before", 1 << 50)?);
    Ok(table)
}

/// What the baseline does instead.
const LOOK_UP: &str = "SELECT by key";
const JOIN: &str = "a join with 1000 keys";
const HISTORY: &str = "SELECT of its events";

/// Look-ups, pages and histories of codes of all the ledger, drawn from a seed.
fn of_any(ledger: &Ledger<'_>, baseline: &Baseline, when: &str, seed: u64) -> Result<Vec<Row>> {
    let codes = ledger.world.size().codes() as f64 / 1e9;
    let one = in_turn(50_000, |at| find(ledger, ledger.any(at << 20 | seed)))?;
    let many = rate(|at| find(ledger, ledger.any(at << 1 | 1 << 55 | seed)))?;
    let page = in_turn(300, |turn| {
        let places: Vec<_> = (0..1000).map(|at| ledger.any(turn << 32 | at | 1 << 60 | seed)).collect();
        ensure!(ledger.store.units(&places)?.iter().all(Option::is_some), "the codes are there");
        Ok(())
    })?;
    let history = in_turn(20_000, |at| {
        let (series, number) = ledger.any(at << 20 | 1 << 56 | seed);
        ensure!(ledger.store.history(series, number)?.is_some(), "the code is there");
        Ok(())
    })?;
    progress(&format!("look-up {:.1} µs, page p99 {:.1} ms, {when}", one.p50 * 1e6, page.p99 * 1e3));
    let (rows, events) = (&baseline.codes, &baseline.events);
    let of = format!("any of {codes:.2} billion, {when}");
    Ok(vec![
        micros(&format!("look-up by code, {of}, p50"), one.p50, LOOK_UP, rows.look_up.p50),
        micros(&format!("look-up by code, {of}, p99"), one.p99, LOOK_UP, rows.look_up.p99).at_most(1000.0),
        Row::new(format!("look-ups by code, {of}, {READERS} readers"), many, "1/s")
            .beside(LOOK_UP, rows.look_ups_per_second),
        millis(&format!("page of 1000 random codes, {of}, p50"), page.p50, JOIN, rows.page.p50),
        millis(&format!("page of 1000 random codes, {of}, p99"), page.p99, JOIN, rows.page.p99).at_most(50.0),
        micros(&format!("history with its documents, {of}, p50"), history.p50, HISTORY, events.history.p50),
        micros(&format!("history with its documents, {of}, p99"), history.p99, HISTORY, events.history.p99),
    ])
}

fn micros(name: &str, seconds: f64, baseline: &'static str, other: f64) -> Row {
    Row::new(name, seconds * 1e6, "µs").beside(baseline, other * 1e6)
}

fn millis(name: &str, seconds: f64, baseline: &'static str, other: f64) -> Row {
    Row::new(name, seconds * 1e3, "ms").beside(baseline, other * 1e3)
}

/// A code of those whose blocks are in memory after a first round.
fn hot(ledger: &Ledger<'_>, seed: u64) -> (SeriesId, u64) {
    let series = pick(seed, HOT.min(ledger.world.unit_series()));
    (SeriesId(series as u32), pick(seed ^ 0xdead, ledger.world.issued(series)))
}

fn find(ledger: &Ledger<'_>, place: (SeriesId, u64)) -> Result<()> {
    ensure!(ledger.store.units(&[place])?.iter().all(Option::is_some), "the code is there");
    Ok(())
}

/// Look-ups per second of some readers at once.
fn rate(find: impl Fn(u64) -> Result<()> + Sync) -> Result<f64> {
    let (done, stop) = (AtomicU64::new(0), AtomicBool::new(false));
    let (seconds, ()) = std::thread::scope(|scope| {
        let readers: Vec<_> = (0..READERS)
            .map(|reader| {
                let (done, stop, find) = (&done, &stop, &find);
                scope.spawn(move || {
                    let mut count = 0;
                    while !stop.load(Ordering::Relaxed) {
                        find(reader << 32 | count)?;
                        count += 1;
                    }
                    done.fetch_add(count, Ordering::Relaxed);
                    anyhow::Ok(())
                })
            })
            .collect();
        clock(|| {
            std::thread::sleep(Duration::from_secs(5));
            stop.store(true, Ordering::Relaxed);
            for reader in readers {
                reader.join().map_err(|_| anyhow::anyhow!("a reader failed"))??;
            }
            Ok(())
        })
    })?;
    Ok(done.into_inner() as f64 / seconds)
}

/// What look-ups cost while others write.
pub(crate) struct Meanwhile {
    pub(crate) look_up: Latency,
    pub(crate) history: Latency,
}

/// Looks up codes and reads histories at a steady pace until the others are done.
pub(crate) fn meanwhile(ledger: &Ledger<'_>, stop: &AtomicBool) -> Result<Meanwhile> {
    let (mut look_ups, mut histories) = (Vec::new(), Vec::new());
    for at in 0_u64.. {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        let (seconds, ()) = clock(|| find(ledger, ledger.any(at << 8 | 1 << 58)))?;
        look_ups.push(seconds);
        if at % 10 == 0 {
            let (series, number) = ledger.any(at << 8 | 1 << 57);
            let (seconds, history) = clock(|| Ok(ledger.store.history(series, number)?))?;
            ensure!(history.is_some(), "the code is there");
            histories.push(seconds);
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    Ok(Meanwhile { look_up: Latency::of(look_ups), history: Latency::of(histories) })
}
