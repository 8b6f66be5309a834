//! `GET /api/v1/orders/{order}`.

use super::order_of;
use crate::Api;
use crate::access::Caller;
use crate::extract::Segments;
use crate::problem::Refused;
use axum::extract::State;
use axum::response::Response;
use shared::wire::v1::documents::OrderResponse;

/// An order of the caller.
#[utoipa::path(
    get,
    path = "/api/v1/orders/{order}",
    tag = "orders",
    params(("order" = u64, Path, description = "Number of the order")),
    responses((status = 200, description = "The order", body = OrderResponse))
)]
pub(crate) async fn get(
    State(api): State<Api>,
    caller: Caller,
    Segments(number): Segments<String>,
) -> Result<Response, Refused> {
    let order = order_of(&api, &caller, &number).await?;
    crate::answer::json(&OrderResponse {
        order: order.order.0,
        gtin: order.product.gtin.to_string(),
        quantity: order.range.count,
        profile: order.profile,
        at: order.at,
    })
}
