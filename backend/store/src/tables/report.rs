//! Reports of violations, opened.

use super::convert::{limit, number, word};
use crate::db::{Row, Session, Value, all, one};
use crate::{NewReport, ReportRecord, StoreError};
use shared::date::Timestamp;
use shared::ticket::{ReportId, Ticket};

const COLUMNS: &str = "ticket, received, report, length(photo)";

fn of_row(row: &dyn Row) -> Result<ReportRecord, StoreError> {
    let ticket: Ticket = word(row, 0)?;
    let report = row.text(2)?;
    Ok(ReportRecord {
        report: serde_json::from_str(&report).map_err(|_| StoreError::corrupt(format!("report {ticket}")))?,
        ticket,
        received: Timestamp(row.int(1)?),
        photo_bytes: number(row, 3)?,
    })
}

/// Keeps a report; a second delivery of one changes nothing. Gives when it first came, and whether that is now.
pub(crate) fn put(session: &mut dyn Session, new: &NewReport) -> Result<(Timestamp, bool), StoreError> {
    let report = serde_json::to_string(&new.report)?;
    let ticket = new.id.ticket().to_string();
    let sql = "INSERT INTO report (id, ticket, received, report, photo) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (id) DO NOTHING";
    let values = [
        Value::Bytes(&new.id.0),
        Value::Text(&ticket),
        Value::Int(new.received.0),
        Value::Text(&report),
        Value::Bytes(&new.photo),
    ];
    let written = session.execute(sql, &values)?;
    // Whoever came first and is not seen yet has conflicted above.
    let first = received(session, new.id)?.ok_or(StoreError::Conflict)?;
    Ok((first, written == 1))
}

/// When the report with this id came, if it did.
pub(crate) fn received(session: &mut dyn Session, id: ReportId) -> Result<Option<Timestamp>, StoreError> {
    one(session, "SELECT received FROM report WHERE id = $1", &[Value::Bytes(&id.0)], |row| Ok(Timestamp(row.int(0)?)))
}

/// The report with this ticket.
pub(crate) fn get(session: &mut dyn Session, ticket: Ticket) -> Result<Option<ReportRecord>, StoreError> {
    let ticket = ticket.to_string();
    one(session, &format!("SELECT {COLUMNS} FROM report WHERE ticket = $1"), &[Value::Text(&ticket)], of_row)
}

/// The photo of the report with this ticket, empty if it has none.
pub(crate) fn photo(session: &mut dyn Session, ticket: Ticket) -> Result<Option<Vec<u8>>, StoreError> {
    let ticket = ticket.to_string();
    one(session, "SELECT photo FROM report WHERE ticket = $1", &[Value::Text(&ticket)], |row| row.bytes(0))
}

/// Reports, newest first, before one.
pub(crate) fn list(
    session: &mut dyn Session,
    before: Option<Ticket>,
    most: usize,
) -> Result<Vec<ReportRecord>, StoreError> {
    let order = "ORDER BY received DESC, id DESC LIMIT";
    match before.map(|ticket| ticket.to_string()) {
        Some(ticket) => {
            let sql = format!(
                "SELECT {COLUMNS} FROM report
                 WHERE (received, id) < (SELECT received, id FROM report WHERE ticket = $1) {order} $2"
            );
            all(session, &sql, &[Value::Text(&ticket), limit(most)], of_row)
        }
        None => all(session, &format!("SELECT {COLUMNS} FROM report {order} $1"), &[limit(most)], of_row),
    }
}
