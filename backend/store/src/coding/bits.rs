//! Fields of equal width, one after the other from the least significant bit of the first byte on.

/// Bytes that `count` fields of `width` bits take; the last byte is filled up with zeros.
pub(super) const fn len(count: usize, width: u32) -> usize {
    (count.saturating_mul(width as usize)).div_ceil(8)
}

/// Appends fields.
pub(super) struct Writer<'a> {
    bytes: &'a mut Vec<u8>,
    word: u64,
    used: u32,
}

impl<'a> Writer<'a> {
    /// Begins at the end of `bytes`.
    pub(super) fn new(bytes: &'a mut Vec<u8>) -> Self {
        Self { bytes, word: 0, used: 0 }
    }

    /// Appends one field; `value` is below 2^`width`, and `width` at most 64.
    #[inline]
    pub(super) fn put(&mut self, value: u64, width: u32) {
        self.word |= value << self.used;
        let total = self.used + width;
        if total < 64 {
            self.used = total;
            return;
        }
        self.bytes.extend_from_slice(&self.word.to_le_bytes());
        self.word = if self.used == 0 { 0 } else { value >> (64 - self.used) };
        self.used = total - 64;
    }

    /// Writes what is left.
    pub(super) fn finish(self) {
        let left = self.word.to_le_bytes();
        self.bytes.extend_from_slice(left.get(..self.used.div_ceil(8) as usize).unwrap_or_default());
    }
}

/// The low `width` bits.
pub(super) const fn mask(width: u32) -> u64 {
    if width >= 64 { u64::MAX } else { (1 << width) - 1 }
}

/// Eight bytes from `at`, with zeros where there are none.
#[inline]
fn load(bytes: &[u8], at: usize) -> u64 {
    let rest = bytes.get(at..).unwrap_or_default();
    match rest.first_chunk::<8>() {
        Some(chunk) => u64::from_le_bytes(*chunk),
        None => rest.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte)),
    }
}

/// At least 57 bits of `bytes` from the bit `at` on.
#[inline]
pub(super) fn word(bytes: &[u8], at: usize) -> u64 {
    load(bytes, at / 8) >> (at % 8)
}

/// Field `index` of `bytes`, whose fields have `width` bits, at most 64; 0 beyond the end.
#[inline]
pub(super) fn get(bytes: &[u8], index: usize, width: u32) -> u64 {
    let bit = index * width as usize;
    let (at, shift) = (bit / 8, (bit % 8) as u32);
    let mut word = load(bytes, at) >> shift;
    if shift + width > 64 {
        word |= bytes.get(at + 8).map_or(0, |byte| u64::from(*byte) << (64 - shift));
    }
    word & mask(width)
}

/// How many of the first `count` fields are `value`. Sixty-four bits are looked at together.
pub(super) fn count(bytes: &[u8], count: usize, width: u32, value: u64) -> usize {
    if width == 0 {
        return if value == 0 { count } else { 0 };
    }
    if value > mask(width) {
        return 0;
    }
    if width > 32 {
        return (0..count).filter(|index| get(bytes, *index, width) == value).count();
    }
    let a_word = (64 / width) as usize;
    // The lowest bit of each field of a word, and the highest.
    let lowest = (0..a_word).fold(0_u64, |bits, field| bits | 1 << (field as u32 * width));
    let highest = lowest << (width - 1);
    let (wanted, below) = (lowest.wrapping_mul(value), highest - lowest);
    let mut found = 0;
    for first in (0..count).step_by(a_word) {
        let fields = a_word.min(count - first) as u32;
        let bit = first * width as usize;
        let (at, shift) = (bit / 8, (bit % 8) as u32);
        let mut word = load(bytes, at) >> shift;
        if shift > 0 {
            word |= bytes.get(at + 8).map_or(0, |byte| u64::from(*byte) << (64 - shift));
        }
        let differs = word ^ wanted;
        // The highest bit of a field is set if any bit of the field is: adding all ones below it carries into it.
        let other = (((differs & below) + below) | differs) & highest & mask(fields * width);
        found += (fields - other.count_ones()) as usize;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn fields_come_back(width in 0_u32..=64, values in proptest::collection::vec(any::<u64>(), 0..200), narrow: bool) {
            let values: Vec<u64> = values.into_iter().map(|value| value & mask(if narrow { width.min(2) } else { width })).collect();
            let mut bytes = vec![0xa5];
            let mut writer = Writer::new(&mut bytes);
            values.iter().for_each(|value| writer.put(*value, width));
            writer.finish();
            prop_assert_eq!(bytes.len(), 1 + len(values.len(), width));
            let fields = &bytes[1..];
            for (index, value) in values.iter().enumerate() {
                prop_assert_eq!(get(fields, index, width), *value);
                let before = values[..index].iter().filter(|other| *other == value).count();
                prop_assert_eq!(count(fields, index, width, *value), before, "{} of {}", index, width);
            }
            prop_assert_eq!(count(fields, values.len(), width, mask(width)), values.iter().filter(|value| **value == mask(width)).count());
        }
    }
}
