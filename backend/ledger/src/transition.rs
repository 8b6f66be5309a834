//! The life of one unit: what may follow what (R1, R3).

use shared::refusal::RefusalCode;
use shared::state::{DocumentNo, Status, UnitState, WithdrawalReason};

/// What a document does to one unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// The code was printed on a product.
    Apply,
    /// The unit enters circulation by this document.
    Introduce(DocumentNo),
    /// The unit leaves circulation by this document.
    Withdraw(DocumentNo, WithdrawalReason),
    /// A state body blocks the unit by this document.
    Block(DocumentNo),
    /// A state body lifts its block.
    Unblock,
}

/// The state after the command, or why it may not follow.
///
/// Statuses go forward only. Withdrawal is final: a code never comes back (R1). What never was in circulation can only
/// be written off. A blocked unit can be written off too, but neither applied, introduced, sold, used nor exported;
/// a newer block takes the place of the one that stands.
///
/// # Errors
/// The refusal that tells the status or the block in the way; the status is told first.
pub fn transition(state: &UnitState, command: &Command) -> Result<UnitState, RefusalCode> {
    let next = match *command {
        Command::Apply => match state.status {
            Status::Emitted => UnitState { status: Status::Applied, ..*state },
            Status::Applied => return Err(RefusalCode::AlreadyApplied),
            Status::InCirculation => return Err(RefusalCode::AlreadyIntroduced),
            Status::Withdrawn => return Err(RefusalCode::AlreadyWithdrawn),
        },
        Command::Introduce(by) => match state.status {
            Status::Emitted => return Err(RefusalCode::NotApplied),
            Status::Applied => UnitState { status: Status::InCirculation, introduced: Some(by), ..*state },
            Status::InCirculation => return Err(RefusalCode::AlreadyIntroduced),
            Status::Withdrawn => return Err(RefusalCode::AlreadyWithdrawn),
        },
        Command::Withdraw(by, reason) => match state.status {
            Status::Emitted | Status::Applied if !is_write_off(reason) => return Err(RefusalCode::NotInCirculation),
            Status::Emitted | Status::Applied | Status::InCirculation => {
                UnitState { status: Status::Withdrawn, withdrawn: Some(by), ..*state }
            }
            Status::Withdrawn => return Err(RefusalCode::AlreadyWithdrawn),
        },
        Command::Block(by) => UnitState { blocked: Some(by), ..*state },
        Command::Unblock if state.blocked.is_none() => return Err(RefusalCode::NotBlocked),
        Command::Unblock => UnitState { blocked: None, ..*state },
    };
    if state.blocked.is_some() && !is_allowed_while_blocked(command) {
        return Err(RefusalCode::Blocked);
    }
    Ok(next)
}

/// Whether the goods are gone rather than used: what may happen to any code that exists.
fn is_write_off(reason: WithdrawalReason) -> bool {
    match reason {
        WithdrawalReason::Loss | WithdrawalReason::Damage | WithdrawalReason::Destruction => true,
        WithdrawalReason::RetailSale | WithdrawalReason::OwnUse | WithdrawalReason::Export => false,
    }
}

fn is_allowed_while_blocked(command: &Command) -> bool {
    match command {
        Command::Apply | Command::Introduce(_) => false,
        Command::Withdraw(_, reason) => is_write_off(*reason),
        Command::Block(_) | Command::Unblock => true,
    }
}
