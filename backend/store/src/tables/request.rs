//! Requests under keys of their senders, so that a retry gets the answer of the first.

use super::convert::int;
use crate::db::{OnConflict, Row, Session, Sums, Table, Value, bytes, integer, one, text};
use crate::{Response, StoreError};
use shared::party::PartyId;
use shared::state::DocumentNo;

/// The table.
pub(crate) const ROWS: Table = Table {
    name: "request",
    columns: &[
        integer("part"),
        integer("party"),
        text("key"),
        bytes("hash"),
        integer("document"),
        integer("status"),
        text("response"),
    ],
    conflict: OnConflict::Fail,
    sums: Sums::Row,
};

/// The hash and the answer of the request that a party sent under a key.
pub(crate) fn get(
    session: &mut dyn Session,
    part: i64,
    party: PartyId,
    key: &str,
) -> Result<Option<([u8; 32], Response)>, StoreError> {
    let sql = format!("SELECT {} FROM request WHERE part = $1 AND party = $2 AND key = $3", ROWS.list());
    one(session, &sql, &[Value::Int(part), int(party.0), Value::Text(key)], of_row)
}

fn of_row(row: &dyn Row) -> Result<([u8; 32], Response), StoreError> {
    ROWS.check(row, 0)?;
    let hash = row.slice(2)?.and_then(|hash| hash.try_into().ok());
    let status = u16::try_from(row.int(4)?).ok();
    match (hash, status) {
        (Some(hash), Some(status)) => Ok((hash, Response { status, body: row.text(5)? })),
        _ => Err(StoreError::corrupt("the answer to a request")),
    }
}

/// Writes a request with its answer.
pub(crate) fn insert(
    session: &mut dyn Session,
    part: i64,
    party: PartyId,
    key: &str,
    hash: &[u8; 32],
    document: DocumentNo,
    response: &Response,
) -> Result<(), StoreError> {
    let values = [
        Value::Int(part),
        int(party.0),
        Value::Text(key),
        Value::Bytes(hash),
        int(document.0),
        Value::Int(i64::from(response.status)),
        Value::Text(&response.body),
    ];
    session.insert(&ROWS, &values)?;
    Ok(())
}
