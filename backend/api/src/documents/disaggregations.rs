//! `POST /api/v1/disaggregations`.

use super::Sending;
use crate::Api;
use crate::codes::Resolver;
use crate::problem::Refused;
use axum::extract::State;
use axum::response::Response;
use shared::document::Document;
use shared::wire::v1::documents::DocumentResponse;
use shared::wire::v1::packages::DisaggregationRequest;

/// Takes packages apart, one level.
///
/// What was in them is on its own again, packages in them stay whole (R4).
#[utoipa::path(
    post,
    path = "/api/v1/disaggregations",
    tag = "documents",
    request_body = DisaggregationRequest,
    responses((status = 201, description = "Applied", body = DocumentResponse))
)]
pub(crate) async fn disaggregate(
    State(api): State<Api>,
    sending: Sending<DisaggregationRequest>,
) -> Result<Response, Refused> {
    let make = |resolver: &mut Resolver<'_>, body: DisaggregationRequest| {
        Ok(Document::Disaggregate { packages: resolver.packages("/packages", &body.packages)? })
    };
    sending.submit(&api, make).await
}
