//! Cash registers: the number of the last receipt of each, as of the last fold. The number of a register may use all 64
//! bits, and is kept as the integer with the same bits.

use super::convert::{int, number};
use crate::StoreError;
use crate::db::{Session, Value};
use shared::state::DocumentNo;

/// Shows every register: its number, the number of its last receipt, the document of that.
pub(crate) fn all(session: &mut dyn Session, each: &mut dyn FnMut(u64, u64, DocumentNo)) -> Result<(), StoreError> {
    session.query("SELECT sender, number, document FROM sender", &[], &mut |row| {
        each(row.int(0)?.cast_unsigned(), number(row, 1)?, DocumentNo(number(row, 2)?));
        Ok(())
    })
}

/// Writes the last receipt of a register.
pub(crate) fn put(
    session: &mut dyn Session,
    part: i64,
    sender: u64,
    number: u64,
    document: DocumentNo,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO sender (part, sender, number, document) VALUES ($1, $2, $3, $4)
        ON CONFLICT (part, sender) DO UPDATE SET number = excluded.number, document = excluded.document";
    session.execute(sql, &[Value::Int(part), Value::Int(sender.cast_signed()), int(number), int(document.0)])?;
    Ok(())
}
