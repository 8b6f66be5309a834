//! `GET /v1/reports/{ticket}`: what became of a report.

use crate::http::{JSON, Response};
use crate::ports::ReportBox;
use crate::problem::malformed;
use shared::refusal::{Refusal, RefusalCode};
use shared::ticket::Ticket;

/// Answers it.
///
/// # Errors
/// [`RefusalCode::TicketInvalid`], [`RefusalCode::ReportUnknown`], [`RefusalCode::StoreUnavailable`].
pub async fn handle<P: ReportBox>(ports: &P, ticket: &str) -> Result<Response, Refusal> {
    let ticket: Ticket = ticket.parse().map_err(|_| RefusalCode::TicketInvalid)?;
    let letter = ports.look_up(ticket).await.map_err(|_| RefusalCode::StoreUnavailable)?;
    let letter = letter.ok_or(RefusalCode::ReportUnknown)?;
    let body = serde_json::to_string(&letter.answer(ticket)).map_err(|error| malformed(&error))?;
    Ok(Response::new(200, JSON, body))
}
