//! The forms a serial can have, one per length.

use crate::base72;

/// Crockford's base 32: digits and capital letters without I, L, O and U.
/// Nothing in it changes under Caps Lock in a way that reads as another serial,
/// nor looks like another character.
pub(super) const CROCKFORD: &[u8] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// One serial number is in use out of at least 2²⁰ that could be written, so a
/// guess succeeds with less than a millionth; the rules of marking ask for less
/// than 1 in 10 000.
const SPARSITY_BITS: u32 = 20;

/// No series is longer than this, whatever the length of its serials.
const CAPACITY_LIMIT: u64 = 1 << 40;

/// The form of a series' serials: how long, in which characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SerialFormat {
    prefix: &'static str,
    alphabet: &'static [u8],
    digits: usize,
}

impl SerialFormat {
    /// The default: `3` (Kazakhstan) and 12 characters of Crockford's base 32.
    pub const LEN_13: Self = Self::new("3", CROCKFORD, 12);

    /// 6 characters of base 72. Every character counts where there are few, so
    /// these serials tell capital letters from small ones.
    pub const LEN_6: Self = Self::new("", base72::ALPHABET, 6);

    /// 7 characters of base 72.
    pub const LEN_7: Self = Self::new("", base72::ALPHABET, 7);

    /// `3` (Kazakhstan) and 19 characters of Crockford's base 32.
    pub const LEN_20: Self = Self::new("3", CROCKFORD, 19);

    /// Every format.
    pub const ALL: [Self; 4] = [Self::LEN_6, Self::LEN_7, Self::LEN_13, Self::LEN_20];

    const fn new(prefix: &'static str, alphabet: &'static [u8], digits: usize) -> Self {
        Self { prefix, alphabet, digits }
    }

    /// The format whose serials have `len` characters.
    pub fn of_len(len: usize) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.len() == len)
    }

    /// Characters in a serial.
    #[expect(clippy::len_without_is_empty, reason = "no serial is empty")]
    pub const fn len(&self) -> usize {
        self.prefix.len() + self.digits
    }

    /// What every serial begins with.
    pub const fn prefix(&self) -> &'static str {
        self.prefix
    }

    /// The characters after the prefix, in the order of their values.
    pub fn alphabet(&self) -> &'static str {
        str::from_utf8(self.alphabet).unwrap_or_default()
    }

    /// How many numbers have a serial: 0 up to this, exclusive. The space of
    /// serials divided by 2²⁰, and not above 2⁴⁰.
    pub const fn capacity(&self) -> u64 {
        let numbers = self.space() >> SPARSITY_BITS;
        if numbers > CAPACITY_LIMIT as u128 { CAPACITY_LIMIT } else { numbers as u64 }
    }

    /// How many serials could be written.
    pub(super) const fn space(&self) -> u128 {
        (self.radix() as u128).pow(self.digits as u32)
    }

    pub(super) const fn radix(&self) -> u32 {
        self.alphabet.len() as u32
    }

    pub(super) const fn digits(&self) -> usize {
        self.digits
    }

    /// The value as a serial, most significant character first.
    pub(super) fn print(&self, mut value: u128) -> String {
        let mut text = [0; 24];
        let text = &mut text[..self.digits];
        let radix = u128::from(self.radix());
        for character in text.iter_mut().rev() {
            *character = self.alphabet[(value % radix) as usize];
            value /= radix;
        }
        let mut serial = String::with_capacity(self.len());
        serial.push_str(self.prefix);
        // Only digits are there, and all of them are ASCII.
        serial.push_str(str::from_utf8(text).unwrap_or_default());
        serial
    }

    /// What [`Self::print`] wrote; `None` for any other length, prefix or
    /// character.
    pub(super) fn parse(&self, serial: &str) -> Option<u128> {
        let text = serial.strip_prefix(self.prefix)?.as_bytes();
        if text.len() != self.digits {
            return None;
        }
        text.iter().try_fold(0, |value, character| {
            let digit = self.alphabet.binary_search(character).ok()?;
            Some(value * u128::from(self.radix()) + digit as u128)
        })
    }
}
