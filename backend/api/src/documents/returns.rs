//! `POST /api/v1/returns`.

use super::Sending;
use crate::Api;
use crate::codes::{Resolver, UNITS};
use crate::problem::Refused;
use axum::extract::State;
use axum::response::Response;
use shared::document::Document;
use shared::wire::v1::documents::{DocumentResponse, UnitsRequest};

/// Brings goods back into circulation.
///
/// Goods that a consumer or a receiver gave back, that were found again or were not used: only where the reason of
/// their withdrawal allows it. What was withdrawn for good never comes back (R1).
#[utoipa::path(
    post,
    path = "/api/v1/returns",
    tag = "documents",
    request_body = UnitsRequest,
    responses((status = 201, description = "Applied", body = DocumentResponse))
)]
pub(crate) async fn give_back(State(api): State<Api>, sending: Sending<UnitsRequest>) -> Result<Response, Refused> {
    let make = |resolver: &mut Resolver<'_>, body: UnitsRequest| {
        resolver.partial = body.partial;
        Ok(Document::Return { units: resolver.units(&UNITS, &body.units)? })
    };
    sending.submit(&api, make).await
}
