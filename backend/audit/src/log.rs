//! The log, read in the order of documents: heads and, of all parts side by side, effects.

use crate::ledger::{Ledger, Series, counted_at};
use crate::life::Kind;
use crate::pending::{Pending, Waiting};
use crate::prints::{UNITS, Weights};
use crate::read::{self, Effect, Head};
use crate::report::{Place, Report, What};
use crate::shipments::Shipments;
use backend_store::{Raw, RawEffects, StoreError};
use std::collections::VecDeque;

mod order;

/// Numbers of packages of a series.
const PACKAGES: u64 = 10_000_000;

/// The pages of effects of one part.
pub(crate) struct Cursor {
    part: u32,
    after: i64,
    pages: VecDeque<RawEffects>,
    rows: Vec<Effect>,
    at: usize,
    pub(crate) read: u64,
    /// The last document of the pages before.
    last: u64,
}

impl Cursor {
    pub(crate) fn new(part: u32, after: u64) -> Self {
        let after = after.cast_signed();
        Self { part, after, pages: VecDeque::new(), rows: Vec::new(), at: 0, read: 0, last: 0 }
    }

    /// The document of the next effect; `None` at the end of the log.
    pub(crate) fn document(
        &mut self,
        raw: &mut Raw,
        floor: u64,
        wrong: &mut dyn FnMut(Place, What),
    ) -> Result<Option<u64>, StoreError> {
        loop {
            if let Some(row) = self.rows.get(self.at) {
                return Ok(Some(row.document));
            }
            if self.pages.is_empty() {
                self.pages.extend(raw.effects(i64::from(self.part), self.after)?);
            }
            let Some(page) = self.pages.pop_front() else { return Ok(None) };
            self.after = page.first_document;
            self.read += 1;
            self.at = 0;
            let place = Place::Effects(page.part, page.first_document);
            if let Err(why) = read::effects(&page.bytes, &mut self.rows) {
                self.rows.clear();
                wrong(place, What::Bytes(why.0));
                continue;
            }
            let (first, last) = match (self.rows.first(), self.rows.last()) {
                (Some(first), Some(last)) => (first.document, last.document),
                _ => continue,
            };
            if !self.rows.is_sorted_by_key(|row| row.document) {
                wrong(place, What::Key("documents are out of order"));
            }
            let begin = page.first_document.cast_unsigned();
            if first < begin || begin <= self.last {
                wrong(place, What::Key("its documents are not those after its first"));
            }
            // Whoever starts reads the pages that begin after the floor.
            if begin <= floor && last > floor {
                wrong(place, What::Key("it begins before the floor and ends after it"));
            }
            self.last = last;
        }
    }

    /// The effects of a document, which is the next.
    pub(crate) fn take(&mut self, document: u64) -> &[Effect] {
        let begin = self.at;
        let rest = self.rows.get(begin..).unwrap_or_default();
        let len = rest.iter().take_while(|row| row.document == document).count();
        self.at += len;
        self.rows.get(begin..begin + len).unwrap_or_default()
    }
}

/// Reads heads and effects, sums up what was done to each block up to the floor, and keeps what was done after it.
pub(crate) fn read(
    raw: &mut Raw,
    ledger: &mut Ledger,
    pending: &mut Pending,
    report: &mut Report,
) -> Result<(Weights, Shipments), StoreError> {
    let mut reading = Reading {
        weights: Weights::new(),
        cursors: (0..ledger.parts).map(|part| Cursor::new(part, 0)).collect(),
        ledger,
        pending,
        report,
        shipments: Shipments::default(),
        expected: 1,
        orders: 0,
        packs: Vec::new(),
        changed: Vec::new(),
        earlier: Vec::new(),
    };
    let mut pages = 0_u64;
    let mut after = 0;
    let mut heads = Vec::new();
    loop {
        let page = raw.heads(after)?;
        let Some(last) = page.last() else { break };
        after = last.first_document;
        for row in page {
            pages += 1;
            let place = Place::Heads(row.first_document);
            if let Err(why) = read::heads(&row.bytes, &mut heads) {
                reading.report.find(place, What::Bytes(why.0));
                continue;
            }
            let first = heads.first().map(|head| head.document.cast_signed());
            if first != Some(row.first_document) || i64::try_from(heads.len()) != Ok(row.count) {
                reading.report.find(place, What::Key("it has other documents than its key says"));
            }
            for head in &heads {
                let part = (head.document >> 12) % u64::from(reading.ledger.parts);
                if i64::try_from(part) != Ok(row.part) {
                    reading.report.find(Place::Document(head.document), What::Key("its head lies in another part"));
                }
                reading.document(raw, head)?;
            }
        }
    }
    reading.end(raw, pages)?;
    Ok((reading.weights, reading.shipments))
}

