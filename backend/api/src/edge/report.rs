//! `GET /edge/v1/reports/{ticket}`.

use crate::Api;
use crate::extract::Segments;
use crate::problem::Refused;
use crate::reports::ticket;
use axum::extract::State;
use axum::response::Response;
use shared::refusal::RefusalCode;
use shared::report::ReportStatus;
use shared::wire::v1::reports::TicketResponse;

/// What became of a report: for its author, who holds the ticket. Nothing of what it says.
#[utoipa::path(
    get,
    path = "/edge/v1/reports/{ticket}",
    tag = "edge",
    params(("ticket" = String, Path, description = "Ticket of the report")),
    responses((status = 200, description = "Its status", body = TicketResponse))
)]
pub(crate) async fn report(State(api): State<Api>, Segments(text): Segments<String>) -> Result<Response, Refused> {
    let ticket = ticket(&text)?;
    let report = api.blocking(move |api| Ok(api.store().report(ticket)?)).await?;
    let at = report.ok_or(RefusalCode::ReportUnknown)?.received;
    crate::answer::json(&TicketResponse { ticket: ticket.to_string(), status: ReportStatus::Delivered, at })
}
