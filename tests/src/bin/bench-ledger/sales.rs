//! Durable sales of single codes, from many registers at once.

use crate::baseline::Codes;
use crate::ledger::Ledger;
use crate::measure::{Latency, clock, progress};
use ::tests::row::Row;
use anyhow::Result;
use shared::act::Act;
use shared::document::{Document, Items};
use shared::series::Range;
use shared::state::WithdrawalReason;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Registers that wait for an answer at the same time.
pub(crate) const SENDERS: u64 = 512;

/// How long it is measured.
const TIME: Duration = Duration::from_secs(15);

/// Numbers of receipts above all that a register has given.
const NUMBERS: u64 = 10_000_000;

/// A receipt of units.
pub(crate) fn sale(units: Vec<Range>) -> Document {
    let items = Items { units, packages: Vec::new() };
    Document::Withdraw { items, reason: WithdrawalReason::RetailSale, region: None }
}

pub(crate) fn rows(ledger: &Ledger<'_>, codes: &Codes) -> Result<Vec<Row>> {
    let world = ledger.world;
    let (next, times) = (AtomicU64::new(0), Mutex::new(Vec::new()));
    let begin = Instant::now();
    let (seconds, ()) = clock(|| {
        std::thread::scope(|scope| {
            let senders: Vec<_> = (0..SENDERS)
                .map(|sender| {
                    let (next, times) = (&next, &times);
                    scope.spawn(move || {
                        let mut mine = Vec::new();
                        for number in NUMBERS.. {
                            if begin.elapsed() > TIME {
                                break;
                            }
                            let at = next.fetch_add(1, Ordering::Relaxed);
                            if at >= world.left_overs() {
                                break;
                            }
                            let (chain, unit) = world.left_over(at);
                            let by = ledger.party(world.chain(chain));
                            let sender = world.size().chains * world.size().registers + sender;
                            // A register of its own for each sender.
                            let (seconds, _) = clock(|| ledger.send_receipt(by, sale(vec![unit]), sender, number))?;
                            mine.push(seconds);
                        }
                        times.lock().map_err(|_| anyhow::anyhow!("a sender failed"))?.extend(mine);
                        anyhow::Ok(())
                    })
                })
                .collect();
            for sender in senders {
                sender.join().map_err(|_| anyhow::anyhow!("a sender failed"))??;
            }
            Ok(())
        })
    })?;
    let sold = next.into_inner().min(world.left_overs());
    let sample: Vec<Range> = (0..sold).step_by(1 + sold as usize / 100).map(|at| world.left_over(at).1).collect();
    ledger.check(&sample, Act::Withdraw(WithdrawalReason::RetailSale))?;
    let times = times.into_inner().unwrap_or_default();
    let latency = Latency::of(times);
    progress(&format!("{:.0} durable sales/s", sold as f64 / seconds));
    let name = format!("durable sales of single codes, {SENDERS} senders");
    Ok(vec![
        Row::new(name.clone(), sold as f64 / seconds, "1/s")
            .beside("UPDATE by key, 64 connections", codes.sales_per_second)
            .at_least(20_000.0),
        Row::new(format!("{name}: acknowledged, p50"), latency.p50 * 1e3, "ms"),
        Row::new(format!("{name}: acknowledged, p99"), latency.p99 * 1e3, "ms"),
    ])
}
