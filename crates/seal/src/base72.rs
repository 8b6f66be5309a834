//! Sixty-four bytes as 83 characters that survive JSON, XML and CSV as they are.
//!
//! The alphabet is the GS1 character set 82 (General Specifications, figure
//! 7.11-1) without `" % & ' < > , ; ( )`, in ASCII order. The bytes are one
//! big-endian number, written in base 72 with leading zero digits: always 83
//! characters. 72⁸³ is a little more than 2⁵¹², so some strings of 83 characters
//! stand for no bytes; they are refused, and every value has one form.

/// Bytes in a value.
pub const BYTES: usize = 64;

/// Characters in the text of a value.
pub const CHARS: usize = 83;

/// The digits in order of their value, which is their order in ASCII.
pub const ALPHABET: &[u8; 72] = b"!*+-./0123456789:=?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";

/// What stands in [`VALUES`] for a character outside the alphabet.
const FOREIGN: u8 = 0xff;

/// The value of each ASCII character.
const VALUES: [u8; 128] = {
    let mut values = [FOREIGN; 128];
    let mut at = 0;
    while at < ALPHABET.len() {
        values[ALPHABET[at] as usize] = at as u8;
        at += 1;
    }
    values
};

/// Digits taken at a time: 72⁵ is the largest power that fits a 32-bit limb,
/// so a limb times the group's base plus a carry fits 64 bits.
const GROUP: usize = 5;
const GROUP_BASE: u64 = 72u64.pow(GROUP as u32);

/// Writes the bytes, a big-endian number, as 83 characters.
pub fn encode(bytes: &[u8; BYTES]) -> String {
    let mut limbs = [0u32; BYTES / 4];
    for (limb, chunk) in limbs.iter_mut().zip(bytes.chunks_exact(4)) {
        *limb = u32::from_be_bytes([chunk[0], chunk[1], chunk[2], chunk[3]]);
    }
    let mut text = [ALPHABET[0]; CHARS];
    // The number shrinks by nearly a limb with every group.
    let mut first = 0;
    for group in text.rchunks_mut(GROUP) {
        let mut rest = 0u64;
        for limb in &mut limbs[first..] {
            let value = rest << 32 | u64::from(*limb);
            *limb = (value / GROUP_BASE) as u32;
            rest = value % GROUP_BASE;
        }
        for digit in group.iter_mut().rev() {
            *digit = ALPHABET[(rest % 72) as usize];
            rest /= 72;
        }
        first += usize::from(limbs.get(first) == Some(&0));
    }
    // Only digits are there, and all of them are ASCII.
    str::from_utf8(&text).unwrap_or_default().to_owned()
}

/// Reads what [`encode`] wrote. `None` for any other length, for a character
/// outside the alphabet, and for a number of 2⁵¹² or more.
pub fn decode(text: &str) -> Option<[u8; BYTES]> {
    let text = text.as_bytes();
    if text.len() != CHARS {
        return None;
    }
    let mut limbs = [0u32; BYTES / 4];
    for group in text.chunks(GROUP) {
        let mut carry = 0u64;
        let mut base = 1u64;
        for &character in group {
            carry = carry * 72 + u64::from(digit(character)?);
            base *= 72;
        }
        for limb in limbs.iter_mut().rev() {
            let value = u64::from(*limb) * base + carry;
            *limb = value as u32;
            carry = value >> 32;
        }
        if carry != 0 {
            return None;
        }
    }
    let mut bytes = [0; BYTES];
    for (chunk, limb) in bytes.chunks_exact_mut(4).zip(limbs) {
        chunk.copy_from_slice(&limb.to_be_bytes());
    }
    Some(bytes)
}

/// The value of a character of the alphabet.
fn digit(character: u8) -> Option<u8> {
    VALUES.get(usize::from(character)).copied().filter(|&value| value != FOREIGN)
}
