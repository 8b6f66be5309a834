//! The bytes of the ledger, read by their description (docs/internals/ledger.md, sections 2 to 4).

mod block;
mod column;
mod page;

pub(crate) use block::block;
pub(crate) use page::{Effect, Head, effects, heads};

/// The bytes are not what the description allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Wrong(pub(crate) &'static str);

/// Takes a byte.
fn byte(bytes: &mut &[u8]) -> Result<u8, Wrong> {
    let (&first, rest) = bytes.split_first().ok_or(Wrong("the bytes end too early"))?;
    *bytes = rest;
    Ok(first)
}

/// Takes a number of seven bits a byte, in its shortest form.
fn varint(bytes: &mut &[u8]) -> Result<u64, Wrong> {
    let mut value = 0_u64;
    for shift in (0..).step_by(7).take(10) {
        let next = byte(bytes)?;
        let low = u64::from(next & 0x7f);
        if shift == 63 && low > 1 {
            break;
        }
        value |= low << shift;
        if next & 0x80 == 0 {
            return if low == 0 && shift > 0 { Err(Wrong("a number is longer than it need be")) } else { Ok(value) };
        }
    }
    Err(Wrong("a number is too long"))
}

/// The value that lies zigzag from another.
const fn unzigzag(from: u64, zigzag: u64) -> u64 {
    from.wrapping_add((zigzag >> 1) ^ (zigzag & 1).wrapping_neg())
}

/// What stands between the form and the checksum, which is over `place` and all before it.
fn content<'a>(place: &[u8], form: u8, bytes: &'a [u8]) -> Result<&'a [u8], Wrong> {
    let (before, sum) = bytes.split_last_chunk::<4>().ok_or(Wrong("the bytes end too early"))?;
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(place);
    hasher.update(before);
    if hasher.finalize() != u32::from_le_bytes(*sum) {
        return Err(Wrong("the checksum does not fit"));
    }
    match before.split_first() {
        Some((first, rest)) if *first == form => Ok(rest),
        _ => Err(Wrong("the form is not known")),
    }
}
