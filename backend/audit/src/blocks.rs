//! The blocks, read in order, each with what waits for it: compared with the documents, folded, counted.

use crate::histories::Histories;
use crate::ledger::{Ledger, Order, Series};
use crate::life::{Kind, Status};
use crate::pending::{Key, PLACES, Pending, Waiting, place};
use crate::prints::{UNITS, Weights};
use crate::read;
use crate::report::{Place, Report, What};
use crate::shipments::Shipments;
use backend_store::{Raw, RawBlock, StoreError};

/// Blocks of which units are named when they hold other histories.
const NAMED: usize = 16;

/// Reads blocks.
pub(crate) struct Reader {
    histories: Histories,
    /// Blocks that hold other histories than the documents made.
    doubtful: Vec<Key>,
}

impl Reader {
    pub(crate) fn new(weights: Weights) -> Self {
        Self { histories: Histories::new(weights), doubtful: Vec::new() }
    }

    /// Reads the blocks of a portion of what waits.
    pub(crate) fn read(
        &mut self,
        raw: &mut Raw,
        ledger: &mut Ledger,
        pending: &mut Pending,
        shipments: &mut Shipments,
        report: &mut Report,
    ) -> Result<(), StoreError> {
        let (from, to) = pending.bounds();
        for part in from.0..ledger.parts {
            // Rows are asked for after a place.
            let mut after = if part == from.0 { Some(place(from.1, from.2) - 1) } else { None };
            'part: loop {
                let page = raw.blocks(i64::from(part), after)?;
                let Some(last) = page.last() else { break };
                after = Some(last.place);
                for row in page {
                    let Some(key) = known(&row, part, ledger, report) else { continue };
                    if to.is_some_and(|to| key >= to) {
                        break 'part;
                    }
                    while let Some(before) = pending.next().filter(|before| *before < key) {
                        let waiting = pending.take(before);
                        self.block(before, None, &waiting, ledger, shipments, report);
                    }
                    let waiting = pending.take(key);
                    self.block(key, Some(&row.bytes), &waiting, ledger, shipments, report);
                }
            }
            while let Some(left) = pending.next().filter(|left| left.0 == part) {
                let waiting = pending.take(left);
                self.block(left, None, &waiting, ledger, shipments, report);
            }
        }
        Ok(())
    }

    /// A block with what waits for it.
    fn block(
        &mut self,
        key: Key,
        bytes: Option<&[u8]>,
        waiting: &[Waiting],
        ledger: &mut Ledger,
        shipments: &mut Shipments,
        report: &mut Report,
    ) {
        let (_, series, block) = key;
        let (floor, last) = (ledger.floor, ledger.last);
        let place = Place::Block(i64::from(series), i64::from(block));
        let Some(of) = ledger.series(u64::from(series)) else { return };
        self.histories.clear(of.kind);
        let mut as_of = floor;
        if let Some(bytes) = bytes {
            report.blocks += 1;
            let expected = std::mem::take(of.print(block as usize));
            match read::block(series, block, bytes, &mut self.histories) {
                Ok(found) => as_of = found,
                Err(why) => {
                    report.find(place, What::Bytes(why.0));
                    self.histories.clear(of.kind);
                    return;
                }
            }
            if as_of > last {
                report.find(place, What::Key("it is as of a document that there is not"));
            }
            let later = waiting.iter().filter(|waiting| waiting.document <= as_of);
            let expected = later.fold(expected, |sum, waiting| sum.wrapping_add(self.histories.weigh(waiting)));
            if expected != self.histories.print {
                report.find(place, What::OtherHistories);
                if self.doubtful.len() < NAMED {
                    self.doubtful.push(key);
                }
            }
        }
        for waiting in waiting.iter().filter(|waiting| bytes.is_none() || waiting.document > as_of) {
            for unit in waiting.first..waiting.end {
                self.histories.push(unit, waiting.document, false, waiting.act, waiting.arg);
            }
        }
        let first = u64::from(block) * UNITS;
        if let Some((unit, (document, act, _), why)) = self.histories.broken {
            let number = first + u64::from(unit);
            report.find(Place::Unit(i64::from(series), number), What::Step(document, act, why));
            report.more(self.histories.broken_count - 1);
        }
        self.count(i64::from(series), first, of, shipments, report);
    }

    /// Counts the units of a block by status and by the shipment that they are under way by, and finds acts before the
    /// numbers were issued.
    fn count(&self, id: i64, first: u64, series: &mut Series, shipments: &mut Shipments, report: &mut Report) {
        report.events += self.histories.count();
        let orders = &series.orders;
        let mut at = orders.partition_point(|order| order.end <= first);
        let mut order: Option<&Order> = orders.get(at);
        for (number, state) in (first..).zip(self.histories.states()) {
            while order.is_some_and(|order| order.end <= number) {
                at += 1;
                order = orders.get(at);
            }
            if state.first == 0 {
                continue;
            }
            report.units += 1;
            series.begun += 1;
            let is_issued = match series.kind {
                Kind::Issued => order.is_some_and(|order| order.document < state.first),
                Kind::Serials | Kind::Packages => number < series.limit,
            };
            if !is_issued {
                report.find(Place::Unit(id, number), What::NotIssued);
            }
            if let Some(shipment) = state.under_way() {
                shipments.under_way(Place::Unit(id, number), shipment, report);
            }
            if state.status != Status::Emitted
                && let Some(count) = series.counts.get_mut(state.status as usize)
            {
                *count += 1;
            }
        }
    }

    /// After the last block: those that are missing, and those that lie where no reader looks. Gives the doubtful ones.
    pub(crate) fn end(self, raw: &mut Raw, ledger: &Ledger, report: &mut Report) -> Result<Vec<Key>, StoreError> {
        for (id, series) in (0_i64..).zip(&ledger.series) {
            let prints = series.iter().flat_map(|series| &series.prints);
            for (block, _) in (0..).zip(prints).filter(|(_, print)| **print != 0) {
                report.find(Place::Block(id, block), What::NoBlock);
            }
        }
        let all = raw.counts()?.blocks;
        if all != report.blocks {
            report.find(Place::Ledger, What::Astray("block", all.saturating_sub(report.blocks)));
        }
        Ok(self.doubtful)
    }
}

/// The key of a row, if it can be that of a block.
fn known(row: &RawBlock, part: u32, ledger: &mut Ledger, report: &mut Report) -> Option<Key> {
    let (series, block) = (row.place.div_euclid(PLACES), row.place.rem_euclid(PLACES));
    let id = u64::try_from(series).ok().filter(|id| id % u64::from(ledger.parts) == u64::from(part));
    let blocks = id.and_then(|id| ledger.series(id)).map_or(0, |series| series.blocks());
    let fits = u64::try_from(block).is_ok_and(|block| block < blocks);
    if !fits {
        report.find(Place::Block(series, block), What::NotIssued);
        return None;
    }
    // Of a known series.
    Some((part, u32::try_from(series).ok()?, u32::try_from(block).ok()?))
}
