//! The life of one unit or package: what may follow what (R1, R3, R4).

use shared::act::{Act, Event};
use shared::refusal::RefusalCode;
use shared::state::{DocumentNo, UnitState};

/// The state after an act, or why it may not follow. No other path changes state.
///
/// The number of the document is not part of the rule: the state names document 0 as that of the act.
///
/// # Errors
/// The refusal that tells what is in the way: the status first, then the flags.
pub fn transition(state: &UnitState, act: &Act) -> Result<UnitState, RefusalCode> {
    allow(state, *act)?;
    Ok(state.after(Event { document: DocumentNo(0), act: *act }))
}

/// Whether an act may follow.
///
/// # Errors
/// As [`transition`].
pub(crate) fn allow(state: &UnitState, act: Act) -> Result<(), RefusalCode> {
    if state.is_package() { crate::packages::allow(state, act) } else { crate::units::allow(state, act) }
}
