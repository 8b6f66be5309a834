//! `GET /api/v1/participant`.

use crate::access::Caller;
use crate::problem::Refused;
use axum::response::Response;
use shared::wire::v1::service::Participant;

/// The participant that asks: the number under which others ship goods to it, its name and its role.
#[utoipa::path(
    get,
    path = "/api/v1/participant",
    tag = "service",
    responses((status = 200, description = "The participant", body = Participant))
)]
pub(crate) async fn get(Caller(caller): Caller) -> Result<Response, Refused> {
    crate::answer::json(&Participant { participant: caller.party.id.0, role: caller.party.role, name: caller.name })
}
