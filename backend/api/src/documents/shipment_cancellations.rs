//! `POST /api/v1/shipment-cancellations`.

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

/// Takes a shipment back before it is answered.
///
/// Only its sender may.
#[utoipa::path(
    post,
    path = "/api/v1/shipment-cancellations",
    tag = "documents",
    request_body = ShipmentEndRequest,
    responses((status = 201, description = "Applied", body = DocumentResponse))
)]
pub(crate) async fn cancel_shipment(
    State(api): State<Api>,
    sending: Sending<ShipmentEndRequest>,
) -> Result<Response, Refused> {
    let make = |_: &mut Resolver<'_>, body: ShipmentEndRequest| {
        Ok(Document::CancelShipment { shipment: DocumentNo(body.shipment) })
    };
    sending.submit(&api, make).await
}
