//! Participants (R6).

use super::convert::{int, number, word};
use crate::db::{OnConflict, Row, Session, Sums, Table, Value, bytes, integer, one, text};
use crate::{ApiKeyHash, PartyRecord, StoreError};
use backend_ledger::Party;
use shared::party::{PartyId, Role};

/// The table.
pub(crate) const ROWS: Table = Table {
    name: "party",
    columns: &[integer("id"), text("name"), text("role"), bytes("key_hash")],
    conflict: OnConflict::Fail,
    sums: Sums::Row,
};

fn select(filter: &str) -> String {
    format!("SELECT {} FROM party WHERE {filter}", ROWS.list())
}

fn of_row(row: &dyn Row) -> Result<PartyRecord, StoreError> {
    ROWS.check(row, 0)?;
    Ok(PartyRecord { party: Party { id: PartyId(number(row, 0)?), role: word(row, 2)? }, name: row.text(1)? })
}

/// The participant with this number.
pub(crate) fn get(session: &mut dyn Session, id: PartyId) -> Result<Option<PartyRecord>, StoreError> {
    one(session, &select("id = $1"), &[int(id.0)], of_row)
}

/// The participant with this API key.
pub(crate) fn by_key(session: &mut dyn Session, key: ApiKeyHash) -> Result<Option<PartyRecord>, StoreError> {
    one(session, &select("key_hash = $1"), &[Value::Bytes(&key.0)], of_row)
}

/// Registers a participant under the next number, from 1. One whose key is known already stays as it is.
///
/// # Errors
/// [`StoreError::Conflict`] if another process took the number meanwhile.
pub(crate) fn put(
    session: &mut dyn Session,
    name: &str,
    role: Role,
    key: ApiKeyHash,
) -> Result<PartyRecord, StoreError> {
    if let Some(known) = by_key(session, key)? {
        return Ok(known);
    }
    let next = one(session, "SELECT coalesce(max(id), 0) + 1 FROM party", &[], |row| number(row, 0))?.unwrap_or(1);
    let values = [int(next), Value::Text(name), Value::Text(role.as_str()), Value::Bytes(&key.0)];
    session.insert(&ROWS, &values)?;
    Ok(PartyRecord { party: Party { id: PartyId(next), role }, name: name.to_owned() })
}