/// Reads the end of the log again, for the next portion of what is in no block.
pub(crate) fn read_end(raw: &mut Raw, ledger: &Ledger, pending: &mut Pending) -> Result<(), StoreError> {
    let mut earlier = Vec::new();
    for part in 0..ledger.parts {
        let mut cursor = Cursor::new(part, ledger.floor);
        while let Some(document) = cursor.document(raw, 0, &mut |_, _| {})? {
            let effects = cursor.take(document);
            order::each(effects, &mut earlier, &mut |effect, first, end, earlier| {
                let series = usize::try_from(effect.series).ok().and_then(|series| ledger.series.get(series)?.as_ref());
                let Some(series) = series else { return };
                if effect.series % u64::from(ledger.parts) == u64::from(part) {
                    blocks(first, end.min(series.limit), |block, from, to| {
                        keep(pending, part, effect, block, from, to, earlier);
                    });
                }
            });
        }
    }
    Ok(())
}

/// The parts of a range in its blocks: block, first place, end.
#[inline]
pub(crate) fn blocks(first: u64, end: u64, mut each: impl FnMut(u64, u16, u16)) {
    let mut first = first;
    while first < end {
        let block = first / UNITS;
        let to = end.min((block + 1) * UNITS);
        // Both at most 4096.
        each(block, (first - block * UNITS) as u16, (to - block * UNITS) as u16);
        first = to;
    }
}

fn keep(pending: &mut Pending, part: u32, effect: &Effect, block: u64, first: u16, end: u16, earlier: u32) {
    // Series and blocks of a known series are below 2³².
    let key = (part, effect.series as u32, block as u32);
    let Effect { document, act, arg, .. } = *effect;
    pending.add(key, Waiting { document, arg, first, end, earlier, act });
}

struct Reading<'a> {
    weights: Weights,
    cursors: Vec<Cursor>,
    ledger: &'a mut Ledger,
    pending: &'a mut Pending,
    report: &'a mut Report,
    shipments: Shipments,
    expected: u64,
    /// Orders whose documents were seen.
    orders: usize,
    /// Packages that the document packs into, and ranges of packages that it forms or changes.
    packs: Vec<u64>,
    changed: Vec<(u64, u64)>,
    earlier: Vec<order::Placed>,
}

impl Reading<'_> {
    fn document(&mut self, raw: &mut Raw, head: &Head) -> Result<(), StoreError> {
        let Head { document, kind, party, parts, .. } = *head;
        self.report.documents += 1;
        if document != self.expected {
            self.report.find(Place::Document(document), What::Number(self.expected));
        }
        self.expected = document.saturating_add(1).max(1);
        let is_order = self.ledger.orders.get(self.orders) == Some(&document);
        self.orders += usize::from(is_order);
        if is_order != (kind == ORDER) || !(1..=29).contains(&kind) {
            self.report.find(Place::Document(document), What::Order);
        }
        self.packs.clear();
        self.changed.clear();
        let Self { weights, cursors, ledger, pending, report, shipments, packs, changed, earlier, .. } = self;
        let owner = match kind {
            ACCEPT => shipments.sender_of_answered(document),
            // Of receipts, recalls and blocks the goods are another's.
            12 | 18..=29 => Some(party),
            _ => None,
        };
        let mut shipped = 0;
        for cursor in cursors {
            let part = cursor.part;
            // One page of the log has at most some megabytes: the effects of the document are at hand.
            let next = loop {
                let next = cursor.document(raw, ledger.floor, &mut |place, what| report.find(place, what))?;
                let Some(early) = next.filter(|next| *next < document) else { break next };
                report.find(Place::Document(early), What::NoHead);
                cursor.take(early);
            };
            let is_there = next == Some(document);
            if is_there != (parts >> part & 1 == 1) {
                report.find(Place::Document(document), What::Parts(part));
            }
            if is_there {
                let effects = cursor.take(document);
                report.effects += effects.len() as u64;
                let shipped = &mut shipped;
                let mut reader =
                    Reader { weights, ledger, pending, report, packs, changed, part, party, owner, shipped };
                order::each(effects, earlier, &mut |effect, first, end, earlier| {
                    reader.effect(effect, first, end, earlier);
                });
            }
        }
        shipments.document(raw, head, shipped, report)?;
        self.packed(document);
        Ok(())
    }

    /// Whatever the document packs goes into packages that it forms or changes.
    fn packed(&mut self, document: u64) {
        if self.packs.is_empty() {
            return;
        }
        self.packs.sort_unstable();
        self.packs.dedup();
        self.changed.sort_unstable();
        for package in &self.packs {
            let after = self.changed.partition_point(|(first, _)| first <= package);
            let before = after.checked_sub(1).and_then(|at| self.changed.get(at));
            if before.is_none_or(|(_, end)| package >= end) {
                self.report.find(Place::Document(document), What::NotPacked(*package));
            }
        }
    }

    /// After the last head: nothing is left over, and nothing lies where no reader looks.
    fn end(&mut self, raw: &mut Raw, pages: u64) -> Result<(), StoreError> {
        let mut read = 0;
        for cursor in &mut self.cursors {
            let report = &mut *self.report;
            while let Some(left) =
                cursor.document(raw, self.ledger.floor, &mut |place, what| report.find(place, what))?
            {
                report.find(Place::Document(left), What::NoHead);
                cursor.take(left);
            }
            read += cursor.read;
        }
        self.shipments.end_of_log(raw, self.report)?;
        for order in self.ledger.orders.iter().skip(self.orders) {
            self.report.find(Place::Document(*order), What::Order);
        }
        self.ledger.last = self.expected - 1;
        if self.ledger.floor > self.ledger.last {
            self.report.find(Place::Ledger, What::Setting("floor"));
        }
        let rows = raw.counts()?;
        for (table, all, read) in [("head", rows.heads, pages), ("page", rows.effects, read)] {
            if all != read {
                self.report.find(Place::Ledger, What::Astray(table, all.saturating_sub(read)));
            }
        }
        Ok(())
    }
}

