//! `GET /api/v1/reports/{ticket}/photo`.

use super::ticket;
use crate::Api;
use crate::extract::Segments;
use crate::problem::Refused;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use shared::refusal::RefusalCode;

/// The photo of a report.
///
/// Metadata were removed on the phone, before it was sealed. To be kept as a file: what a stranger sent is not shown
/// inside a page.
#[utoipa::path(
    get,
    path = "/api/v1/reports/{ticket}/photo",
    tag = "reports",
    params(("ticket" = String, Path, description = "Ticket of the report")),
    responses((status = 200, description = "The photo", body = String, content_type = "image/jpeg"))
)]
pub(crate) async fn photo(State(api): State<Api>, Segments(text): Segments<String>) -> Result<Response, Refused> {
    let ticket = ticket(&text)?;
    let photo = api.blocking(move |api| Ok(api.store().report_photo(ticket)?)).await?;
    let photo = photo.ok_or(RefusalCode::ReportUnknown)?;
    if photo.is_empty() {
        return Err(RefusalCode::NotFound.into());
    }
    let mut response = crate::answer::bytes("image/jpeg", photo)?;
    response.headers_mut().insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
    Ok(response)
}
