//! A decision in the making: what is read of the book, the effects so far, and what is refused.

use crate::book::{Book, Series};
use crate::decision::{Also, Decision, Undecided};
use crate::plan::{Asked, REFUSALS_LIMIT, refusal_at};
use shared::act::{Act, Effect};
use shared::block::BLOCK_LEN;
use shared::date::Date;
use shared::document::Range;
use shared::party::PartyId;
use shared::refusal::{Refusal, RefusalCode};
use shared::series::{PACKAGE_DEPTH, PackageId, SeriesId, SeriesKind};
use shared::state::{BlockReason, DocumentNo, UnitState};

/// Effects are gathered in this many lists, one after the other in the document: a unit's acts stand in the order of
/// their stages, and neighbours of a stage become one effect.
pub(crate) const STAGES: usize = 4;

/// A refused part of what the document names.
#[derive(Clone, Copy, Debug)]
struct Bad {
    index: u32,
    number: u64,
    count: u64,
    code: RefusalCode,
    limit: Option<u64>,
}

/// What the packages around a unit or package mean for it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Around {
    /// The owner of the outermost.
    pub(crate) owner: Option<PartyId>,
    blocked: Option<(DocumentNo, BlockReason)>,
    transfer: Option<DocumentNo>,
}

/// Where the lists of a work stand, to come back to.
pub(crate) struct Mark {
    stages: [(usize, Option<Effect>); STAGES],
    touched: usize,
    units: u64,
    bad: usize,
}

/// A decision in the making.
pub(crate) struct Work<'a, B: Book> {
    pub(crate) asked: &'a Asked,
    pub(crate) book: &'a mut B,
    stages: [Vec<Effect>; STAGES],
    /// Packages whose contents change.
    pub(crate) touched: Vec<PackageId>,
    /// Packages whose contents enter circulation where they are.
    pub(crate) introduced_in: Vec<PackageId>,
    /// The package into which goods that are not in circulation are put.
    pub(crate) applied_into: Option<PackageId>,
    pub(crate) units: u64,
    bad: Vec<Bad>,
    buffer: Vec<(Range, UnitState)>,
    series: Option<(SeriesId, Series)>,
    around: Option<(PackageId, Around)>,
    prefix: Option<(u64, SeriesId)>,
    expiry: Option<(DocumentNo, Option<Date>)>,
}

/// The outcome of a step.
pub(crate) type Step<T, B> = Result<T, Undecided<<B as Book>::Error>>;

impl<'a, B: Book> Work<'a, B> {
    pub(crate) fn new(asked: &'a Asked, book: &'a mut B) -> Self {
        Self {
            asked,
            book,
            stages: Default::default(),
            touched: Vec::new(),
            introduced_in: Vec::new(),
            applied_into: None,
            units: 0,
            bad: Vec::new(),
            buffer: Vec::new(),
            series: None,
            around: None,
            prefix: None,
            expiry: None,
        }
    }

    /// Notes an effect; a neighbour of the one before becomes one with it.
    pub(crate) fn push(&mut self, stage: usize, range: Range, act: Act) {
        let Some(effects) = self.stages.get_mut(stage) else { return };
        match effects.last_mut() {
            Some(last) if last.act == act && last.range.series == range.series && last.range.end() == range.first => {
                last.range.count += range.count;
            }
            _ => effects.push(Effect { range, act }),
        }
    }

    /// Notes an effect on a package.
    pub(crate) fn push_package(&mut self, stage: usize, package: PackageId, act: Act) -> Step<(), B> {
        let series = self.package_series(package.prefix())?;
        self.push(stage, Range::one(series, package.number()), act);
        Ok(())
    }

    /// The effects of a stage so far.
    pub(crate) fn stage(&self, stage: usize) -> &[Effect] {
        self.stages.get(stage).map(Vec::as_slice).unwrap_or_default()
    }

    /// Notes that part of what stands at `index` is refused.
    pub(crate) fn refuse(&mut self, index: u32, part: Range, code: RefusalCode) {
        self.bad.push(Bad { index, number: part.first, count: part.count, code, limit: None });
    }

    /// Notes that the package at `index` is refused.
    pub(crate) fn refuse_package(&mut self, index: u32, code: RefusalCode, limit: Option<u64>) {
        self.bad.push(Bad { index, number: 0, count: 1, code, limit });
    }

    /// Whether anything is refused since the mark.
    pub(crate) fn is_refused_since(&self, mark: &Mark) -> bool {
        self.bad.len() > mark.bad
    }

    /// How the work stands.
    pub(crate) fn mark(&self) -> Mark {
        let stages = self.stages.each_ref().map(|effects| (effects.len(), effects.last().copied()));
        Mark { stages, touched: self.touched.len(), units: self.units, bad: self.bad.len() }
    }

    /// Forgets all effects since the mark; what is refused stays.
    pub(crate) fn back_to(&mut self, mark: &Mark) {
        for (effects, (len, last)) in self.stages.iter_mut().zip(mark.stages) {
            effects.truncate(len);
            if let (Some(held), Some(last)) = (effects.last_mut(), last) {
                *held = last;
            }
        }
        self.touched.truncate(mark.touched);
        self.units = mark.units;
    }

    /// The series of units; nothing for one that does not exist or is of packages.
    pub(crate) fn series(&mut self, id: SeriesId) -> Step<Option<&Series>, B> {
        if self.series.as_ref().is_none_or(|(held, _)| *held != id) {
            self.series = self.book.series(id).map_err(Undecided::Book)?.map(|series| (id, series));
        }
        let units = |series: &&Series| series.kind != SeriesKind::Packages;
        Ok(self.series.as_ref().map(|(_, series)| series).filter(units))
    }

