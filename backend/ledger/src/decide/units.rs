//! Documents that do one thing to a list of units.

use crate::book::{Book, Party};
use crate::decision::{Also, Decision, Undecided};
use crate::plan::Plan;
use crate::roles::may_speak_of;
use crate::transition::allow;
use crate::work::{Step, Work};
use shared::act::Act;
use shared::document::Range;
use shared::party::PartyId;
use shared::product::Facts;
use shared::refusal::{Refusal, RefusalCode};
use shared::state::{UnitState, WithdrawalReason};

impl Plan {
    /// Does `act` to all units.
    pub(super) fn units<B: Book>(&self, mut work: Work<'_, B>, act: Act) -> Step<Decision, B> {
        self.each_unit(&mut work, act, 0..u32::MAX)?;
        work.finish(Also::Nothing)
    }

    /// Annuls codes that are not applied: those of the sender, or, by the operator, those whose term has passed (R1).
    pub(super) fn annul<B: Book>(&self, mut work: Work<'_, B>) -> Step<Decision, B> {
        if work.asked.by != Party::OPERATOR {
            return self.units(work, Act::Annul);
        }
        for (range, index) in &self.units {
            work.each_state(*range, *index, |work, run, state, _| match allow(state, Act::Annul) {
                Ok(()) => annul_in_time(work, *index, run),
                Err(code) => {
                    work.refuse(*index, run, code);
                    Ok(())
                }
            })?;
        }
        work.finish(Also::Nothing)
    }

    /// Introduces units of one product, with their facts.
    pub(super) fn introduce<B: Book>(&self, mut work: Work<'_, B>, facts: &Facts) -> Step<Decision, B> {
        let units = self.units.iter().map(|(range, index)| (*range, *index));
        check_facts(&mut work, units, facts)?;
        self.units(work, Act::Introduce)
    }

    /// Does `act` to the units with these indices among all that is named.
    pub(super) fn each_unit<B: Book>(
        &self,
        work: &mut Work<'_, B>,
        act: Act,
        indices: std::ops::Range<u32>,
    ) -> Step<(), B> {
        for (range, index) in self.units.iter().filter(|(_, index)| indices.contains(index)) {
            if act == Act::AwaitCustoms && !is_imported(work, *range)? {
                work.refuse(*index, *range, RefusalCode::NotImported);
                continue;
            }
            work.each_state(*range, *index, |work, run, state, owner| change(work, *index, run, state, owner, act))?;
        }
        Ok(())
    }
}

/// Annuls codes that were not applied, order by order, where the term for it has passed.
fn annul_in_time<B: Book>(work: &mut Work<'_, B>, index: u32, run: Range) -> Step<(), B> {
    let group = work.series(run.series)?.and_then(|series| series.product.as_ref()).map(|product| product.group);
    let mut first = run.first;
    while first < run.end() {
        let order = work.book.ordered(run.series, first).map_err(Undecided::Book)?;
        let end = order.map_or(run.end(), |(_, numbers)| numbers.end().min(run.end()));
        let part = Range { first, count: end - first, ..run };
        let term = order.zip(group).map(|((at, _), group)| group.application_term(at));
        if term.is_some_and(|term| term < work.asked.at) {
            work.push(1, part, Act::Annul);
            work.units += part.count;
        } else {
            work.refuse(index, part, RefusalCode::TermNotPassed);
        }
        first = end;
    }
    Ok(())
}

/// Does `act` to units of equal state. Those in a package leave it, if the act tears them from it.
fn change<B: Book>(
    work: &mut Work<'_, B>,
    index: u32,
    run: Range,
    state: &UnitState,
    registrant: PartyId,
    act: Act,
) -> Step<(), B> {
    let (owner, seen) = work.seen(state, registrant)?;
    if !may_speak_of(work.asked, owner, registrant, &seen) {
        work.refuse(index, run, RefusalCode::UnitNotYours);
        return Ok(());
    }
    let leaves = state.package.filter(|_| leaves_package(act));
    let alone = UnitState { package: seen.package.filter(|_| leaves.is_none()), ..seen };
    if let Err(code) = check_act(work, &alone, act)? {
        work.refuse(index, run, code);
        return Ok(());
    }
    if let Some(package) = state.package {
        if leaves.is_some() {
            work.push(0, run, Act::Unpack(owner));
            work.touched.push(package);
        } else if act == Act::Introduce && work.introduced_in.last() != Some(&package) {
            work.introduced_in.push(package);
        }
    }
    work.push(1, run, act);
    work.units += run.count;
    Ok(())
}

/// Whether the act may follow, and the goods are not past their date.
pub(super) fn check_act<B: Book>(
    work: &mut Work<'_, B>,
    seen: &UnitState,
    act: Act,
) -> Step<Result<(), RefusalCode>, B> {
    if let Err(code) = allow(seen, act) {
        return Ok(Err(code));
    }
    let is_sale = match act {
        // What is sold out was sold before; this only closes it.
        Act::Withdraw(reason) => reason.is_sale() && reason != WithdrawalReason::SoldOut,
        Act::SellInner(_) => true,
        _ => false,
    };
    if is_sale && work.last_day(seen)?.is_some_and(|date| date < work.asked.at.date()) {
        return Ok(Err(RefusalCode::Expired));
    }
    Ok(Ok(()))
}

/// Whether an act takes a unit out of its package: whatever is done to it alone does, but what is done to the label or
/// the papers of goods that stay where they are.
fn leaves_package(act: Act) -> bool {
    !matches!(act, Act::Apply | Act::Introduce | Act::AwaitCustoms | Act::ClearCustoms)
}

/// Whether units are of a product made abroad.
fn is_imported<B: Book>(work: &mut Work<'_, B>, range: Range) -> Step<bool, B> {
    let series = work.series(range.series)?;
    // A unit that does not exist is refused for that.
    Ok(series.and_then(|series| series.product.as_ref()).is_none_or(|product| !product.is_domestic()))
}

/// Checks that units are of one product, which the facts fit.
pub(super) fn check_facts<B: Book>(
    work: &mut Work<'_, B>,
    units: impl Iterator<Item = (Range, u32)>,
    facts: &Facts,
) -> Step<(), B> {
    let mut product = None;
    for (range, index) in units {
        let asked = work.asked;
        let refused = |code| crate::plan::refusal_at(&asked.places, index, code, range.first, range.count);
        let Some(series) = work.series(range.series)? else {
            return Err(refused(RefusalCode::CodeNotIssued).into());
        };
        let first = match product {
            Some(key) => key,
            None => {
                let card = series.product.as_ref().ok_or_else(|| Refusal::new(RefusalCode::ProductUnknown))?;
                facts.check(card, asked.at.date())?;
                product = Some(series.key);
                series.key
            }
        };
        if series.key != first {
            let refusal = refused(RefusalCode::FieldInvalid);
            let field = refusal.at.clone().unwrap_or_default();
            let reason = format!("GTIN {:014} ≠ {first:014}", series.key);
            return Err(refusal.with("field", field).with("reason", reason).into());
        }
    }
    Ok(())
}
