//! `POST /api/v1/recalls`.

use super::Sending;
use crate::Api;
use crate::codes::{Resolver, UNITS};
use crate::problem::Refused;
use axum::extract::State;
use axum::response::Response;
use shared::document::Document;
use shared::wire::v1::documents::{DocumentResponse, UnitsRequest};

/// Recalls goods from the market.
///
/// By the participant that introduced them, or by a state body, also of goods that were sold: a check warns whoever
/// holds one.
#[utoipa::path(
    post,
    path = "/api/v1/recalls",
    tag = "documents",
    request_body = UnitsRequest,
    responses((status = 201, description = "Applied", body = DocumentResponse))
)]
pub(crate) async fn recall(State(api): State<Api>, sending: Sending<UnitsRequest>) -> Result<Response, Refused> {
    let make = |resolver: &mut Resolver<'_>, body: UnitsRequest| {
        resolver.partial = body.partial;
        Ok(Document::Recall { units: resolver.units(&UNITS, &body.units)? })
    };
    sending.submit(&api, make).await
}
