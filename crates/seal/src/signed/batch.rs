//! Many signatures at once.
//!
//! A fifth to a quarter of a signature's time goes into one inversion, which
//! turns the point R into its 32 bytes. Inverting many numbers together costs
//! three multiplications each, so whoever emits codes signs them in batches.
//! The signatures are those of RFC 8032, 5.1.6, the same byte for byte.

use curve25519_dalek::{EdwardsPoint, Scalar, scalar::clamp_integer};
use sha2::{Digest, Sha512};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// Signatures that share an inversion. More gain little.
const BATCH: usize = 64;

/// A seed as RFC 8032, 5.1.5 expands it.
#[derive(Zeroize, ZeroizeOnDrop)]
struct Expanded {
    scalar: Scalar,
    prefix: [u8; 32],
}

impl Expanded {
    fn new(seed: &[u8; 32]) -> Self {
        let hash = Zeroizing::new(<[u8; 64]>::from(Sha512::digest(seed)));
        let mut scalar = Zeroizing::new([0; 32]);
        let mut prefix = [0; 32];
        scalar.copy_from_slice(&hash[..32]);
        prefix.copy_from_slice(&hash[32..]);
        Self { scalar: Scalar::from_bytes_mod_order(clamp_integer(*scalar)), prefix }
    }
}

/// The signatures of `messages` under the key of `seed`, whose public half is
/// `public`, handed to `take` in order.
///
/// The public half must be this seed's: with another, two signatures of one
/// message would give the key away. [`super::SigningKey`] alone calls this.
pub(super) fn sign_all<'a>(
    seed: &[u8; 32],
    public: &[u8; 32],
    messages: impl Iterator<Item = &'a [u8]>,
    mut take: impl FnMut([u8; 64]),
) {
    let key = Expanded::new(seed);
    let mut messages = messages.peekable();
    let mut batch: Vec<&[u8]> = Vec::with_capacity(BATCH);
    while messages.peek().is_some() {
        batch.clear();
        batch.extend(messages.by_ref().take(BATCH));
        let nonces: Zeroizing<Vec<Scalar>> =
            Zeroizing::new(batch.iter().map(|message| scalar(&[&key.prefix, message])).collect());
        let points: Vec<EdwardsPoint> = nonces.iter().map(EdwardsPoint::mul_base).collect();
        let points = EdwardsPoint::compress_batch_alloc(&points);
        for ((message, nonce), point) in batch.iter().zip(nonces.iter()).zip(points) {
            let challenge = scalar(&[point.as_bytes(), public, message]);
            let answer = challenge * key.scalar + nonce;
            let mut signature = [0; 64];
            signature[..32].copy_from_slice(point.as_bytes());
            signature[32..].copy_from_slice(answer.as_bytes());
            take(signature);
        }
    }
}

/// SHA-512 of the parts, as a number modulo the order of the group.
fn scalar(parts: &[&[u8]]) -> Scalar {
    let mut hash = Sha512::new();
    for part in parts {
        hash.update(part);
    }
    Scalar::from_hash(hash)
}
