//! `POST /api/v1/products`.

use crate::Api;
use crate::access::Caller;
use crate::documents::Sending;
use crate::extract::{IdempotencyKey, Sent};
use crate::problem::Refused;
use axum::extract::State;
use axum::response::Response;
use shared::document::Document;
use shared::product::Product;
use shared::wire::v1::products::ProductBody;

/// Registers a product card.
///
/// What a GTIN is, the same for every unit: trade name, manufacturer, importer and country of R5 (decree 672, appendix 3).
/// Names in Kazakh and Russian are required (R16). The participant that registers owns the units of the GTIN.
#[utoipa::path(
    post,
    path = "/api/v1/products",
    tag = "products",
    request_body = ProductBody,
    responses((status = 201, description = "Registered", body = ProductBody))
)]
pub(crate) async fn register(
    State(api): State<Api>,
    caller: Caller,
    key: IdempotencyKey,
    sent: Sent<ProductBody>,
) -> Result<Response, Refused> {
    let Sent { body, text } = sent;
    let product = Product::try_from(body)?;
    let answer = serde_json::to_string(&ProductBody::from(&product))?;
    let sending = Sending { caller, key, route: "/api/v1/products", text };
    sending.submit(&api, |_, _| Ok(Document::RegisterProduct(product).into()), |_| Ok(answer)).await
}
