//! Shipments between participants.

use super::convert::{int, limit, number, word};
use crate::db::{OnConflict, Row, Session, Sums, Table, Value, all, integer, one, text};
use crate::{ShipmentRecord, StoreError};
use shared::date::{Date, Timestamp};
use shared::document::ShipmentState;
use shared::party::PartyId;
use shared::state::DocumentNo;

/// The table.
pub(crate) const ROWS: Table = Table {
    name: "shipment",
    columns: &[
        integer("document"),
        integer("sender"),
        integer("receiver"),
        integer("at"),
        text("due"),
        text("state"),
        integer("answer"),
    ],
    conflict: OnConflict::Fail,
    sums: Sums::Row,
};

fn of_row(row: &dyn Row) -> Result<ShipmentRecord, StoreError> {
    ROWS.check(row, 0)?;
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
        Value::Null,
    ];
    session.insert(&ROWS, &values)?;
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
    let set = [("state", Value::Text(how.as_str())), ("answer", int(answer.0))];
    let is_open = |row: &dyn Row| Ok(row.str(5)? == Some(ShipmentState::Open.as_str()));
    if ROWS.change(session, ("document", int(document.0)), &set, is_open)? { Ok(()) } else { Err(StoreError::Conflict) }
}

/// The shipment with this number.
pub(crate) fn get(session: &mut dyn Session, document: DocumentNo) -> Result<Option<ShipmentRecord>, StoreError> {
    one(session, &format!("SELECT {} FROM shipment WHERE document = $1", ROWS.list()), &[int(document.0)], of_row)
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
    let columns = ROWS.list();
    let side = if sent { "sender" } else { "receiver" };
    let before = before.map_or(Value::Int(i64::MAX), |document| int(document.0));
    match state {
        Some(state) => {
            let sql = format!(
                "SELECT {columns} FROM shipment WHERE {side} = $1 AND state = $2 AND document < $3
                 ORDER BY document DESC LIMIT $4"
            );
            all(session, &sql, &[int(party.0), Value::Text(state.as_str()), before, limit(most)], of_row)
        }
        None => {
            let sql = format!(
                "SELECT {columns} FROM shipment WHERE {side} = $1 AND document < $2 ORDER BY document DESC LIMIT $3"
            );
            all(session, &sql, &[int(party.0), before, limit(most)], of_row)
        }
    }
}
