//! `POST /api/v1/customs-releases`.

use super::Sending;
use crate::Api;
use crate::codes::{Resolver, UNITS};
use crate::problem::Refused;
use axum::extract::State;
use axum::response::Response;
use shared::document::Document;
use shared::wire::v1::documents::{CustomsReleaseRequest, DocumentResponse};
use shared::wire::v1::products::paper;

/// Notes that customs released goods, with number and date of the declaration.
///
/// Every one of them must wait for it.
#[utoipa::path(
    post,
    path = "/api/v1/customs-releases",
    tag = "documents",
    request_body = CustomsReleaseRequest,
    responses((status = 201, description = "Applied", body = DocumentResponse))
)]
pub(crate) async fn clear_customs(
    State(api): State<Api>,
    sending: Sending<CustomsReleaseRequest>,
) -> Result<Response, Refused> {
    let make = |resolver: &mut Resolver<'_>, body: CustomsReleaseRequest| {
        let declaration = paper("/declaration", body.declaration)?;
        resolver.partial = body.partial;
        Ok(Document::ClearCustoms { units: resolver.units(&UNITS, &body.units)?, declaration })
    };
    sending.submit(&api, make).await
}
