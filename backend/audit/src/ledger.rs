//! What the small tables say: parts, floor, series with the numbers that exist in them, orders.

use crate::life::{Kind, Status};
use crate::prints::UNITS;
use crate::report::{Balance, Place, Report, What};
use backend_store::{Raw, RawSeries, StoreError};
use std::collections::BTreeMap;

/// Packages of a series: seven digits.
const PACKAGES: u64 = 10_000_000;

/// Numbers of a series are below 2⁴⁰.
const NUMBERS: u64 = 1 << 40;

/// Gaps between series that are gone through; beyond, the number is not believed.
const GAP: usize = 1 << 20;

/// Acts of a series that are counted: 1 to 6, 25 and 26.
pub(crate) type Acts = [u64; 8];

/// Where an act is counted.
pub(crate) const fn counted_at(act: u8) -> Option<usize> {
    match act {
        1..=6 => Some(act as usize - 1),
        25 => Some(6),
        26 => Some(7),
        _ => None,
    }
}

/// An order: its document and where its numbers end.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Order {
    pub(crate) document: u64,
    pub(crate) end: u64,
}

/// A series.
pub(crate) struct Series {
    pub(crate) kind: Kind,
    pub(crate) key: u64,
    /// Numbers below this may have acts: as many as were ordered or registered, whatever the series says itself.
    pub(crate) limit: u64,
    pub(crate) orders: Vec<Order>,
    /// For each block the sum of what the documents did and, after it was read, without what it holds.
    pub(crate) prints: Vec<u64>,
    /// Numbers acted on, by act.
    pub(crate) acts: Acts,
    /// Units by status, of all but emitted ones.
    pub(crate) counts: [u64; 8],
    /// Units to which anything happened.
    pub(crate) begun: u64,
}

impl Series {
    /// Blocks that numbers may lie in.
    pub(crate) const fn blocks(&self) -> u64 {
        self.limit.div_ceil(UNITS)
    }

    /// The sum of a block.
    #[inline]
    pub(crate) fn print(&mut self, block: usize) -> &mut u64 {
        if block >= self.prints.len() {
            self.prints.resize(block + 1, 0);
        }
        // There is one now.
        &mut self.prints[block]
    }
}

/// The small tables.
pub(crate) struct Ledger {
    pub(crate) parts: u32,
    pub(crate) floor: u64,
    pub(crate) series: Vec<Option<Series>>,
    /// Documents of orders, in order.
    pub(crate) orders: Vec<u64>,
    /// The last document.
    pub(crate) last: u64,
}

impl Ledger {
    /// Reads them; nothing if not even the number of parts is there.
    pub(crate) fn read(raw: &mut Raw, report: &mut Report) -> Result<Option<Self>, StoreError> {
        let meta: BTreeMap<String, String> = raw.meta()?.into_iter().collect();
        let parts = meta.get("parts").and_then(|parts| parts.parse().ok()).filter(|parts| (1..=64).contains(parts));
        let Some(parts) = parts else {
            report.find(Place::Ledger, What::Setting("parts"));
            return Ok(None);
        };
        let floor = meta.get("floor").map_or(Ok(0), |floor| floor.parse()).unwrap_or_else(|_| {
            report.find(Place::Ledger, What::Setting("floor"));
            0
        });
        let mut ledger = Self { parts, floor, series: Vec::new(), orders: Vec::new(), last: 0 };
        let mut said = Vec::new();
        let mut after = None;
        loop {
            let page = raw.series(after)?;
            let Some(last) = page.last() else { break };
            after = Some(last.id);
            page.iter().for_each(|row| ledger.add(row, &mut said, report));
        }
        ledger.read_orders(raw, report)?;
        ledger.read_serials(raw, report)?;
        for (series, issued) in ledger.series.iter().zip(said) {
            // Packages exist when they are formed.
            if let Some(series) = series.as_ref().filter(|series| series.kind != Kind::Packages)
                && series.limit.cast_signed() != issued.1
            {
                report.find(Place::Series(issued.0), What::Issued(issued.1.cast_unsigned(), series.limit));
            }
        }
        Ok(Some(ledger))
    }

    fn add(&mut self, row: &RawSeries, said: &mut Vec<(i64, i64)>, report: &mut Report) {
        let kind = match row.kind.as_str() {
            "issued" => Some(Kind::Issued),
            "own" | "foreign" => Some(Kind::Serials),
            "packages" => Some(Kind::Packages),
            _ => None,
        };
        let at = usize::try_from(row.id).ok().filter(|at| *at < self.series.len() + GAP && *at <= u32::MAX as usize);
        let key = u64::try_from(row.key).ok();
        let (Some(kind), Some(at), Some(key)) = (kind, at, key) else {
            return report.find(Place::Series(row.id), What::BadSeries);
        };
        if at != self.series.len() {
            report.find(Place::Series(row.id), What::BadSeries);
        }
        self.series.resize_with(at, || None);
        said.resize(at, (0, 0));
        let limit = if kind == Kind::Packages { PACKAGES } else { 0 };
        self.series.push(Some(Series {
            kind,
            key,
            limit,
            orders: Vec::new(),
            prints: Vec::new(),
            acts: [0; 8],
            counts: [0; 8],
            begun: 0,
        }));
        said.push((row.id, row.issued));
    }

