//! The state machine of a package.
//!
//! A package says of its contents whether they are in circulation: one formed of goods that are only applied has
//! [`Act::Apply`] in its history and that status until all of them are introduced, when it gets [`Act::Introduce`]. So
//! a package moves without a look into it.

use crate::units::refuse_if;
use RefusalCode as R;
use shared::act::Act;
use shared::refusal::RefusalCode;
use shared::state::{Status, UnitState, WithdrawalReason};

/// Whether an act may follow in the life of a package.
pub(crate) fn allow(package: &UnitState, act: Act) -> Result<(), RefusalCode> {
    match act {
        Act::Form(..) => Err(R::PackageExists),
        // Just formed, of goods that are not in circulation.
        Act::Apply => match package.status {
            Status::Formed => Ok(()),
            _ => Err(R::NotForPackages),
        },
        Act::Introduce => match package.status {
            Status::Applied => Ok(()),
            _ => Err(R::NotForPackages),
        },
        // Labels and parts are of units.
        Act::Withdraw(WithdrawalReason::SoldOut | WithdrawalReason::Remarking) => Err(R::NotForPackages),
        Act::Withdraw(reason) => {
            stands(package)?;
            refuse_if(package.status == Status::Applied, R::NotInCirculation)?;
            refuse_if(package.blocked.is_some() && !reason.is_loss(), R::Blocked)?;
            refuse_if(package.transfer.is_some(), R::AwaitingTransfer)
        }
        Act::Block(_) => refuse_if(package.status == Status::Dissolved, R::PackageDissolved),
        Act::Unblock => refuse_if(package.blocked.is_none(), R::NotBlocked),
        Act::Ship => {
            stands(package)?;
            refuse_if(package.status == Status::Applied, R::NotInCirculation)?;
            refuse_if(package.package.is_some(), R::AlreadyPacked)?;
            free(package)
        }
        Act::Accept(_) | Act::EndTransfer => refuse_if(package.transfer.is_none(), R::NotUnderWay),
        Act::Pack(_) => {
            stands(package)?;
            refuse_if(package.package.is_some(), R::AlreadyPacked)?;
            free(package)
        }
        Act::Unpack(_) => refuse_if(package.package.is_none(), R::NotInPackage),
        Act::Dissolve => {
            stands(package)?;
            refuse_if(package.package.is_some(), R::AlreadyPacked)?;
            free(package)
        }
        // Goods leave a package also while it is blocked or under way: they are lost, taken away, or do not arrive.
        Act::Repack => refuse_if(package.status == Status::Dissolved, R::PackageDissolved),
        Act::Return
        | Act::Annul
        | Act::WriteOff(_)
        | Act::Recall
        | Act::LiftRecall
        | Act::AwaitCustoms
        | Act::ClearCustoms
        | Act::SellInner(_)
        | Act::ReplacedBy(..)
        | Act::Replaces(..)
        | Act::Register
        | Act::Recognise => Err(R::NotForPackages),
        Act::Undo => Err(R::NotCorrectable),
    }
}

/// Whether its owner may open it: put in, take out, take apart.
pub(crate) fn may_open(package: &UnitState) -> Result<(), RefusalCode> {
    stands(package)?;
    free(package)
}

/// Neither taken apart nor withdrawn.
fn stands(package: &UnitState) -> Result<(), RefusalCode> {
    match package.status {
        Status::Formed | Status::Applied | Status::InCirculation => Ok(()),
        Status::Dissolved => Err(R::PackageDissolved),
        Status::Withdrawn => Err(R::AlreadyWithdrawn),
        // No act leads a package there.
        Status::Emitted | Status::WrittenOff | Status::Annulled => Err(R::NotForPackages),
    }
}

fn free(package: &UnitState) -> Result<(), RefusalCode> {
    refuse_if(package.blocked.is_some(), R::Blocked)?;
    refuse_if(package.transfer.is_some(), R::AwaitingTransfer)
}
