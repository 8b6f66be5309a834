//! `POST /api/v1/transformations`.

use super::Sending;
use crate::Api;
use crate::codes::{FROM, Resolver, TO};
use crate::problem::Refused;
use axum::extract::State;
use axum::response::Response;
use shared::document::Document;
use shared::product::Facts;
use shared::wire::v1::documents::{DocumentResponse, TransformationRequest};

/// Makes new goods out of others: a set, a repacking.
///
/// What is used up is withdrawn; what comes of it was applied before and is introduced by this document, with its
/// facts (R3, R4).
#[utoipa::path(
    post,
    path = "/api/v1/transformations",
    tag = "documents",
    request_body = TransformationRequest,
    responses((status = 201, description = "Applied", body = DocumentResponse))
)]
pub(crate) async fn transform(
    State(api): State<Api>,
    sending: Sending<TransformationRequest>,
) -> Result<Response, Refused> {
    let make = |resolver: &mut Resolver<'_>, body: TransformationRequest| {
        let facts = Facts::try_from(body.facts)?;
        let from = resolver.items(&FROM, &body.from)?;
        let to = resolver.units(&TO, &body.to)?;
        Ok(Document::Transform { from, to, facts })
    };
    sending.submit(&api, make).await
}
