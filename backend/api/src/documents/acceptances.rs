//! `POST /api/v1/acceptances`.

use super::Sending;
use crate::Api;
use crate::codes::{DIFFERING, Resolver, check_len};
use crate::problem::Refused;
use axum::extract::State;
use axum::response::Response;
use shared::document::{Differing, Document};
use shared::state::DocumentNo;
use shared::wire::v1::documents::DocumentResponse;
use shared::wire::v1::shipments::AcceptanceRequest;

/// Accepts a shipment, all but what differs from what was announced.
///
/// Overage, shortage, product without data, data without product, damaged: what is listed stays with the sender; the
/// rest has a new owner.
#[utoipa::path(
    post,
    path = "/api/v1/acceptances",
    tag = "documents",
    request_body = AcceptanceRequest,
    responses((status = 201, description = "Applied", body = DocumentResponse))
)]
pub(crate) async fn accept(State(api): State<Api>, sending: Sending<AcceptanceRequest>) -> Result<Response, Refused> {
    let make = |resolver: &mut Resolver<'_>, body: AcceptanceRequest| {
        check_len("/differing", 0, body.differing.len())?;
        let mut differing = Vec::with_capacity(body.differing.len());
        for (entry, outer) in body.differing.iter().zip(0..) {
            differing.push(Differing { items: resolver.items_at(&DIFFERING, outer, &entry.units)?, how: entry.how });
        }
        Ok(Document::Accept { shipment: DocumentNo(body.shipment), differing })
    };
    sending.submit(&api, make).await
}
