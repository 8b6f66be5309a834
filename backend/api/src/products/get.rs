//! `GET /api/v1/products/{gtin}`.

use crate::Api;
use crate::extract::Segments;
use crate::problem::Refused;
use axum::extract::State;
use axum::response::Response;
use shared::refusal::{Refusal, RefusalCode};
use shared::wire::v1::products::{ProductBody, gtin};

/// A product card.
///
/// Cards are public: every participant sees all of them.
#[utoipa::path(
    get,
    path = "/api/v1/products/{gtin}",
    tag = "products",
    params(("gtin" = String, Path, description = "GTIN, 8, 12, 13 or 14 digits")),
    responses((status = 200, description = "The card", body = ProductBody))
)]
pub(crate) async fn get(State(api): State<Api>, Segments(text): Segments<String>) -> Result<Response, Refused> {
    // In a path there is no body to point into.
    let of = gtin("", &text).map_err(|refusal| Refusal::new(refusal.code))?;
    let series = api.blocking(move |api| Ok(api.store().series(of)?)).await?;
    let series = series.ok_or_else(|| Refusal::new(RefusalCode::ProductUnknown).with("gtin", of))?;
    crate::answer::json(&ProductBody::from(&series.product))
}
