//! Corrections: what a document did is taken back by another, where nothing has followed.

use crate::book::Book;
use crate::decision::{Also, Decision, Undecided};
use crate::plan::Plan;
use crate::roles::is_correctable;
use crate::work::{Step, Work};
use shared::act::{Act, Effect, Event};
use shared::document::{DocumentKind, Range};
use shared::party::PartyId;
use shared::refusal::{Refusal, RefusalCode};
use shared::state::{DocumentNo, UnitState, standing};

impl Plan {
    /// Takes back what `document` did to the units named.
    pub(super) fn correct<B: Book>(
        &self,
        mut work: Work<'_, B>,
        document: DocumentNo,
        number: DocumentNo,
    ) -> Step<Decision, B> {
        let (kind, _) = earlier(&mut work, document, number)?;
        if !is_correctable(kind) {
            return Err(Refusal::new(RefusalCode::NotCorrectable).at("/document").into());
        }
        for (range, index) in &self.units {
            let Some((owner, issued)) = work.series(range.series)?.map(|series| (series.owner, series.issued)) else {
                work.refuse(*index, *range, RefusalCode::CodeNotIssued);
                continue;
            };
            for number in range.first..range.end().min(issued) {
                let unit = Range::one(range.series, number);
                take_back(&mut work, document, unit, *index, owner)?;
            }
            if range.end() > issued {
                let first = range.first.max(issued);
                work.refuse(*index, Range { first, count: range.end() - first, ..*range }, RefusalCode::CodeNotIssued);
            }
        }
        work.finish(Also::Nothing)
    }
}

/// An earlier document of the sender: its type and what it did.
pub(super) fn earlier<B: Book>(
    work: &mut Work<'_, B>,
    document: DocumentNo,
    number: DocumentNo,
) -> Step<(DocumentKind, Vec<Effect>), B> {
    let of = work.book.effects(document).map_err(Undecided::Book)?;
    // Nobody learns of the documents of others.
    let of = of.filter(|(_, party, _)| *party == work.asked.by.id && document < number);
    let (kind, _, effects) = of.ok_or_else(|| Refusal::new(RefusalCode::DocumentUnknown).at("/document"))?;
    Ok((kind, effects))
}

/// Takes back the latest act of one unit.
fn take_back<B: Book>(
    work: &mut Work<'_, B>,
    document: DocumentNo,
    unit: Range,
    index: u32,
    registrant: PartyId,
) -> Step<(), B> {
    let events = work.book.events(unit.series, unit.first).map_err(Undecided::Book)?;
    let mut standing = standing(&events);
    let latest = standing.pop();
    if latest.is_none_or(|latest| latest.document != document) {
        work.refuse(index, unit, RefusalCode::ChangedSince);
        return Ok(());
    }
    if !latest.is_some_and(may_be_taken_back) {
        work.refuse(index, unit, RefusalCode::NotCorrectable);
        return Ok(());
    }
    let before = UnitState::of(&standing);
    if let Some(package) = before.package {
        // What has happened to the package has happened to the unit too.
        let (owner, seen) = work.seen(&before, registrant)?;
        if owner != work.asked.by.id || seen.transfer.is_some() {
            work.refuse(index, unit, RefusalCode::ChangedSince);
            return Ok(());
        }
        work.push(1, unit, Act::Unpack(owner));
        work.touched.push(package);
    }
    work.push(0, unit, Act::Undo);
    work.units += 1;
    Ok(())
}

/// Acts that leave nothing behind anywhere else.
fn may_be_taken_back(event: Event) -> bool {
    match event.act {
        Act::Withdraw(reason) => reason != shared::state::WithdrawalReason::Remarking,
        Act::Apply
        | Act::Introduce
        | Act::Return
        | Act::WriteOff(_)
        | Act::SellInner(_)
        | Act::Recall
        | Act::LiftRecall
        | Act::AwaitCustoms
        | Act::ClearCustoms => true,
        _ => false,
    }
}
