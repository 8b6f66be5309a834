//! `GET /api/v1/reports`.

use super::response;
use crate::Api;
use crate::extract::Params;
use crate::limits::PAGE;
use crate::problem::Refused;
use axum::extract::State;
use axum::response::Response;
use shared::ticket::Ticket;
use shared::wire::v1::reports::ReportList;

/// Reports of violations, newest first.
#[utoipa::path(
    get,
    path = "/api/v1/reports",
    tag = "reports",
    params(
        ("before" = Option<String>, Query, description = "Ticket before which the list begins: the last of the page before"),
        ("limit" = Option<usize>, Query, minimum = 1, maximum = 100, description = "Entries, 100 if absent")
    ),
    responses((status = 200, description = "Reports", body = ReportList))
)]
pub(crate) async fn list(State(api): State<Api>, mut params: Params) -> Result<Response, Refused> {
    let (before, limit) = (params.take::<Ticket>("before")?, params.up_to("limit", PAGE, PAGE)?);
    params.done()?;
    let list = api.blocking(move |api| Ok(api.store().reports(before, limit)?)).await?;
    crate::answer::json(&ReportList { reports: list.into_iter().map(response).collect() })
}
