//! `POST /api/v1/orders`.

use crate::Api;
use crate::codes::Resolver;
use crate::documents::Sending;
use crate::problem::Refused;
use axum::extract::State;
use axum::response::Response;
use backend_store::Applied;
use shared::document::Document;
use shared::refusal::{Refusal, RefusalCode};
use shared::wire::v1::documents::{OrderRequest, OrderResponse};
use shared::wire::v1::problem::RefusedBody;
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
pub(crate) async fn create(State(api): State<Api>, sending: Sending<OrderRequest>) -> Result<Response, Refused> {
    let make = |resolver: &mut Resolver<'_>, body: OrderRequest| {
        let (gtin, quantity) = (gtin("/gtin", &body.gtin)?, body.quantity);
        let unknown = || Refusal::new(RefusalCode::ProductUnknown).at("/gtin").with("gtin", gtin);
        let group = resolver.api.store().series(gtin)?.ok_or_else(unknown)?.product.group;
        let profile = body.profile.unwrap_or_else(|| group.default_profile());
        let key = resolver.api.keyring().active(group, profile);
        resolver.key = Some(key.ok_or_else(|| Refusal::new(RefusalCode::NoActiveKey).at("/profile"))?);
        let answer = move |applied: &Applied, _: &[RefusedBody]| {
            let (order, at) = (applied.document.0, applied.at);
            serde_json::to_string(&OrderResponse { order, gtin: gtin.to_string(), quantity, profile, at })
        };
        Ok((Document::OrderCodes { gtin, quantity, profile }, answer))
    };
    sending.submit_answered(&api, make).await
}
