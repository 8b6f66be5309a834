//! `POST /api/v1/applications`.

use super::Sending;
use crate::Api;
use crate::codes::{Resolver, UNITS};
use crate::problem::Refused;
use axum::extract::State;
use axum::response::Response;
use shared::document::Document;
use shared::wire::v1::documents::{DocumentResponse, UnitsRequest};

/// Reports codes as applied to products.
///
/// The codes were printed on products or their packaging (rules of marking, decree 672 of 10.09.2019; R3, R21). Each
/// goes from `emitted` to `applied`. Only the participant that ordered them may.
#[utoipa::path(
    post,
    path = "/api/v1/applications",
    tag = "documents",
    request_body = UnitsRequest,
    responses((status = 201, description = "Applied", body = DocumentResponse))
)]
pub(crate) async fn apply(State(api): State<Api>, sending: Sending<UnitsRequest>) -> Result<Response, Refused> {
    let make = |resolver: &mut Resolver<'_>, body: UnitsRequest| {
        resolver.partial = body.partial;
        Ok(Document::Apply { units: resolver.units(&UNITS, &body.units)? })
    };
    sending.submit(&api, make).await
}
