//! Damaged labels are replaced: the goods go on under new codes.

use crate::book::Book;
use crate::decision::{Also, Decision};
use crate::transition::allow;
use crate::work::{Step, Work};
use shared::act::Act;
use shared::document::Range;
use shared::refusal::RefusalCode;
use shared::state::{Status, UnitState, WithdrawalReason};

/// Old and new unit of each pair.
pub(super) fn remark<B: Book>(mut work: Work<'_, B>, pairs: &[(Range, Range)]) -> Step<Decision, B> {
    for (index, (old, new)) in (0_u32..).step_by(2).zip(pairs) {
        let gone = retire(&mut work, *old, *new, index)?;
        if let Some(gone) = gone {
            go_on(&mut work, *old, *new, index + 1, &gone)?;
        }
    }
    work.finish(Also::Nothing)
}

/// The old code leaves; its state before.
fn retire<B: Book>(work: &mut Work<'_, B>, old: Range, new: Range, index: u32) -> Step<Option<UnitState>, B> {
    let mut gone = None;
    work.each_state(old, index, |work, run, state, registrant| {
        let (owner, seen) = work.seen(state, registrant)?;
        if owner != work.asked.by.id {
            work.refuse(index, run, RefusalCode::UnitNotYours);
            return Ok(());
        }
        if let Err(code) = allow(&UnitState { package: None, ..seen }, Act::ReplacedBy(new.series, new.first)) {
            work.refuse(index, run, code);
            return Ok(());
        }
        if let Some(package) = state.package {
            work.push(0, run, Act::Unpack(owner));
            work.touched.push(package);
        }
        work.push(1, run, Act::ReplacedBy(new.series, new.first));
        let reason = WithdrawalReason::Remarking;
        let was_in_circulation = state.status == Status::InCirculation;
        work.push(2, run, if was_in_circulation { Act::Withdraw(reason) } else { Act::WriteOff(reason) });
        work.units += run.count;
        gone = Some(*state);
        Ok(())
    })?;
    Ok(gone)
}

/// The new code takes the old one's place.
fn go_on<B: Book>(work: &mut Work<'_, B>, old: Range, new: Range, index: u32, gone: &UnitState) -> Step<(), B> {
    let key = work.series(old.series)?.map(|series| series.key);
    if work.series(new.series)?.is_some_and(|series| Some(series.key) != key) {
        work.refuse(index, new, RefusalCode::ReplacementMismatch);
        return Ok(());
    }
    work.each_state(new, index, |work, run, state, owner| {
        if state.owner.unwrap_or(owner) != work.asked.by.id {
            work.refuse(index, run, RefusalCode::UnitNotYours);
            return Ok(());
        }
        let act = Act::Replaces(old.series, old.first);
        if let Err(code) = allow(state, act) {
            work.refuse(index, run, code);
            return Ok(());
        }
        if state.status == Status::Emitted {
            work.push(0, run, Act::Apply);
        }
        work.push(1, run, act);
        if gone.status == Status::InCirculation {
            work.push(2, run, Act::Introduce);
            if gone.inner_sold > 0 {
                work.push(3, run, Act::SellInner(gone.inner_sold));
            }
        }
        work.units += run.count;
        Ok(())
    })
}
