//! The profiles of tails and the life of a key.

use serde::{Deserialize, Serialize};

/// How a code's tail is made and who can check it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Profile {
    /// AI 92, 83 characters: an Ed25519 signature in base 72. Anyone checks it
    /// with the public key, offline.
    Signed,
    /// AI 92, 44 characters: HMAC-SHA-256 in base64. The holder of the key
    /// checks it: edge and backend.
    Mac,
    /// AI 93, 4 characters and no key id: HMAC-SHA-256 cut to 24 bits, in
    /// base64url. The holder of the key checks it, and only together with the
    /// ledger: one guess in 2²⁴ succeeds.
    Short,
}

impl Profile {
    /// Every profile.
    pub const ALL: [Self; 3] = [Self::Signed, Self::Mac, Self::Short];

    /// The application identifier that the tail stands under.
    pub const fn ai(self) -> &'static str {
        match self {
            Self::Signed | Self::Mac => "92",
            Self::Short => "93",
        }
    }

    /// Characters of the tail.
    pub const fn tail_len(self) -> usize {
        match self {
            Self::Signed => crate::SIGNED_TAIL_LEN,
            Self::Mac => crate::MAC_TAIL_LEN,
            Self::Short => crate::SHORT_TAIL_LEN,
        }
    }
}

/// The life of a key (NIST SP 800-57 part 1, section 7, in our words).
///
/// The usual way is down the list; a key of any state can become compromised,
/// and nothing leaves that state. See [`KeyState::may_become`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyState {
    /// Made and distributed, so that phones know it before its first code is
    /// printed. Signs nothing, so nothing verifies.
    PreActive,
    /// Signs new codes.
    Active,
    /// Signs no more; its codes are on the shelves.
    VerifyOnly,
    /// Its codes should be gone from the shelves; those still met are genuine.
    Retired,
    /// Somebody else may sign with it. A tail that verifies proves nothing
    /// alone: the ledger must know the code as issued.
    Compromised,
}

impl KeyState {
    /// Every state, in the order of a key's life.
    pub const ALL: [Self; 5] = [Self::PreActive, Self::Active, Self::VerifyOnly, Self::Retired, Self::Compromised];

    /// Whether new codes may be made with the key: active alone.
    pub const fn may_sign(self) -> bool {
        matches!(self, Self::Active)
    }

    /// Whether a tail that verifies is proof by itself, without the ledger:
    /// active, verify-only and retired. A pre-active key has signed nothing
    /// yet; a compromised one may have signed for anybody.
    pub const fn verifies_offline(self) -> bool {
        matches!(self, Self::Active | Self::VerifyOnly | Self::Retired)
    }

    /// Whether a tail that verifies is proof together with a ledger that knows
    /// the code as issued: all states except pre-active.
    pub const fn verifies_with_ledger(self) -> bool {
        !matches!(self, Self::PreActive)
    }

    /// Whether a key may go from this state to `next`: forward only, a state
    /// may be skipped, compromised is the end.
    pub const fn may_become(self, next: Self) -> bool {
        (self as u8) < (next as u8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_each_state_allows() {
        let table =
            KeyState::ALL.map(|state| (state.may_sign(), state.verifies_offline(), state.verifies_with_ledger()));
        assert_eq!(
            table,
            [(false, false, false), (true, true, true), (false, true, true), (false, true, true), (false, false, true),]
        );
    }

    #[test]
    fn life_goes_forward() {
        for (at, from) in KeyState::ALL.into_iter().enumerate() {
            for (to, next) in KeyState::ALL.into_iter().enumerate() {
                assert_eq!(from.may_become(next), at < to, "{from:?} to {next:?}");
            }
        }
    }
}