/// Number of the kind of documents that order codes, and of those that accept shipments.
const ORDER: u64 = 2;
const ACCEPT: u64 = 26;

/// What one effect adds to.
struct Reader<'a> {
    weights: &'a Weights,
    ledger: &'a mut Ledger,
    pending: &'a mut Pending,
    report: &'a mut Report,
    packs: &'a mut Vec<u64>,
    changed: &'a mut Vec<(u64, u64)>,
    part: u32,
    /// Who sent the document.
    party: u64,
    /// Whose the goods were that it took out of packages, if that follows from the document.
    owner: Option<u64>,
    /// Units and packages that it has shipped.
    shipped: &'a mut u64,
}

impl Reader<'_> {
    /// A part of an effect whose units have had as many acts of the document before.
    #[inline]
    fn effect(&mut self, effect: &Effect, first: u64, end: u64, earlier: u32) {
        let Effect { document, act, arg, .. } = *effect;
        let (parts, floor) = (self.ledger.parts, self.ledger.floor);
        let Some(series) = self.ledger.series(effect.series) else {
            return self.report.find(Place::Document(document), What::NotIssued);
        };
        if effect.series % u64::from(parts) != u64::from(self.part) {
            return self.report.find(Place::Document(document), What::Parts(self.part));
        }
        if first >= end || end > series.limit {
            self.report.find(Place::Document(document), What::NotIssued);
        }
        let end = end.min(series.limit);
        let owner = match act {
            12 => Some((arg, self.party)),
            18 => self.owner.map(|owner| (arg, owner)),
            21 => Some((arg >> 3, self.party)),
            _ => None,
        };
        if let Some((said, is)) = owner.filter(|(said, is)| said != is) {
            self.report.find(Place::Document(document), What::Owner(act, said, is));
        }
        match act {
            11 => *self.shipped += end.saturating_sub(first),
            17 if self.packs.last() != Some(&arg) => self.packs.push(arg),
            21 | 23 if series.kind == Kind::Packages => {
                let of = |number: u64| series_package(series, number);
                self.changed.push((of(first), of(end)));
            }
            _ => {}
        }
        if let Some(count) = counted_at(act).and_then(|at| series.acts.get_mut(at)) {
            *count = count.wrapping_add(end.saturating_sub(first));
        }
        if document > floor {
            let (pending, part) = (&mut *self.pending, self.part);
            return blocks(first, end, |block, from, to| keep(pending, part, effect, block, from, to, earlier));
        }
        let weight = self.weights.act(document, act, arg, earlier);
        let weights = self.weights;
        blocks(first, end, |block, from, to| {
            let print = series.print(block as usize);
            *print = print.wrapping_add(weight.wrapping_mul(weights.places(from, to)));
        });
    }
}

fn series_package(series: &Series, number: u64) -> u64 {
    series.key.saturating_mul(PACKAGES).saturating_add(number)
}
