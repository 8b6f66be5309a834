//! `GET /edge/v1/keys`.

use crate::Api;
use crate::problem::Refused;
use axum::extract::State;
use axum::response::Response;

/// The signed key set, as phones get it.
#[utoipa::path(
    get,
    path = "/edge/v1/keys",
    tag = "edge",
    responses((status = 200, description = "Payload and signature of the key set", body = Object))
)]
pub(crate) async fn keys(State(api): State<Api>) -> Result<Response, Refused> {
    crate::answer::json(api.keyring().signed_set())
}
