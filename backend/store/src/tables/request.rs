//! Requests under keys of their senders, so that a retry gets the answer of the first.

use super::convert::int;
use crate::db::{Row, Session, Value, one};
use crate::{Response, StoreError};
use shared::party::PartyId;
use shared::state::DocumentNo;

/// The hash and the answer of the request that a party sent under a key.
pub(crate) fn get(
    session: &mut dyn Session,
    part: i64,
    party: PartyId,
    key: &str,
) -> Result<Option<([u8; 32], Response)>, StoreError> {
    let sql = "SELECT hash, status, response FROM request WHERE part = $1 AND party = $2 AND key = $3";
    one(session, sql, &[Value::Int(part), int(party.0), Value::Text(key)], of_row)
}

fn of_row(row: &dyn Row) -> Result<([u8; 32], Response), StoreError> {
    let hash = row.slice(0)?.and_then(|hash| hash.try_into().ok());
    let status = u16::try_from(row.int(1)?).ok();
    match (hash, status) {
        (Some(hash), Some(status)) => Ok((hash, Response { status, body: row.text(2)? })),
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
    let sql = "INSERT INTO request (part, party, key, hash, document, status, response)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let values = [
        Value::Int(part),
        int(party.0),
        Value::Text(key),
        Value::Bytes(hash),
        int(document.0),
        Value::Int(i64::from(response.status)),
        Value::Text(&response.body),
    ];
    session.execute(sql, &values)?;
    Ok(())
}
