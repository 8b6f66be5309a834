//! `GET /api/v1/shipments/{document}`.

use super::shipment_body;
use crate::Api;
use crate::access::Caller;
use crate::extract::Segments;
use crate::problem::Refused;
use axum::extract::State;
use axum::response::Response;
use shared::party::Role;
use shared::refusal::RefusalCode;
use shared::state::DocumentNo;
use shared::wire::v1::shipments::ShipmentResponse;

/// A shipment and how it stands.
///
/// For its sender, its receiver and state bodies; to all others it does not exist. What was shipped is in its document.
#[utoipa::path(
    get,
    path = "/api/v1/shipments/{document}",
    tag = "shipments",
    params(("document" = u64, Path, description = "Number of the shipment's document")),
    responses((status = 200, description = "The shipment", body = ShipmentResponse))
)]
pub(crate) async fn get(
    State(api): State<Api>,
    Caller(caller): Caller,
    Segments(number): Segments<String>,
) -> Result<Response, Refused> {
    let number = number.parse().map_err(|_| RefusalCode::ShipmentUnknown)?;
    let record = api.blocking(move |api| Ok(api.store().shipment(DocumentNo(number))?)).await?;
    let by = caller.party;
    let record =
        record.filter(|record| record.sender == by.id || record.receiver == by.id || by.role == Role::Inspector);
    crate::answer::json(&shipment_body(&record.ok_or(RefusalCode::ShipmentUnknown)?))
}
