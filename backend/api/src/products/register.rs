//! `POST /api/v1/products`.

use crate::Api;
use crate::codes::Resolver;
use crate::documents::Sending;
use crate::problem::Refused;
use axum::extract::State;
use axum::response::Response;
use backend_store::Applied;
use shared::document::Document;
use shared::product::Product;
use shared::wire::v1::problem::RefusedBody;
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
pub(crate) async fn register(State(api): State<Api>, sending: Sending<ProductBody>) -> Result<Response, Refused> {
    let make = |_: &mut Resolver<'_>, body: ProductBody| {
        let product = Product::try_from(body)?;
        let card = serde_json::to_string(&ProductBody::from(&product))?;
        let answer = move |_: &Applied, _: &[RefusedBody]| Ok(card.clone());
        Ok((Document::RegisterProduct(product), answer))
    };
    sending.submit_answered(&api, make).await
}
