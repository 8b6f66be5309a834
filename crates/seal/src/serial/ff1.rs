//! FF1, format-preserving encryption (NIST SP 800-38G, algorithms 7 and 8), for
//! numeral strings whose halves fit a machine word.
//!
//! Numeral strings are handled as the numbers they stand for. Of all that a
//! round authenticates, the round's number and one half alone change, and both
//! lie in the last block: the chain up to it is computed once per key, so a
//! round costs one block of AES.

use aes::cipher::{BlockCipherEncrypt, BlockSizeUser, consts::U16};
use zeroize::Zeroize;

/// Rounds of the Feistel network.
const ROUNDS: u32 = 10;

/// FF1 under one key, radix, length and tweak.
pub(super) struct Ff1<C> {
    cipher: C,
    /// The chained blocks before the last, added to what is constant in the
    /// last.
    chain: u128,
    /// radix^u and radix^v: how many values the left and right half have.
    halves: [u64; 2],
    /// b of the standard: bytes that hold the longer half.
    half_bytes: u32,
    /// Bits of S beyond its first d bytes, which are what a round adds.
    unused_bits: u32,
}

impl<C: BlockCipherEncrypt + BlockSizeUser<BlockSize = U16>> Ff1<C> {
    /// Prepares the parts that do not depend on the text (algorithm 7, steps 1
    /// to 5 and the constant part of 6).
    ///
    /// # Panics
    ///
    /// If radix^(length/2, rounded up) exceeds 2⁶³: no format of this crate
    /// comes near.
    pub(super) fn new(cipher: C, radix: u32, length: usize, tweak: &[u8]) -> Self {
        let left = length / 2;
        let right = length - left;
        let halves = [left, right].map(|digits| u64::from(radix).pow(digits as u32));
        assert!(halves[1] <= 1 << 63, "a half does not fit");
        let half_bytes = (u64::BITS - (halves[1] - 1).leading_zeros()).div_ceil(8);
        let round_bytes = 4 * half_bytes.div_ceil(4) + 4;

        let mut p = [0; 16];
        p[..3].copy_from_slice(&[1, 2, 1]);
        p[3..6].copy_from_slice(&radix.to_be_bytes()[1..]);
        p[6] = 10;
        p[7] = left as u8;
        p[8..12].copy_from_slice(&(length as u32).to_be_bytes());
        p[12..].copy_from_slice(&(tweak.len() as u32).to_be_bytes());

        // Q is the tweak, zeros, the round's number and a half; the zeros make
        // its length a multiple of 16.
        let mut q = tweak.to_vec();
        q.resize((tweak.len() + 1 + half_bytes as usize).next_multiple_of(16), 0);

        let mut chain = encrypt_block(&cipher, u128::from_be_bytes(p));
        let blocks = q.len() / 16;
        for (at, block) in q.chunks_exact(16).enumerate() {
            let mut bytes = [0; 16];
            bytes.copy_from_slice(block);
            chain ^= u128::from_be_bytes(bytes);
            if at + 1 < blocks {
                chain = encrypt_block(&cipher, chain);
            }
        }
        Self { cipher, chain, halves, half_bytes, unused_bits: u128::BITS - 8 * round_bytes }
    }

    /// Algorithm 7, for the number that the numeral string stands for: below
    /// radix^length.
    pub(super) fn encrypt(&self, value: u128) -> u128 {
        let (mut a, mut b) = self.split(value);
        for round in 0..ROUNDS {
            let modulus = self.halves[round as usize % 2];
            let c = reduced(a + self.round(round, b, modulus), modulus);
            (a, b) = (b, c);
        }
        self.join(a, b)
    }

    /// Algorithm 8.
    pub(super) fn decrypt(&self, value: u128) -> u128 {
        let (mut a, mut b) = self.split(value);
        for round in (0..ROUNDS).rev() {
            let modulus = self.halves[round as usize % 2];
            let c = reduced(b + modulus - self.round(round, a, modulus), modulus);
            (a, b) = (c, a);
        }
        self.join(a, b)
    }

    /// y of the standard, reduced: what round `round` adds, given the other
    /// half (algorithm 7, steps 6.i to 6.iv).
    fn round(&self, round: u32, half: u64, modulus: u64) -> u64 {
        let block = self.chain ^ (u128::from(round) << (8 * self.half_bytes)) ^ u128::from(half);
        let y = encrypt_block(&self.cipher, block) >> self.unused_bits;
        match u64::try_from(y) {
            Ok(y) => y % modulus,
            Err(_) => (y % u128::from(modulus)) as u64,
        }
    }

    fn split(&self, value: u128) -> (u64, u64) {
        let right = u128::from(self.halves[1]);
        ((value / right) as u64, (value % right) as u64)
    }

    fn join(&self, a: u64, b: u64) -> u128 {
        u128::from(a) * u128::from(self.halves[1]) + u128::from(b)
    }
}

impl<C> Drop for Ff1<C> {
    fn drop(&mut self) {
        // The cipher overwrites its own keys.
        self.chain.zeroize();
    }
}

/// A number below twice the modulus, reduced.
fn reduced(value: u64, modulus: u64) -> u64 {
    if value < modulus { value } else { value - modulus }
}

fn encrypt_block<C: BlockCipherEncrypt + BlockSizeUser<BlockSize = U16>>(cipher: &C, block: u128) -> u128 {
    let mut block = block.to_be_bytes().into();
    cipher.encrypt_block(&mut block);
    u128::from_be_bytes(block.into())
}

#[cfg(test)]
mod tests;