    fn read_orders(&mut self, raw: &mut Raw, report: &mut Report) -> Result<(), StoreError> {
        let mut after = 0;
        loop {
            let page = raw.orders(after)?;
            let Some(last) = page.last() else { return Ok(()) };
            after = last.document;
            for row in page {
                // After 0, and so far below 2⁶³.
                let document = row.document.cast_unsigned();
                self.orders.push(document);
                let series = usize::try_from(row.series).ok().and_then(|series| self.series.get_mut(series)?.as_mut());
                let (first, count) = (u64::try_from(row.first).ok(), u64::try_from(row.count).ok());
                let range =
                    first.zip(count).filter(|(first, count)| *count > 0 && first.saturating_add(*count) <= NUMBERS);
                let fits = series
                    .zip(range)
                    .filter(|(series, (first, _))| series.kind == Kind::Issued && *first == series.limit);
                match fits {
                    Some((series, (first, count))) => {
                        series.limit = first + count;
                        series.orders.push(Order { document, end: first + count });
                    }
                    None => report.find(Place::Document(document), What::OrderNumbers),
                }
            }
        }
    }

    fn read_serials(&mut self, raw: &mut Raw, report: &mut Report) -> Result<(), StoreError> {
        let mut found = 0;
        for (id, series) in (0_i64..).zip(&mut self.series) {
            if let Some(series) = series.as_mut().filter(|series| series.kind == Kind::Serials) {
                let serials = raw.serials(id % i64::from(self.parts), id)?;
                found += serials;
                series.limit = serials.min(NUMBERS);
            }
        }
        let all = raw.counts()?.serials;
        if found != all {
            report.find(Place::Ledger, What::Astray("serial", all.saturating_sub(found)));
        }
        Ok(())
    }

    /// A series by its number in a page or block.
    pub(crate) fn series(&mut self, id: u64) -> Option<&mut Series> {
        usize::try_from(id).ok().and_then(|id| self.series.get_mut(id)?.as_mut())
    }

    /// Draws the balance of every GTIN, and compares what the histories come to with what the acts alone do.
    pub(crate) fn balance(&self, report: &mut Report) {
        let mut balances: BTreeMap<u64, Balance> = BTreeMap::new();
        for (id, series) in (0_i64..).zip(&self.series) {
            let Some(series) = series.as_ref().filter(|series| series.kind != Kind::Packages) else { continue };
            compare(id, series, report);
            if series.kind == Kind::Serials && series.begun != series.limit {
                report.find(Place::Series(id), What::Issued(series.limit, series.begun));
            }
            let of = |status: Status| series.counts.get(status as usize).copied().unwrap_or_default();
            let balance = balances.entry(series.key).or_insert(Balance { gtin: series.key, ..Balance::default() });
            balance.issued += series.limit;
            // Those to which nothing happened are as they were issued.
            balance.in_stock += series.limit.saturating_sub(series.counts.iter().sum()) + of(Status::Applied);
            balance.in_circulation += of(Status::InCirculation);
            balance.withdrawn += of(Status::Withdrawn);
            balance.written_off += of(Status::WrittenOff);
            balance.annulled += of(Status::Annulled);
        }
        for balance in balances.values() {
            if balance.issued != balance.counted() {
                report.find(Place::Gtin(balance.gtin), What::Balance(balance.issued, balance.counted()));
            }
        }
        report.balances = balances.into_values().collect();
    }
}

/// In a series without corrections the number of acts alone tells how many units are in each status.
fn compare(id: i64, series: &Series, report: &mut Report) {
    let [_, introduced, withdrawn, returned, annulled, written_off, recognised, undone] =
        series.acts.map(|count| i64::try_from(count).unwrap_or(i64::MAX));
    if undone > 0 {
        return;
    }
    let out = withdrawn - returned;
    let expected = [
        ("in circulation", Status::InCirculation, introduced + recognised - out),
        ("withdrawn", Status::Withdrawn, out),
        ("written off", Status::WrittenOff, written_off),
        ("annulled", Status::Annulled, annulled),
    ];
    for (name, status, by_acts) in expected {
        let counted = series.counts.get(status as usize).copied().unwrap_or_default();
        if i64::try_from(counted) != Ok(by_acts) {
            report.find(Place::Series(id), What::Counted(name, by_acts, counted));
        }
    }
}