    /// The number of the series of packages with this prefix.
    pub(crate) fn package_series(&mut self, prefix: u64) -> Step<SeriesId, B> {
        match self.prefix {
            Some((held, id)) if held == prefix => Ok(id),
            _ => {
                let id = self.book.package_series(prefix).map_err(Undecided::Book)?;
                self.prefix = Some((prefix, id));
                Ok(id)
            }
        }
    }

    /// Calls `each` with the parts of a range, their state, and the owner of their series. A range that does not exist
    /// is refused.
    pub(crate) fn each_state(
        &mut self,
        range: Range,
        index: u32,
        mut each: impl FnMut(&mut Self, Range, &UnitState, PartyId) -> Step<(), B>,
    ) -> Step<(), B> {
        let Some((owner, issued)) = self.series(range.series)?.map(|series| (series.owner, series.issued)) else {
            self.refuse(index, range, RefusalCode::CodeNotIssued);
            return Ok(());
        };
        if range.first.checked_add(range.count).is_none_or(|end| end > issued) {
            let first = issued.max(range.first);
            let rest = Range { first, count: range.end() - first.min(range.end()), ..range };
            self.refuse(index, rest, RefusalCode::CodeNotIssued);
            return Ok(());
        }
        let mut buffer = std::mem::take(&mut self.buffer);
        let mut at = range.first;
        let mut outcome = Ok(());
        // By parts, so that what is held of a long range stays small.
        while at < range.end() && outcome.is_ok() {
            let count = (range.end() - at).min(64 * BLOCK_LEN - at % BLOCK_LEN);
            let part = Range { first: at, count, ..range };
            let mut hear = |run: Range, state: &UnitState| buffer.push((run, *state));
            outcome = self.book.states(part, &mut hear).map_err(Undecided::Book);
            for (run, state) in &buffer {
                if outcome.is_ok() {
                    outcome = each(self, *run, state, owner);
                }
            }
            buffer.clear();
            at += count;
        }
        self.buffer = buffer;
        outcome
    }

    /// What the packages around mean for what is directly in `package`.
    pub(crate) fn around(&mut self, package: PackageId) -> Step<Around, B> {
        if let Some((held, around)) = self.around
            && held == package
        {
            return Ok(around);
        }
        let mut around = Around { owner: None, blocked: None, transfer: None };
        let mut at = Some(package);
        for _ in 0..PACKAGE_DEPTH {
            let Some(id) = at else { break };
            let Some(state) = self.book.package(id).map_err(Undecided::Book)? else { break };
            around.owner = state.owner.or(around.owner);
            around.blocked = around.blocked.or(state.blocked);
            around.transfer = around.transfer.or(state.transfer);
            at = state.package;
        }
        self.around = Some((package, around));
        Ok(around)
    }

    /// The owner of a unit or package, and its state as the packages around it have it.
    pub(crate) fn seen(&mut self, state: &UnitState, owner: PartyId) -> Step<(PartyId, UnitState), B> {
        let own = state.owner.unwrap_or(owner);
        let Some(package) = state.package else { return Ok((own, *state)) };
        let around = self.around(package)?;
        let blocked = state.blocked.or(around.blocked);
        let transfer = state.transfer.or(around.transfer);
        Ok((around.owner.unwrap_or(own), UnitState { blocked, transfer, ..*state }))
    }

    /// The last day on which a unit may be sold.
    pub(crate) fn last_day(&mut self, state: &UnitState) -> Step<Option<Date>, B> {
        // The facts of a unit that goes on for another are those of the other.
        let mut state = *state;
        for _ in 0..PACKAGE_DEPTH {
            let Some((series, number)) = state.replaces else { break };
            let mut old = None;
            let mut hear = |_: Range, state: &UnitState| old = Some(*state);
            self.book.states(Range::one(series, number), &mut hear).map_err(Undecided::Book)?;
            state = old.unwrap_or(UnitState::EMITTED);
        }
        let Some(introduced) = state.introduced else { return Ok(None) };
        match self.expiry {
            Some((held, date)) if held == introduced => Ok(date),
            _ => {
                let date = self.book.expires(introduced).map_err(Undecided::Book)?;
                self.expiry = Some((introduced, date));
                Ok(date)
            }
        }
    }

    /// The decision.
    pub(crate) fn finish(mut self, also: Also) -> Step<Decision, B> {
        let mut bad = std::mem::take(&mut self.bad);
        bad.sort_unstable_by_key(|bad| (bad.index, bad.number));
        let told = bad.into_iter().take(REFUSALS_LIMIT);
        let rejected: Vec<Refusal> = told.map(|bad| bad.told(self.asked)).collect();
        let is_nothing_left = self.stages.iter().all(Vec::is_empty);
        if !rejected.is_empty() && (!self.asked.partial || is_nothing_left) {
            return Err(Undecided::Refused(rejected));
        }
        self.repack()?;
        let mut effects = Vec::with_capacity(self.stages.iter().map(Vec::len).sum());
        for stage in self.stages {
            effects.extend(stage);
        }
        Ok(Decision { effects, units: self.units, also, rejected })
    }

    /// "Automatic disaggregation": a package whose contents change says so.
    fn repack(&mut self) -> Step<(), B> {
        if self.touched.is_empty() && self.introduced_in.is_empty() {
            return Ok(());
        }
        self.settle()?;
        let mut touched = std::mem::take(&mut self.touched);
        touched.sort_unstable();
        touched.dedup();
        for package in touched {
            self.push_package(STAGES - 1, package, Act::Repack)?;
        }
        Ok(())
    }
}

impl Bad {
    fn told(self, asked: &Asked) -> Refusal {
        let refusal = refusal_at(&asked.places, self.index, self.code, self.number, self.count);
        match self.limit {
            Some(limit) => refusal.with("limit", limit),
            None => refusal,
        }
    }
}
