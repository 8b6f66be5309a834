//! `POST /api/v1/inner-sales`.

use super::Sending;
use crate::Api;
use crate::codes::Resolver;
use crate::problem::Refused;
use axum::extract::State;
use axum::response::Response;
use shared::document::Document;
use shared::wire::v1::documents::{DocumentResponse, InnerSaleRequest};

/// Notes that inner units of a unit are sold one by one, such as packs out of a block.
///
/// The unit stays in circulation and counts what was sold of it (R3).
#[utoipa::path(
    post,
    path = "/api/v1/inner-sales",
    tag = "documents",
    request_body = InnerSaleRequest,
    responses((status = 201, description = "Applied", body = DocumentResponse))
)]
pub(crate) async fn sell_inner(
    State(api): State<Api>,
    sending: Sending<InnerSaleRequest>,
) -> Result<Response, Refused> {
    let make = |resolver: &mut Resolver<'_>, body: InnerSaleRequest| {
        let unit = resolver.unit("/code", &body.code)?;
        Ok(Document::SellInner { unit, count: body.count, region: body.region })
    };
    sending.submit(&api, make).await
}
