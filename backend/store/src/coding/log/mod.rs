//! Pages of the log: what a group commit writes of the documents it applied. Heads say what each document is, effects
//! what it does to which numbers; both in chunks of at most 4096, each a few columns. `docs/internals/ledger.md` has
//! every byte.

mod effects;
mod heads;

pub use effects::{decode_effects, effects_of, encode_effects};
pub use heads::{Head, Key, decode_heads, encode_heads, head_of};

use super::column::{Column, Runs, put};
use super::{Damaged, varint};

/// Rows of a chunk, at most.
const CHUNK: usize = 4096;

/// Takes the number of rows of a chunk and its bytes.
fn take_chunk<'a>(bytes: &mut &'a [u8]) -> Result<(usize, &'a [u8]), Damaged> {
    let rows = varint::take(bytes)?;
    let len = usize::try_from(varint::take(bytes)?).map_err(|_| Damaged::Value)?;
    let (chunk, rest) = bytes.split_at_checked(len).ok_or(Damaged::Length)?;
    *bytes = rest;
    match usize::try_from(rows) {
        Ok(rows @ 1..=CHUNK) => Ok((rows, chunk)),
        _ => Err(Damaged::Value),
    }
}

/// Appends a chunk, after the number of its rows and of its bytes.
fn put_chunk(bytes: &mut Vec<u8>, rows: usize, chunk: &[u8]) {
    varint::put(bytes, rows as u64);
    varint::put(bytes, chunk.len() as u64);
    bytes.extend_from_slice(chunk);
}

/// Appends a column of numbers of their own, without a reference.
fn put_values(bytes: &mut Vec<u8>, values: impl IntoIterator<Item = u64>) {
    put(bytes, &values.into_iter().collect(), 0);
}

/// Takes what [`put_values`] appended.
fn take_values(bytes: &mut &[u8], rows: usize) -> Result<Vec<u64>, Damaged> {
    Ok(take_runs(bytes, rows)?.values().collect())
}

fn take_runs(bytes: &mut &[u8], rows: usize) -> Result<Runs, Damaged> {
    if rows == 0 { Ok(Runs::new()) } else { Column::take(bytes, rows, 0)?.runs() }
}
