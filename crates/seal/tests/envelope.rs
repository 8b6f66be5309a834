//! Sealing and opening.

#![allow(clippy::unwrap_used, reason = "tests")]

use proptest::prelude::*;
use seal::{
    envelope::{ENC_BYTES, EnvelopeError, EnvelopeKey, Sealed, TAG_BYTES, open, seal},
    hmac_sha256,
    rand_core::{TryCryptoRng, TryRng},
};
use std::convert::Infallible;

/// Bytes from a seed: the same for the same seed, so the tests are repeatable.
struct Seeded {
    seed: [u8; 32],
    drawn: u64,
}

impl TryRng for Seeded {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        self.try_next_u64().map(|it| it as u32)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        self.drawn += 1;
        let block = hmac_sha256(&self.seed, &self.drawn.to_be_bytes());
        Ok(u64::from_be_bytes(block[..8].try_into().unwrap()))
    }

    fn try_fill_bytes(&mut self, to: &mut [u8]) -> Result<(), Infallible> {
        for chunk in to.chunks_mut(8) {
            chunk.copy_from_slice(&self.try_next_u64()?.to_be_bytes()[..chunk.len()]);
        }
        Ok(())
    }
}

impl TryCryptoRng for Seeded {}

fn rng(seed: [u8; 32]) -> Seeded {
    Seeded { seed, drawn: 0 }
}

#[test]
fn keys_that_no_one_holds_are_refused() {
    for bytes in [[0; 32], {
        let mut one = [0; 32];
        one[0] = 1;
        one
    }] {
        let sealed = seal(&bytes, b"", b"", b"text", &mut rng([3; 32]));
        assert_eq!(sealed, Err(EnvelopeError::Recipient));
        // The same bytes as an encapsulated key do not open either.
        let sealed = Sealed { enc: bytes, ciphertext: vec![0; 32] };
        let key = EnvelopeKey::from_bytes(&[4; 32]);
        assert_eq!(open(&key, b"", b"", &sealed), Err(EnvelopeError::Closed));
    }
}

#[test]
fn two_envelopes_of_one_text_have_nothing_in_common() {
    let key = EnvelopeKey::from_bytes(&[4; 32]);
    let mut rng = rng([5; 32]);
    let first = seal(&key.public(), b"info", b"", b"the same text", &mut rng).unwrap();
    let second = seal(&key.public(), b"info", b"", b"the same text", &mut rng).unwrap();
    assert_ne!(first.enc, second.enc);
    assert_ne!(first.ciphertext, second.ciphertext);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_sealed_opens_unchanged_or_not_at_all(
        secret in any::<[u8; 32]>(), seed in any::<[u8; 32]>(),
        info in any::<Vec<u8>>(), aad in any::<Vec<u8>>(),
        text in prop::collection::vec(any::<u8>(), 0..2000),
        at in any::<prop::sample::Index>(), flip in 1..=255u8,
    ) {
        let key = EnvelopeKey::from_bytes(&secret);
        let sealed = seal(&key.public(), &info, &aad, &text, &mut rng(seed)).unwrap();
        prop_assert_eq!(sealed.ciphertext.len(), text.len() + TAG_BYTES);
        prop_assert_eq!(&**open(&key, &info, &aad, &sealed).unwrap(), &*text);

        let mut changed = sealed.clone();
        match at.index(ENC_BYTES + sealed.ciphertext.len()).checked_sub(ENC_BYTES) {
            // X25519 ignores the topmost bit (RFC 7748, 5), so leave it.
            None => changed.enc[at.index(ENC_BYTES - 1)] ^= flip,
            Some(place) => changed.ciphertext[place] ^= flip,
        }
        prop_assert_eq!(open(&key, &info, &aad, &changed), Err(EnvelopeError::Closed));
        changed = sealed.clone();
        changed.ciphertext.truncate(at.index(sealed.ciphertext.len()));
        prop_assert_eq!(open(&key, &info, &aad, &changed), Err(EnvelopeError::Closed));

        let stranger = EnvelopeKey::from_bytes(&hmac_sha256(&secret, b"stranger"));
        prop_assert_eq!(open(&stranger, &info, &aad, &sealed), Err(EnvelopeError::Closed));
    }
}
