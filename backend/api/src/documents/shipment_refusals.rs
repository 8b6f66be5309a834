//! `POST /api/v1/shipment-refusals`.

use super::Sending;
use crate::Api;
use crate::codes::Resolver;
use crate::problem::Refused;
use axum::extract::State;
use axum::response::Response;
use shared::document::Document;
use shared::state::DocumentNo;
use shared::wire::v1::documents::DocumentResponse;
use shared::wire::v1::shipments::ShipmentEndRequest;

/// Refuses a shipment: the goods stay with their sender.
///
/// Only its receiver may.
#[utoipa::path(
    post,
    path = "/api/v1/shipment-refusals",
    tag = "documents",
    request_body = ShipmentEndRequest,
    responses((status = 201, description = "Applied", body = DocumentResponse))
)]
pub(crate) async fn refuse_shipment(
    State(api): State<Api>,
    sending: Sending<ShipmentEndRequest>,
) -> Result<Response, Refused> {
    let make = |_: &mut Resolver<'_>, body: ShipmentEndRequest| {
        Ok(Document::RefuseShipment { shipment: DocumentNo(body.shipment) })
    };
    sending.submit(&api, make).await
}
