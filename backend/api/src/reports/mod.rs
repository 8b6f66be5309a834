//! Reports of violations (R5), for state bodies.

pub(crate) mod get;
pub(crate) mod list;
pub(crate) mod photo;

use crate::problem::Refused;
use backend_store::ReportRecord;
use shared::refusal::RefusalCode;
use shared::ticket::Ticket;
use shared::wire::v1::reports::ReportResponse;

/// A ticket from a path.
pub(crate) fn ticket(text: &str) -> Result<Ticket, Refused> {
    Ok(text.parse().map_err(|_| RefusalCode::TicketInvalid)?)
}

fn response(record: ReportRecord) -> ReportResponse {
    ReportResponse {
        ticket: record.ticket.to_string(),
        received: record.received,
        report: record.report,
        photo_bytes: record.photo_bytes,
    }
}
