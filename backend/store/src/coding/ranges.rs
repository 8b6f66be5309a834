//! The units that a document speaks of, resolved to numbers: what a second reader needs to redo the fold of documents
//! without a key (DESIGN §1).
//!
//! Form 1: byte 1; number of series; for each its GTIN, the number of its ranges, and for each the gap to the end of the
//! range before and its length. All numbers are varints; series and ranges are in order.

use super::{Damaged, varint};
use shared::document::Range;
use shared::gs1::Gtin;

const FORM: u8 = 1;

/// Encodes ranges that are in order and do not overlap.
pub fn encode(ranges: &[Range]) -> Vec<u8> {
    let mut bytes = vec![FORM];
    let series = || ranges.chunk_by(|a, b| a.gtin == b.gtin);
    varint::put(&mut bytes, series().count() as u64);
    for ranges in series() {
        // Fourteen digits.
        varint::put(&mut bytes, ranges.first().and_then(|range| range.gtin.as_str().parse().ok()).unwrap_or(0));
        varint::put(&mut bytes, ranges.len() as u64);
        let mut end = 0;
        for range in ranges {
            varint::put(&mut bytes, range.first.wrapping_sub(end));
            varint::put(&mut bytes, range.count);
            end = range.first.saturating_add(range.count);
        }
    }
    bytes
}

/// Decodes what [`encode`] wrote.
///
/// # Errors
/// [`Damaged`].
pub fn decode(bytes: &[u8]) -> Result<Vec<Range>, Damaged> {
    let (&form, mut bytes) = bytes.split_first().ok_or(Damaged::Length)?;
    if form != FORM {
        return Err(Damaged::Form(form));
    }
    let mut ranges = Vec::new();
    for _ in 0..varint::take(&mut bytes)? {
        let gtin: Gtin = format!("{:014}", varint::take(&mut bytes)?).parse().map_err(|_| Damaged::Value)?;
        let mut end = 0_u64;
        for _ in 0..varint::take(&mut bytes)? {
            let first = end.checked_add(varint::take(&mut bytes)?).ok_or(Damaged::Value)?;
            let count = varint::take(&mut bytes)?;
            end = first.checked_add(count).ok_or(Damaged::Value)?;
            ranges.push(Range { gtin, first, count });
        }
    }
    if bytes.is_empty() { Ok(ranges) } else { Err(Damaged::Length) }
}
