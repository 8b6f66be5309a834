//! Bytes of the columns that hold more than one value: blocks of histories and pages of the log. They live for ever:
//! golden files under `tests/golden/store` hold them fast, a new form has a new first byte. `docs/internals/ledger.md`
//! describes them for whoever writes another reader.

mod bits;
pub mod block;
mod column;
pub mod log;
mod varint;

/// The bytes are not what was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Damaged {
    /// Shorter or longer than their own content says.
    #[error("the bytes end too early or too late")]
    Length,
    /// The checksum does not fit.
    #[error("the checksum does not fit")]
    Checksum,
    /// The first byte names no form that this program knows.
    #[error("form {0} is not known")]
    Form(u8),
    /// A value that is never written.
    #[error("the bytes hold a value that is never written")]
    Value,
}

/// Bytes of a checksum.
const CHECKSUM_LEN: usize = 4;

/// CRC-32 (ISO 3309) over what tells where the bytes belong, and the bytes.
fn checksum(place: &[u8], bytes: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(place);
    hasher.update(bytes);
    hasher.finalize()
}

/// Appends the checksum, least significant byte first.
fn seal(place: &[u8], bytes: &mut Vec<u8>) {
    let sum = checksum(place, bytes);
    bytes.extend_from_slice(&sum.to_le_bytes());
}

/// What stands between the first byte, which must be `form`, and the checksum, which must fit.
fn unseal<'a>(place: &[u8], form: u8, bytes: &'a [u8]) -> Result<&'a [u8], Damaged> {
    let (content, sum) = bytes.split_last_chunk::<CHECKSUM_LEN>().ok_or(Damaged::Length)?;
    if checksum(place, content) != u32::from_le_bytes(*sum) {
        return Err(Damaged::Checksum);
    }
    match content.split_first() {
        Some((&first, rest)) if first == form => Ok(rest),
        Some((&first, _)) => Err(Damaged::Form(first)),
        None => Err(Damaged::Length),
    }
}
