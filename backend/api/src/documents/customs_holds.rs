//! `POST /api/v1/customs-holds`.

use super::Sending;
use crate::Api;
use crate::codes::{Resolver, UNITS};
use crate::problem::Refused;
use axum::extract::State;
use axum::response::Response;
use shared::document::Document;
use shared::wire::v1::documents::{DocumentResponse, UnitsRequest};

/// Notes that imported goods wait for release by customs.
///
/// Until they are released they are not introduced into circulation (R3).
#[utoipa::path(
    post,
    path = "/api/v1/customs-holds",
    tag = "documents",
    request_body = UnitsRequest,
    responses((status = 201, description = "Applied", body = DocumentResponse))
)]
pub(crate) async fn await_customs(State(api): State<Api>, sending: Sending<UnitsRequest>) -> Result<Response, Refused> {
    let make = |resolver: &mut Resolver<'_>, body: UnitsRequest| {
        resolver.partial = body.partial;
        Ok(Document::AwaitCustoms { units: resolver.units(&UNITS, &body.units)? })
    };
    sending.submit(&api, make).await
}
