//! Permutations that are computed, not stored, in both directions: what pairs the units on the shelves with the receipts
//! they are sold by.

/// A keyed permutation of the numbers below `len`: a Feistel network over pairs of numbers below `side`, walked until the
/// result is below `len` (cycle walking, NIST SP 800-38G, appendix B), which is nearly always at once.
#[derive(Clone, Copy)]
pub(crate) struct Shuffle {
    len: u64,
    side: u64,
    key: u64,
}

const ROUNDS: u64 = 6;

/// Mixes a number (the finaliser of SplitMix64).
pub(crate) const fn mix(value: u64) -> u64 {
    let value = (value ^ value >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ value >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ value >> 31
}

/// A number below `below` out of a seed.
pub(crate) const fn pick(seed: u64, below: u64) -> u64 {
    ((mix(seed) >> 32) * below) >> 32
}

impl Shuffle {
    /// The permutation of the numbers below `len`, which is below 2⁶², with this key.
    pub(crate) fn new(len: u64, key: u64) -> Self {
        let root = len.isqrt();
        Self { len, side: if root * root < len { root + 1 } else { root.max(1) }, key: mix(key) }
    }

    /// Where a number goes.
    pub(crate) fn place(&self, number: u64) -> u64 {
        assert!(number < self.len, "{number} is not below {}", self.len);
        let mut at = number;
        loop {
            let (mut left, mut right) = (at / self.side, at % self.side);
            for round in 0..ROUNDS {
                (left, right) = (right, self.wrapped(left + self.round(round, right)));
            }
            at = left * self.side + right;
            if at < self.len {
                return at;
            }
        }
    }

    /// Which number went there.
    pub(crate) fn number(&self, place: u64) -> u64 {
        assert!(place < self.len, "{place} is not below {}", self.len);
        let mut at = place;
        loop {
            let (mut left, mut right) = (at / self.side, at % self.side);
            for round in (0..ROUNDS).rev() {
                (left, right) = (self.wrapped(right + self.side - self.round(round, left)), left);
            }
            at = left * self.side + right;
            if at < self.len {
                return at;
            }
        }
    }

    const fn round(&self, round: u64, half: u64) -> u64 {
        pick(self.key.wrapping_add(round << 56) ^ half, self.side)
    }

    const fn wrapped(&self, sum: u64) -> u64 {
        if sum >= self.side { sum - self.side } else { sum }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shuffle_is_a_permutation_and_comes_back() {
        for len in [1, 2, 3, 55, 1000, 4097] {
            let shuffle = Shuffle::new(len, 7);
            let mut seen = vec![false; usize::try_from(len).unwrap()];
            for number in 0..len {
                let place = shuffle.place(number);
                assert!(!std::mem::replace(&mut seen[usize::try_from(place).unwrap()], true), "{len}: {number}");
                assert_eq!(shuffle.number(place), number);
            }
        }
    }

    #[test]
    fn neighbours_part() {
        let shuffle = Shuffle::new(1_000_000, 3);
        let near = (0..10_000).filter(|at| shuffle.place(*at).abs_diff(shuffle.place(at + 1)) < 1000).count();
        assert!(near < 60, "{near} of 10 000 pairs stay near; by chance 20 do");
    }
}
