//! Reports of violations, opened.

use super::convert::{limit, number, word};
use crate::db::{OnConflict, Row, Session, Sums, Table, Value, all, bytes, integer, one, text};
use crate::{NewReport, ReportRecord, StoreError};
use shared::date::Timestamp;
use shared::ticket::{ReportId, Ticket};

/// The table. Photos are large: lists are made without them.
pub(crate) const ROWS: Table = Table {
    name: "report",
    columns: &[bytes("id"), text("ticket"), integer("received"), text("report"), bytes("photo")],
    conflict: OnConflict::Keep(&["id"]),
    sums: Sums::RowAndLarge("photo", "photo_sum"),
};

fn columns() -> String {
    format!("{}, length(photo)", ROWS.list())
}

fn of_row(row: &dyn Row) -> Result<ReportRecord, StoreError> {
    ROWS.check(row, 0)?;
    let ticket: Ticket = word(row, 1)?;
    let report = row.text(3)?;
    Ok(ReportRecord {
        report: serde_json::from_str(&report).map_err(|_| StoreError::corrupt(format!("report {ticket}")))?,
        ticket,
        received: Timestamp(row.int(2)?),
        photo_bytes: number(row, ROWS.width())?,
    })
}

/// Keeps a report; a second delivery of one changes nothing. Gives when it first came, and whether that is now.
pub(crate) fn put(session: &mut dyn Session, new: &NewReport) -> Result<(Timestamp, bool), StoreError> {
    let report = serde_json::to_string(&new.report)?;
    let ticket = new.id.ticket().to_string();
    let values = [
        Value::Bytes(&new.id.0),
        Value::Text(&ticket),
        Value::Int(new.received.0),
        Value::Text(&report),
        Value::Bytes(&new.photo),
    ];
    let written = session.insert(&ROWS, &values)?;
    // Whoever came first and is not seen yet has conflicted above.
    let first = received(session, new.id)?.ok_or(StoreError::Conflict)?;
    Ok((first, written == 1))
}

/// When the report with this id came, if it did.
pub(crate) fn received(session: &mut dyn Session, id: ReportId) -> Result<Option<Timestamp>, StoreError> {
    let sql = format!("SELECT {} FROM report WHERE id = $1", ROWS.list());
    one(session, &sql, &[Value::Bytes(&id.0)], |row| {
        ROWS.check(row, 0)?;
        Ok(Timestamp(row.int(2)?))
    })
}

/// The report with this ticket.
pub(crate) fn get(session: &mut dyn Session, ticket: Ticket) -> Result<Option<ReportRecord>, StoreError> {
    let ticket = ticket.to_string();
    one(session, &format!("SELECT {} FROM report WHERE ticket = $1", columns()), &[Value::Text(&ticket)], of_row)
}

/// The photo of the report with this ticket, empty if it has none.
pub(crate) fn photo(session: &mut dyn Session, ticket: Ticket) -> Result<Option<Vec<u8>>, StoreError> {
    let ticket = ticket.to_string();
    one(session, "SELECT photo, photo_sum FROM report WHERE ticket = $1", &[Value::Text(&ticket)], |row| {
        ROWS.check_large(row, 0)?;
        row.bytes(0)
    })
}

/// Reports, newest first, before one.
pub(crate) fn list(
    session: &mut dyn Session,
    before: Option<Ticket>,
    most: usize,
) -> Result<Vec<ReportRecord>, StoreError> {
    let columns = columns();
    let order = "ORDER BY received DESC, id DESC LIMIT";
    match before.map(|ticket| ticket.to_string()) {
        Some(ticket) => {
            let sql = format!(
                "SELECT {columns} FROM report
                 WHERE (received, id) < (SELECT received, id FROM report WHERE ticket = $1) {order} $2"
            );
            all(session, &sql, &[Value::Text(&ticket), limit(most)], of_row)
        }
        None => all(session, &format!("SELECT {columns} FROM report {order} $1"), &[limit(most)], of_row),
    }
}
