//! `POST /api/v1/shipments`.

use super::Sending;
use crate::Api;
use crate::codes::{Resolver, UNITS};
use crate::problem::Refused;
use axum::extract::State;
use axum::response::Response;
use shared::document::Document;
use shared::party::PartyId;
use shared::wire::v1::documents::DocumentResponse;
use shared::wire::v1::shipments::ShipmentRequest;

/// Ships goods to another participant.
///
/// They are under way until the receiver accepts or refuses them, fifteen working days at most; the owner changes
/// when both sides have confirmed. A package stands for all that is in it.
#[utoipa::path(
    post,
    path = "/api/v1/shipments",
    tag = "documents",
    request_body = ShipmentRequest,
    responses((status = 201, description = "Applied", body = DocumentResponse))
)]
pub(crate) async fn ship(State(api): State<Api>, sending: Sending<ShipmentRequest>) -> Result<Response, Refused> {
    let make = |resolver: &mut Resolver<'_>, body: ShipmentRequest| {
        Ok(Document::Ship { items: resolver.items(&UNITS, &body.units)?, to: PartyId(body.to) })
    };
    sending.submit(&api, make).await
}
