//! A shipment is answered: accepted, refused, or taken back.

use crate::book::{Book, Shipment};
use crate::decision::{Also, Decision, Undecided};
use crate::ranges;
use crate::work::{Step, Work};
use shared::act::Act;
use shared::document::{Differing, Discrepancy, Range, ShipmentState};
use shared::party::PartyId;
use shared::refusal::{Refusal, RefusalCode};
use shared::state::{DocumentNo, UnitState};

/// The receiver accepts all but what differs: what did not arrive, or arrived damaged, stays the sender's.
pub(super) fn accept<B: Book>(
    mut work: Work<'_, B>,
    document: DocumentNo,
    differing: &[Differing],
) -> Step<Decision, B> {
    let shipment = open(&mut work, document, |shipment| shipment.receiver)?;
    if shipment.due < work.asked.at.date() {
        return Err(Refusal::new(RefusalCode::ShipmentOverdue).at("/shipment").with("due", shipment.due).into());
    }
    let shipped = shipped(&mut work, document)?;
    let mut not_accepted = Vec::new();
    let mut index = 0;
    for one in differing {
        differ(&mut work, document, one, &mut index, &mut not_accepted)?;
    }
    let not_accepted = ranges::in_order(not_accepted);
    let act = Act::Accept(work.asked.by.id);
    for range in shipped {
        ranges::without(range, &not_accepted, |part| work.push(1, part, act));
        work.units += range.count;
    }
    let how = if differing.is_empty() { ShipmentState::Accepted } else { ShipmentState::AcceptedWithDiscrepancy };
    work.finish(Also::ShipmentEnded { shipment: document, how })
}

/// The receiver refuses all of it.
pub(super) fn refuse<B: Book>(mut work: Work<'_, B>, document: DocumentNo) -> Step<Decision, B> {
    open(&mut work, document, |shipment| shipment.receiver)?;
    end(work, document, ShipmentState::Refused)
}

/// The sender takes it back.
pub(super) fn cancel<B: Book>(mut work: Work<'_, B>, document: DocumentNo) -> Step<Decision, B> {
    open(&mut work, document, |shipment| shipment.sender)?;
    end(work, document, ShipmentState::Cancelled)
}

fn end<B: Book>(mut work: Work<'_, B>, document: DocumentNo, how: ShipmentState) -> Step<Decision, B> {
    for range in shipped(&mut work, document)? {
        work.push(1, range, Act::EndTransfer);
        work.units += range.count;
    }
    work.finish(Also::ShipmentEnded { shipment: document, how })
}

/// A shipment that waits for the answer of the participant whom `whose` names.
fn open<B: Book>(
    work: &mut Work<'_, B>,
    document: DocumentNo,
    whose: impl Fn(&Shipment) -> PartyId,
) -> Step<Shipment, B> {
    let refused = |code| Undecided::from(Refusal::new(code).at("/shipment"));
    let shipment = work.book.shipment(document).map_err(Undecided::Book)?;
    // Nobody learns of the shipments of others.
    let shipment = shipment.filter(|shipment| whose(shipment) == work.asked.by.id);
    let shipment = shipment.ok_or_else(|| refused(RefusalCode::ShipmentUnknown))?;
    if shipment.open { Ok(shipment) } else { Err(refused(RefusalCode::ShipmentClosed)) }
}

/// What the document shipped: until it is answered nothing else ends that.
fn shipped<B: Book>(work: &mut Work<'_, B>, document: DocumentNo) -> Step<Vec<Range>, B> {
    let of = work.book.effects(document).map_err(Undecided::Book)?;
    let effects = of.map(|(_, _, effects)| effects).unwrap_or_default();
    Ok(effects.iter().filter(|effect| effect.act == Act::Ship).map(|effect| effect.range).collect())
}

/// What differs in one way. What did not arrive as announced leaves the shipment, or the package in which it was.
fn differ<B: Book>(
    work: &mut Work<'_, B>,
    document: DocumentNo,
    one: &Differing,
    index: &mut u32,
    not_accepted: &mut Vec<Range>,
) -> Step<(), B> {
    for range in &one.items.units {
        let at = *index;
        work.each_state(*range, at, |work, run, state, owner| {
            if let Err(code) = part(work, document, one.how, run, state, owner, not_accepted)? {
                work.refuse(at, run, code);
            }
            Ok(())
        })?;
        *index += 1;
    }
    for package in &one.items.packages {
        match work.book.package(*package).map_err(Undecided::Book)? {
            Some(state) => {
                let range = Range::one(work.package_series(package.prefix())?, package.number());
                if let Err(code) = part(work, document, one.how, range, &state, PartyId(0), not_accepted)? {
                    work.refuse_package(*index, code, None);
                }
            }
            None => work.refuse_package(*index, RefusalCode::PackageUnknown, None),
        }
        *index += 1;
    }
    Ok(())
}

fn part<B: Book>(
    work: &mut Work<'_, B>,
    document: DocumentNo,
    how: Discrepancy,
    range: Range,
    state: &UnitState,
    owner: PartyId,
    not_accepted: &mut Vec<Range>,
) -> Step<Result<(), RefusalCode>, B> {
    let (owner, seen) = work.seen(state, owner)?;
    let is_shipped = seen.transfer == Some(document);
    let is_announced = matches!(how, Discrepancy::Shortage | Discrepancy::DataWithoutProduct | Discrepancy::Damaged);
    match (is_announced, is_shipped) {
        (true, false) => return Ok(Err(RefusalCode::NotInShipment)),
        (false, true) => return Ok(Err(RefusalCode::InShipment)),
        // What arrived beyond what was announced is noted; it changes hands by a shipment of its own.
        (false, false) => return Ok(Ok(())),
        (true, true) => {}
    }
    if state.transfer == Some(document) {
        work.push(1, range, Act::EndTransfer);
        not_accepted.push(range);
    } else if let Some(package) = state.package {
        work.push(0, range, Act::Unpack(owner));
        work.touched.push(package);
        work.units += range.count;
    }
    Ok(Ok(()))
}
