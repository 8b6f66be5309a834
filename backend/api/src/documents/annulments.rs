//! `POST /api/v1/annulments`.

use super::Sending;
use crate::Api;
use crate::codes::{Resolver, UNITS};
use crate::problem::Refused;
use axum::extract::State;
use axum::response::Response;
use shared::document::Document;
use shared::wire::v1::documents::{DocumentResponse, UnitsRequest};

/// Gives up codes that were not applied.
///
/// Labels not needed or spoilt before they were on goods. Codes that are not applied in time are annulled by the
/// operator: 30 days by rule, set per group (R3).
#[utoipa::path(
    post,
    path = "/api/v1/annulments",
    tag = "documents",
    request_body = UnitsRequest,
    responses((status = 201, description = "Applied", body = DocumentResponse))
)]
pub(crate) async fn annul(State(api): State<Api>, sending: Sending<UnitsRequest>) -> Result<Response, Refused> {
    let make = |resolver: &mut Resolver<'_>, body: UnitsRequest| {
        resolver.partial = body.partial;
        Ok(Document::Annul { units: resolver.units(&UNITS, &body.units)? })
    };
    sending.submit(&api, make).await
}
