//! The state machine of a unit.

use RefusalCode as R;
use shared::act::Act;
use shared::refusal::RefusalCode;
use shared::state::{Status, UnitState, WithdrawalReason};

/// Whether an act may follow in the life of a unit.
pub(crate) fn allow(unit: &UnitState, act: Act) -> Result<(), RefusalCode> {
    match act {
        Act::Apply => {
            only(unit, &[Status::Emitted])?;
            still(unit)
        }
        Act::Introduce => {
            only(unit, &[Status::Applied])?;
            held(unit)
        }
        Act::Withdraw(reason) => {
            only(unit, &[Status::InCirculation])?;
            withdrawable(unit, reason)
        }
        Act::Return => {
            only(unit, &[Status::Withdrawn])?;
            let reason = unit.withdrawn.and_then(|(_, reason)| reason);
            refuse_if(!reason.is_some_and(WithdrawalReason::may_return), R::WithdrawnForGood)?;
            alone(unit)?;
            held(unit)
        }
        Act::Annul => {
            only(unit, &[Status::Emitted])?;
            still(unit)
        }
        Act::WriteOff(reason) => {
            only(unit, &[Status::Emitted, Status::Applied])?;
            alone(unit)?;
            refuse_if(unit.blocked.is_some() && !reason.is_loss(), R::Blocked)?;
            refuse_if(unit.transfer.is_some(), R::AwaitingTransfer)
        }
        // A newer block takes the place of the one that stands; also goods that left circulation can be found unsafe.
        Act::Block(_) => Ok(()),
        Act::Unblock => refuse_if(unit.blocked.is_none(), R::NotBlocked),
        Act::Recall => {
            // What consumers hold is recalled too.
            only(unit, &[Status::InCirculation, Status::Withdrawn])?;
            alone(unit)?;
            refuse_if(unit.recalled.is_some(), R::Recalled)
        }
        Act::LiftRecall => {
            refuse_if(unit.recalled.is_none(), R::NotRecalled)?;
            alone(unit)
        }
        Act::Ship => {
            only(unit, &[Status::InCirculation])?;
            alone(unit)?;
            whole(unit)
        }
        // Goods that arrive are where they are, blocked or recalled: the block goes with them.
        Act::Accept(_) | Act::EndTransfer => refuse_if(unit.transfer.is_none(), R::NotUnderWay),
        Act::AwaitCustoms => {
            only(unit, &[Status::Emitted, Status::Applied])?;
            refuse_if(unit.customs.is_some(), R::AwaitingCustoms)
        }
        Act::ClearCustoms => refuse_if(unit.customs.is_none(), R::NotAwaitingCustoms),
        Act::SellInner(_) => {
            only(unit, &[Status::InCirculation])?;
            alone(unit)?;
            held(unit)
        }
        Act::Pack(_) => {
            only(unit, &[Status::Applied, Status::InCirculation])?;
            alone(unit)?;
            // Goods are packed in a customs warehouse too.
            still(unit)?;
            refuse_if(unit.inner_sold > 0, R::PartiallySold)
        }
        Act::Unpack(_) => refuse_if(unit.package.is_none(), R::NotInPackage),
        Act::ReplacedBy(..) => {
            only(unit, &[Status::Applied, Status::InCirculation])?;
            alone(unit)?;
            held(unit)
        }
        Act::Replaces(..) => {
            only(unit, &[Status::Emitted, Status::Applied])?;
            // A label that lies in a package is on goods already.
            alone(unit)?;
            refuse_if(unit.replaces.is_some(), R::AlreadyReplacement)?;
            held(unit)
        }
        // A number of a series of packages to which nothing happened is a package not yet formed.
        Act::Form(..) => refuse_if(*unit != UnitState::EMITTED, R::NotForUnits),
        Act::Dissolve | Act::Repack => Err(R::NotForUnits),
        Act::Register | Act::Recognise => refuse_if(*unit != UnitState::EMITTED, R::SerialExists),
        // What a correction takes back is in the history, not in the state.
        Act::Undo => Err(R::NotCorrectable),
    }
}

/// Whether the status is one of those from which the act goes on; why not, otherwise.
fn only(unit: &UnitState, from: &[Status]) -> Result<(), RefusalCode> {
    if from.contains(&unit.status) {
        return Ok(());
    }
    let is_return = from == [Status::Withdrawn];
    Err(match unit.status {
        Status::Emitted | Status::Applied | Status::InCirculation if is_return => R::NotWithdrawn,
        Status::Emitted if from.contains(&Status::Applied) => R::NotApplied,
        Status::Emitted | Status::Applied if from.contains(&Status::InCirculation) => R::NotInCirculation,
        Status::Emitted => R::NotApplied,
        Status::Applied => R::AlreadyApplied,
        Status::InCirculation => R::AlreadyIntroduced,
        Status::Withdrawn => R::AlreadyWithdrawn,
        Status::WrittenOff => R::AlreadyWrittenOff,
        Status::Annulled => R::Annulled,
        Status::Formed | Status::Dissolved => R::NotForPackages,
    })
}

/// Blocked goods only get lost; recalled ones may go to a laboratory too. Goods under way are accepted first, or come
/// back. Of a unit that is sold in parts, the rest is sold or lost.
fn withdrawable(unit: &UnitState, reason: WithdrawalReason) -> Result<(), RefusalCode> {
    let is_loss = reason.is_loss();
    refuse_if(unit.blocked.is_some() && !is_loss, R::Blocked)?;
    refuse_if(unit.recalled.is_some() && !is_loss && reason != WithdrawalReason::Samples, R::Recalled)?;
    refuse_if(unit.transfer.is_some(), R::AwaitingTransfer)?;
    refuse_if(unit.customs.is_some() && !is_loss, R::AwaitingCustoms)?;
    let closes = is_loss || matches!(reason, WithdrawalReason::SoldOut | WithdrawalReason::Remarking);
    refuse_if(unit.inner_sold > 0 && !closes, R::PartiallySold)?;
    refuse_if(unit.inner_sold == 0 && reason == WithdrawalReason::SoldOut, R::NotPartiallySold)
}

/// Not in a package: what is done to a unit alone takes it out first, in the same document.
fn alone(unit: &UnitState) -> Result<(), RefusalCode> {
    refuse_if(unit.package.is_some(), R::AlreadyPacked)
}

/// Neither blocked nor recalled nor under way.
fn still(unit: &UnitState) -> Result<(), RefusalCode> {
    refuse_if(unit.blocked.is_some(), R::Blocked)?;
    refuse_if(unit.recalled.is_some(), R::Recalled)?;
    refuse_if(unit.transfer.is_some(), R::AwaitingTransfer)
}

/// Not held back by anybody.
fn held(unit: &UnitState) -> Result<(), RefusalCode> {
    still(unit)?;
    refuse_if(unit.customs.is_some(), R::AwaitingCustoms)
}

/// Not held back, and not sold in parts.
fn whole(unit: &UnitState) -> Result<(), RefusalCode> {
    held(unit)?;
    refuse_if(unit.inner_sold > 0, R::PartiallySold)
}

pub(crate) fn refuse_if(is_so: bool, code: RefusalCode) -> Result<(), RefusalCode> {
    if is_so { Err(code) } else { Ok(()) }
}
