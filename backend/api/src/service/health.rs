//! `GET /api/v1/health`.

use crate::Api;
use crate::problem::Refused;
use axum::extract::State;
use axum::response::Response;
use shared::wire::v1::service::Health;

/// Whether the backend and its store answer.
#[utoipa::path(
    get,
    path = "/api/v1/health",
    tag = "service",
    responses((status = 200, description = "They do", body = Health))
)]
pub(crate) async fn health(State(api): State<Api>) -> Result<Response, Refused> {
    api.blocking(|api| Ok(api.store().ping()?)).await?;
    crate::answer::json(&Health { status: "ok".to_owned(), keys_version: api.keyring().set().version })
}
