//! Random weights, by which what the documents did to a block and what the block says are summed and compared.

use std::hash::{BuildHasher as _, RandomState};

/// Units of a block.
pub(crate) const UNITS: u64 = 4096;

/// Weights of acts and of places, new for every audit.
pub(crate) struct Weights {
    keys: [u64; 2],
    /// Sums of the weights of all places before one.
    before: Box<[u64]>,
}

impl Weights {
    /// Draws them, from what the system gives hash tables for the same purpose.
    pub(crate) fn new() -> Self {
        let random = RandomState::new();
        let keys = [random.hash_one(1_u8), random.hash_one(2_u8)];
        let mut sum = 0_u64;
        let mut before = vec![0];
        for place in 0..UNITS {
            sum = sum.wrapping_add(random.hash_one(place));
            before.push(sum);
        }
        Self { keys, before: before.into() }
    }

    /// The weight of an act that a document does to a unit after `earlier` others of its own.
    #[inline]
    pub(crate) fn act(&self, document: u64, act: u8, arg: u64, earlier: u32) -> u64 {
        let [first, second] = self.keys;
        let of_place = mix(document.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ first);
        mix(of_place ^ mix(arg.wrapping_add(second) ^ (u64::from(act) << 32 | u64::from(earlier)).rotate_left(24)))
    }

    /// The weight of the places from `first` up to `end`.
    #[inline]
    pub(crate) fn places(&self, first: u16, end: u16) -> u64 {
        let before = |place: u16| self.before.get(usize::from(place)).copied().unwrap_or_default();
        before(end).wrapping_sub(before(first))
    }
}

/// Spreads every bit over all (the finalizer of SplitMix64).
#[inline]
const fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}
