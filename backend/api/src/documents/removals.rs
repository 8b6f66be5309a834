//! `POST /api/v1/removals`.

use super::Sending;
use crate::Api;
use crate::codes::{Resolver, UNITS};
use crate::problem::Refused;
use axum::extract::State;
use axum::response::Response;
use shared::document::Document;
use shared::wire::v1::documents::DocumentResponse;
use shared::wire::v1::packages::RepackingRequest;

/// Takes goods out of a package, which stays.
///
/// They must be directly in it; the law's automatic disaggregation is this, said aloud (R4).
#[utoipa::path(
    post,
    path = "/api/v1/removals",
    tag = "documents",
    request_body = RepackingRequest,
    responses((status = 201, description = "Applied", body = DocumentResponse))
)]
pub(crate) async fn take_out(State(api): State<Api>, sending: Sending<RepackingRequest>) -> Result<Response, Refused> {
    let make = |resolver: &mut Resolver<'_>, body: RepackingRequest| {
        let package = resolver.package("/package", &body.package)?;
        let items = resolver.items(&UNITS, &body.units)?;
        Ok(Document::TakeOut { package, items })
    };
    sending.submit(&api, make).await
}
