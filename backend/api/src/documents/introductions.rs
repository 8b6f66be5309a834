//! `POST /api/v1/introductions`.

use super::Sending;
use crate::Api;
use crate::codes::{Resolver, UNITS};
use crate::problem::Refused;
use axum::extract::State;
use axum::response::Response;
use shared::document::Document;
use shared::product::Facts;
use shared::wire::v1::documents::{DocumentResponse, IntroductionRequest};

/// Introduces units into circulation, with the facts that a check shows.
///
/// All of one product. The facts are those of R5 (decree 672, appendix 3): place and date of production, document of
/// conformity, test certificate, price; for imported goods number and date of the customs declaration. Each unit goes
/// from `applied` to `in_circulation`, once: no second serialisation (R1).
#[utoipa::path(
    post,
    path = "/api/v1/introductions",
    tag = "documents",
    request_body = IntroductionRequest,
    responses((status = 201, description = "Applied", body = DocumentResponse))
)]
pub(crate) async fn introduce(
    State(api): State<Api>,
    sending: Sending<IntroductionRequest>,
) -> Result<Response, Refused> {
    let make = |resolver: &mut Resolver<'_>, body: IntroductionRequest| {
        let facts = Facts::try_from(body.facts)?;
        resolver.partial = body.partial;
        Ok(Document::Introduce { units: resolver.units(&UNITS, &body.units)?, facts })
    };
    sending.submit(&api, make).await
}
