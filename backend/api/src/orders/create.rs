//! `POST /api/v1/orders`.

use crate::Api;
use crate::access::Caller;
use crate::documents::{Made, Sending};
use crate::extract::{IdempotencyKey, Sent};
use crate::problem::Refused;
use axum::extract::State;
use axum::response::Response;
use shared::document::Document;
use shared::refusal::{Refusal, RefusalCode};
use shared::wire::v1::documents::{OrderRequest, OrderResponse};
use shared::wire::v1::products::gtin;

/// Orders codes: the next numbers of the GTIN's series.
///
/// Each code is unique for ever (R1) and carries a tail that cannot be made without the operator's key (R2). Codes are
/// computed when they are downloaded, so the answer comes at once whatever the quantity.
#[utoipa::path(
    post,
    path = "/api/v1/orders",
    tag = "orders",
    request_body = OrderRequest,
    responses((status = 201, description = "Ordered", body = OrderResponse))
)]
pub(crate) async fn create(
    State(api): State<Api>,
    caller: Caller,
    key: IdempotencyKey,
    sent: Sent<OrderRequest>,
) -> Result<Response, Refused> {
    let Sent { body, text } = sent;
    let gtin = gtin("/gtin", &body.gtin)?;
    let (sent_profile, quantity) = (body.profile, body.quantity);
    let sending = Sending { caller, key, route: "/api/v1/orders", text };
    // The profile of the answer is known once the card is; it passes from one closure to the other.
    let (tell, told) = std::sync::mpsc::channel();
    let make = move |api: &Api, _| {
        let series = api.store().series(gtin)?;
        let unknown = || Refusal::new(RefusalCode::ProductUnknown).at("/gtin").with("gtin", gtin);
        let group = series.ok_or_else(unknown)?.product.group;
        let profile = sent_profile.unwrap_or_else(|| group.default_profile());
        let key = api.keyring().active(group, profile);
        let key = key.ok_or_else(|| Refusal::new(RefusalCode::NoActiveKey).at("/profile"))?;
        // The receiver lives as long as the request.
        let _ = tell.send(profile);
        let document = Document::OrderCodes { gtin, quantity, profile };
        Ok(Made { document, places: Vec::new(), key: Some(key) })
    };
    let answer = move |applied: &backend_store::Applied| {
        let profile = told.recv().map_err(serde::de::Error::custom)?;
        serde_json::to_string(&OrderResponse {
            order: applied.document.0,
            gtin: gtin.to_string(),
            quantity,
            profile,
            at: applied.at,
        })
    };
    sending.submit(&api, make, answer).await
}
