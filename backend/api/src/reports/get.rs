//! `GET /api/v1/reports/{ticket}`.

use super::{response, ticket};
use crate::Api;
use crate::extract::Segments;
use crate::problem::Refused;
use axum::extract::State;
use axum::response::Response;
use shared::refusal::RefusalCode;
use shared::wire::v1::reports::ReportResponse;

/// A report of a violation.
#[utoipa::path(
    get,
    path = "/api/v1/reports/{ticket}",
    tag = "reports",
    params(("ticket" = String, Path, description = "Ticket of the report")),
    responses((status = 200, description = "The report", body = ReportResponse))
)]
pub(crate) async fn get(State(api): State<Api>, Segments(text): Segments<String>) -> Result<Response, Refused> {
    let ticket = ticket(&text)?;
    let report = api.blocking(move |api| Ok(api.store().report(ticket)?)).await?;
    crate::answer::json(&response(report.ok_or(RefusalCode::ReportUnknown)?))
}
