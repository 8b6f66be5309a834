//! Shipments between participants.

use super::convert::{int, limit, number, word};
use crate::db::{Row, Session, Value, all, one};
use crate::{ShipmentRecord, StoreError};
use shared::date::{Date, Timestamp};
use shared::document::ShipmentState;
use shared::party::PartyId;
use shared::state::DocumentNo;

const COLUMNS: &str = "document, sender, receiver, at, due, state, answer";

fn of_row(row: &dyn Row) -> Result<ShipmentRecord, StoreError> {
    let answer = match row.opt_int(6)? {
        Some(_) => Some(DocumentNo(number(row, 6)?)),
        None => None,
    };
    Ok(ShipmentRecord {
        document: DocumentNo(number(row, 0)?),
        sender: PartyId(number(row, 1)?),
        receiver: PartyId(number(row, 2)?),
        at: Timestamp(row.int(3)?),
        due: word(row, 4)?,
        state: word(row, 5)?,
        answer,
    })
}

/// Writes a new shipment, open.
pub(crate) fn insert(
    session: &mut dyn Session,
    document: DocumentNo,
    sender: PartyId,
    receiver: PartyId,
    at: Timestamp,
    due: Date,
) -> Result<(), StoreError> {
    let due = due.to_string();
    let values = [
        int(document.0),
        int(sender.0),
        int(receiver.0),
        Value::Int(at.0),
        Value::Text(&due),
        Value::Text(ShipmentState::Open.as_str()),
    ];
    let sql = "INSERT INTO shipment (document, sender, receiver, at, due, state) VALUES ($1, $2, $3, $4, $5, $6)";
    session.execute(sql, &values)?;
    Ok(())
}

/// Ends an open shipment.
///
/// # Errors
/// [`StoreError::Conflict`] if it is not open any more.
pub(crate) fn end(
    session: &mut dyn Session,
    document: DocumentNo,
    how: ShipmentState,
    answer: DocumentNo,
) -> Result<(), StoreError> {
    let sql = "UPDATE shipment SET state = $1, answer = $2 WHERE document = $3 AND state = 'open'";
    let touched = session.execute(sql, &[Value::Text(how.as_str()), int(answer.0), int(document.0)])?;
    if touched == 1 { Ok(()) } else { Err(StoreError::Conflict) }
}

/// The shipment with this number.
pub(crate) fn get(session: &mut dyn Session, document: DocumentNo) -> Result<Option<ShipmentRecord>, StoreError> {
    one(session, &format!("SELECT {COLUMNS} FROM shipment WHERE document = $1"), &[int(document.0)], of_row)
}

/// Shipments that a party sent or received, newest first, before one.
pub(crate) fn list(
    session: &mut dyn Session,
    party: PartyId,
    sent: bool,
    state: Option<ShipmentState>,
    before: Option<DocumentNo>,
    most: usize,
) -> Result<Vec<ShipmentRecord>, StoreError> {
    let side = if sent { "sender" } else { "receiver" };
    let before = before.map_or(Value::Int(i64::MAX), |document| int(document.0));
    match state {
        Some(state) => {
            let sql = format!(
                "SELECT {COLUMNS} FROM shipment WHERE {side} = $1 AND state = $2 AND document < $3
                 ORDER BY document DESC LIMIT $4"
            );
            all(session, &sql, &[int(party.0), Value::Text(state.as_str()), before, limit(most)], of_row)
        }
        None => {
            let sql = format!(
                "SELECT {COLUMNS} FROM shipment WHERE {side} = $1 AND document < $2 ORDER BY document DESC LIMIT $3"
            );
            all(session, &sql, &[int(party.0), before, limit(most)], of_row)
        }
    }
}
