//! `tanba keys state`: moves a key along its life.

use shared::seal::{KeyId, KeyState};

use super::KeyFile;
use super::list::state_name;

/// Why a key stays as it is.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum StateError {
    /// No such key.
    #[error("there is no key {0}")]
    Unknown(KeyId),
    /// No such state.
    #[error("there is no state `{0}`: pre_active, active, verify_only, retired or compromised")]
    NoState(String),
    /// A key's life goes forward only.
    #[error("key {id} is {}: it cannot become {}", state_name(*.from), state_name(*.to))]
    Backwards {
        /// The key.
        id: KeyId,
        /// Its state.
        from: KeyState,
        /// The state asked for.
        to: KeyState,
    },
}

/// Gives key `id` the state named `to` and the set its next version, issued at `now` (seconds since 1970-01-01 UTC).
///
/// # Errors
/// [`StateError`]; nothing is changed then.
pub fn set_state(file: &mut KeyFile, id: KeyId, to: &str, now: i64) -> Result<(), StateError> {
    let named = |state: &KeyState| state_name(*state) == to;
    let to = KeyState::ALL.into_iter().find(named).ok_or_else(|| StateError::NoState(to.to_owned()))?;
    let key = file.keys.iter_mut().find(|key| key.id == id).ok_or(StateError::Unknown(id))?;
    if !key.state.may_become(to) {
        return Err(StateError::Backwards { id, from: key.state, to });
    }
    key.state = to;
    file.version += 1;
    file.issued_at = now;
    Ok(())
}
