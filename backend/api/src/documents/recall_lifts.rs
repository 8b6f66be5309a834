//! `POST /api/v1/recall-lifts`.

use super::Sending;
use crate::Api;
use crate::codes::{Resolver, UNITS};
use crate::problem::Refused;
use axum::extract::State;
use axum::response::Response;
use shared::document::Document;
use shared::wire::v1::documents::{DocumentResponse, UnitsRequest};

/// Lifts the recall of goods.
///
/// By the participant that introduced them, or by a state body. Every one of them must be recalled.
#[utoipa::path(
    post,
    path = "/api/v1/recall-lifts",
    tag = "documents",
    request_body = UnitsRequest,
    responses((status = 201, description = "Applied", body = DocumentResponse))
)]
pub(crate) async fn lift_recall(State(api): State<Api>, sending: Sending<UnitsRequest>) -> Result<Response, Refused> {
    let make = |resolver: &mut Resolver<'_>, body: UnitsRequest| {
        resolver.partial = body.partial;
        Ok(Document::LiftRecall { units: resolver.units(&UNITS, &body.units)? })
    };
    sending.submit(&api, make).await
}
