//! The mac and short profiles: HMAC-SHA-256 under AI 92 and AI 93.

use crate::hash::{constant_time_eq, keyed};
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use std::fmt;

/// Characters of a mac tail.
pub const MAC_TAIL_LEN: usize = 44;

/// Characters of a short tail.
pub const SHORT_TAIL_LEN: usize = 4;

/// Makes and checks mac and short tails. Overwritten when dropped.
///
/// One key serves one profile: a key set gives each its own key.
pub struct MacKey(Hmac<Sha256>);

impl MacKey {
    /// Takes the 32 bytes of the key.
    pub fn from_bytes(bytes: &[u8; 32]) -> Self {
        Self(keyed(bytes))
    }

    /// The tail of `prefix`, the element string up to it (`01…21…<GS>91kkkk`):
    /// 44 characters of base64 with padding (RFC 4648, section 4).
    pub fn tail(&self, prefix: &str) -> String {
        STANDARD.encode(self.code(prefix))
    }

    /// The tail of `prefix`, the element string up to it (`01…21…`): the first
    /// 24 bits as 4 characters of base64url (RFC 4648, section 5).
    pub fn short_tail(&self, prefix: &str) -> String {
        URL_SAFE_NO_PAD.encode(&self.code(prefix)[..3])
    }

    /// Whether `tail` is the mac tail of `prefix`, in a time that does not
    /// depend on where they differ.
    pub fn verify(&self, prefix: &str, tail: &str) -> bool {
        constant_time_eq(self.tail(prefix).as_bytes(), tail.as_bytes())
    }

    /// Whether `tail` is the short tail of `prefix`, in a time that does not
    /// depend on where they differ. A guess succeeds once in 2²⁴, so the answer
    /// is worth something only together with the ledger and a limit of tries.
    pub fn verify_short(&self, prefix: &str, tail: &str) -> bool {
        constant_time_eq(self.short_tail(prefix).as_bytes(), tail.as_bytes())
    }

    fn code(&self, prefix: &str) -> [u8; 32] {
        self.0.clone().chain_update(prefix.as_bytes()).finalize().into_bytes().into()
    }
}

impl fmt::Debug for MacKey {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("MacKey(..)")
    }
}
