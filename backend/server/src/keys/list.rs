//! `tanba keys list`: what anybody may know of the keys.

use std::fmt::Write as _;

use super::KeyFile;
use shared::seal::{KeySet, KeyState, Profile};

/// The key set as a table: ids, groups, profiles, states, public keys. No secrets.
pub fn list(file: &KeyFile, set: &KeySet) -> String {
    let mut table = format!(
        "key set {}, issued at {} (unix seconds)\nanchor  {}\nreports {}\n\n{:<5} {:<15} {:<8} {:<12} public key\n",
        set.version,
        set.issued_at,
        file.anchor_public(),
        hex(&set.report_key),
        "id",
        "group",
        "profile",
        "state",
    );
    for key in &set.keys {
        let public = key.public.as_ref().map_or_else(|| "-".to_owned(), ToString::to_string);
        // Writing to a String cannot fail.
        let _ = writeln!(
            table,
            "{:<5} {:<15} {:<8} {:<12} {public}",
            key.id,
            key.group,
            profile_name(key.profile),
            state_name(key.state)
        );
    }
    table
}

/// The published name of a profile.
pub(crate) fn profile_name(profile: Profile) -> &'static str {
    match profile {
        Profile::Signed => "signed",
        Profile::Mac => "mac",
        Profile::Short => "short",
    }
}

/// The published name of a state.
pub(super) fn state_name(state: KeyState) -> &'static str {
    match state {
        KeyState::PreActive => "pre_active",
        KeyState::Active => "active",
        KeyState::VerifyOnly => "verify_only",
        KeyState::Retired => "retired",
        KeyState::Compromised => "compromised",
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
