//! Blocks of series: rows of encoded runs.

use super::convert::{gtin_key, signed, unsigned};
use crate::StoreError;
use crate::coding::runs::{decode, encode};
use backend_ledger::BlockSpan;
use rusqlite::{Connection, OptionalExtension, params};
use shared::block::Runs;
use shared::gs1::Gtin;
use shared::state::UnitState;

fn decoded(gtin: Gtin, block: u64, bytes: &[u8]) -> Result<Runs<UnitState>, StoreError> {
    decode(gtin, block, bytes).map_err(|damage| StoreError::corrupt(format!("block {block} of {gtin} ({damage})")))
}

/// What is kept of a block.
pub(super) fn get(db: &Connection, gtin: Gtin, block: u64) -> Result<Option<Runs<UnitState>>, StoreError> {
    let mut statement = db.prepare_cached("SELECT runs FROM block WHERE gtin = ?1 AND block = ?2")?;
    let row = statement.query_row(params![gtin_key(gtin), signed(block)], |row| row.get::<_, Vec<u8>>(0));
    row.optional()?.map(|bytes| decoded(gtin, block, &bytes)).transpose()
}

/// What is kept of the blocks of a span, by number.
pub(super) fn span(
    db: &Connection,
    of: BlockSpan,
    mut each: impl FnMut(u64, Runs<UnitState>),
) -> Result<(), StoreError> {
    let mut statement =
        db.prepare_cached("SELECT block, runs FROM block WHERE gtin = ?1 AND block BETWEEN ?2 AND ?3")?;
    let mut rows = statement.query(params![gtin_key(of.gtin), signed(of.first), signed(of.last)])?;
    while let Some(row) = rows.next()? {
        let block = unsigned(row.get(0)?)?;
        let bytes = row.get_ref(1)?.as_blob().map_err(|_| StoreError::corrupt("a block without bytes"))?;
        each(block, decoded(of.gtin, block, bytes)?);
    }
    Ok(())
}

/// Writes a block.
pub(super) fn put(db: &Connection, gtin: Gtin, block: u64, runs: &Runs<UnitState>) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT INTO block (gtin, block, runs) VALUES (?1, ?2, ?3)
         ON CONFLICT (gtin, block) DO UPDATE SET runs = excluded.runs",
    )?
    .execute(params![gtin_key(gtin), signed(block), encode(gtin, block, runs)])?;
    Ok(())
}
