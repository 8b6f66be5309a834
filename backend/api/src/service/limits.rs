//! `GET /api/v1/limits`.

use crate::problem::Refused;
use axum::response::Response;
use shared::wire::v1::service::Limits;

/// What a request may be at most.
#[utoipa::path(
    get,
    path = "/api/v1/limits",
    tag = "service",
    responses((status = 200, description = "Limits", body = Limits))
)]
pub(crate) async fn limits() -> Result<Response, Refused> {
    crate::answer::json(&crate::limits::published())
}
