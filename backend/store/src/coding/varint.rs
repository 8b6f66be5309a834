//! Whole numbers in as few bytes as they need: seven bits a byte, least significant first, the high bit says that more
//! follow (LEB128, DWARF 5, section 7.6).

use super::Damaged;

/// Appends a number.
pub(super) fn put(bytes: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        // The low seven bits.
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

/// Takes a number from the front. Only the shortest form is taken, so that equal values are equal bytes.
pub(super) fn take(bytes: &mut &[u8]) -> Result<u64, Damaged> {
    let mut value = 0_u64;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = bytes.split_first().ok_or(Damaged::Length)?;
        *bytes = rest;
        let part = u64::from(byte & 0x7f);
        if part << shift >> shift != part || (byte == 0 && shift > 0) {
            return Err(Damaged::Value);
        }
        value |= part << shift;
        if byte & 0x80 == 0 {
            return Ok(value);
        }
    }
    Err(Damaged::Value)
}

/// A difference as a number that is small when the difference is.
pub(super) fn zigzag(from: u64, to: u64) -> u64 {
    let difference = to.wrapping_sub(from) as i64;
    ((difference << 1) ^ (difference >> 63)) as u64
}

/// What [`zigzag`] came from.
pub(super) fn unzigzag(from: u64, coded: u64) -> u64 {
    from.wrapping_add((coded >> 1) ^ (coded & 1).wrapping_neg())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn numbers_come_back(value: u64, shift in 0_u32..64, other: u64) {
            for value in [value, value >> shift] {
                let mut bytes = Vec::new();
                put(&mut bytes, value);
                let mut rest = &bytes[..];
                prop_assert_eq!(take(&mut rest), Ok(value));
                prop_assert!(rest.is_empty());
                prop_assert_eq!(unzigzag(other, zigzag(other, value)), value);
            }
        }
    }

    #[test]
    fn other_forms_are_damage() {
        for (bytes, damage) in [
            (&[][..], Damaged::Length),
            (&[0x80], Damaged::Length),
            (&[0x80, 0x00], Damaged::Value),
            (&[0xff; 11], Damaged::Value),
            (&[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02], Damaged::Value),
        ] {
            assert_eq!(take(&mut &*bytes), Err(damage), "{bytes:?}");
        }
    }
}
