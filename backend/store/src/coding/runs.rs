//! A block of a series: its runs in a few bytes each.
//!
//! Form 1: byte 1; the runs; CRC-32 (ISO 3309, little endian) over the place of the block (GTIN as a number and block
//! number, 8 bytes each, big endian) and all bytes before it, so that a block in another's row is seen too.
//!
//! A run is one byte of flags and what they announce, all numbers as varints:
//!
//! | bits | meaning |
//! |---|---|
//! | 0–1 | status, in the order of `Status::ALL` |
//! | 2 | one unit; otherwise its length follows, less two |
//! | 3–4 | `introduced`: 0 none, 1 as in the last run that had one, 2 the difference follows |
//! | 5–6 | `withdrawn`: the same |
//! | 7 | `blocked`: the difference follows |
//!
//! A difference is to the last number of the same column, from 0, zigzag. Goods sold one by one in no order, the costly
//! case, take a byte and a difference each.

use super::{Damaged, varint};
use shared::block::{BLOCK_LEN, Run, Runs};
use shared::gs1::Gtin;
use shared::state::{DocumentNo, Status, UnitState};

const FORM: u8 = 1;
const ONE: u8 = 1 << 2;
const BLOCKED: u8 = 1 << 7;
const SAME: u8 = 1;
const OTHER: u8 = 2;
const CHECKSUM_LEN: usize = 4;

fn checksum(gtin: Gtin, block: u64, bytes: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    // Fourteen digits.
    hasher.update(&gtin.as_str().parse::<u64>().unwrap_or(0).to_be_bytes());
    hasher.update(&block.to_be_bytes());
    hasher.update(bytes);
    hasher.finalize()
}

fn code_of(status: Status) -> u8 {
    match status {
        Status::Emitted => 0,
        Status::Applied => 1,
        Status::InCirculation => 2,
        Status::Withdrawn => 3,
    }
}

fn status_of(code: u8) -> Status {
    match code & 3 {
        0 => Status::Emitted,
        1 => Status::Applied,
        2 => Status::InCirculation,
        _ => Status::Withdrawn,
    }
}

/// A column of document numbers, with the last one met.
#[derive(Default)]
struct Column {
    last: u64,
}

impl Column {
    /// The flag of a number, and its difference if it takes one.
    fn put(&mut self, number: Option<DocumentNo>) -> (u8, Option<u64>) {
        match number {
            None => (0, None),
            Some(DocumentNo(number)) if number == self.last => (SAME, None),
            Some(DocumentNo(number)) => {
                let difference = varint::zigzag(self.last, number);
                self.last = number;
                (OTHER, Some(difference))
            }
        }
    }

    fn take(&mut self, flag: u8, bytes: &mut &[u8]) -> Result<Option<DocumentNo>, Damaged> {
        match flag {
            0 => Ok(None),
            SAME => Ok(Some(DocumentNo(self.last))),
            OTHER => {
                self.last = varint::unzigzag(self.last, varint::take(bytes)?);
                Ok(Some(DocumentNo(self.last)))
            }
            _ => Err(Damaged::Value),
        }
    }
}

/// Encodes the runs of a block.
pub fn encode(gtin: Gtin, block: u64, runs: &Runs<UnitState>) -> Vec<u8> {
    let mut bytes = vec![FORM];
    let (mut introduced, mut withdrawn, mut blocked) = (Column::default(), Column::default(), 0);
    for run in runs.as_slice() {
        let (introduced_flag, introduced) = introduced.put(run.state.introduced);
        let (withdrawn_flag, withdrawn) = withdrawn.put(run.state.withdrawn);
        let one = if run.len == 1 { ONE } else { 0 };
        let block_flag = if run.state.blocked.is_some() { BLOCKED } else { 0 };
        bytes.push(code_of(run.state.status) | one | introduced_flag << 3 | withdrawn_flag << 5 | block_flag);
        if run.len != 1 {
            varint::put(&mut bytes, u64::from(run.len).wrapping_sub(2));
        }
        for difference in [introduced, withdrawn].into_iter().flatten() {
            varint::put(&mut bytes, difference);
        }
        if let Some(DocumentNo(number)) = run.state.blocked {
            varint::put(&mut bytes, varint::zigzag(blocked, number));
            blocked = number;
        }
    }
    let checksum = checksum(gtin, block, &bytes);
    bytes.extend_from_slice(&checksum.to_le_bytes());
    bytes
}

/// Decodes what [`encode`] wrote for the same block.
///
/// # Errors
/// [`Damaged`]; the checksum is looked at first.
pub fn decode(gtin: Gtin, block: u64, bytes: &[u8]) -> Result<Runs<UnitState>, Damaged> {
    let (content, sum) = bytes.split_last_chunk::<CHECKSUM_LEN>().ok_or(Damaged::Length)?;
    if checksum(gtin, block, content) != u32::from_le_bytes(*sum) {
        return Err(Damaged::Checksum);
    }
    let (&form, mut rest) = content.split_first().ok_or(Damaged::Length)?;
    if form != FORM {
        return Err(Damaged::Form(form));
    }
    let mut runs = Vec::new();
    let mut held = 0_u64;
    let (mut introduced, mut withdrawn, mut blocked) = (Column::default(), Column::default(), 0);
    while let Some((&flags, after)) = rest.split_first() {
        rest = after;
        let len = if flags & ONE != 0 { 1 } else { varint::take(&mut rest)?.saturating_add(2) };
        held = held.saturating_add(len);
        if held > BLOCK_LEN {
            return Err(Damaged::Value);
        }
        let mut state = UnitState { status: status_of(flags), ..UnitState::EMITTED };
        state.introduced = introduced.take(flags >> 3 & 3, &mut rest)?;
        state.withdrawn = withdrawn.take(flags >> 5 & 3, &mut rest)?;
        if flags & BLOCKED != 0 {
            blocked = varint::unzigzag(blocked, varint::take(&mut rest)?);
            state.blocked = Some(DocumentNo(blocked));
        }
        // At most BLOCK_LEN.
        runs.push(Run { len: len as u32, state });
    }
    Ok(Runs::from_runs(runs))
}
