//! Cash registers: the number of the last receipt of each, as of the last fold. The number of a register may use all 64
//! bits, and is kept as the integer with the same bits.

use super::convert::{int, number};
use crate::StoreError;
use crate::db::{OnConflict, Session, Sums, Table, Value, integer};
use shared::state::DocumentNo;

/// Shows every register: its number, the number of its last receipt, the document of that.
pub(crate) fn all(session: &mut dyn Session, each: &mut dyn FnMut(u64, u64, DocumentNo)) -> Result<(), StoreError> {
    session.query(&format!("SELECT {} FROM sender", ROWS.list()), &[], &mut |row| {
        ROWS.check(row, 0)?;
        each(row.int(0)?.cast_unsigned(), number(row, 1)?, DocumentNo(number(row, 2)?));
        Ok(())
    })
}

/// The table.
pub(crate) const ROWS: Table = Table {
    name: "sender",
    columns: &[integer("part"), integer("sender"), integer("number"), integer("document")],
    conflict: OnConflict::Replace(&["part", "sender"]),
    sums: Sums::Row,
};

/// Writes the last receipts of registers, each once: part, register, number, document.
pub(crate) fn put(session: &mut dyn Session, rows: &[(i64, u64, u64, DocumentNo)]) -> Result<(), StoreError> {
    let values = |&(part, sender, number, document): &(i64, u64, u64, DocumentNo)| {
        [Value::Int(part), Value::Int(sender.cast_signed()), int(number), int(document.0)]
    };
    let values: Vec<Value<'_>> = rows.iter().flat_map(values).collect();
    session.insert(&ROWS, &values)?;
    Ok(())
}
