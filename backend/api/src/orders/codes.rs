//! `GET /api/v1/orders/{order}/codes`.

use super::{numbers_of, order_of};
use crate::Api;
use crate::access::Caller;
use crate::codes::{Format, stream};
use crate::extract::{Params, Segments};
use crate::problem::Refused;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use shared::refusal::RefusalCode;
use std::sync::Arc;

/// The codes of an order, as a stream.
///
/// NDJSON: a line `{"code": …, "serial": …}` each, the separator GS as `\u001d`. CSV (RFC 4180): columns `code`, `gtin`,
/// `serial`, the separator as the character U+001D. Codes come in order and are the same whenever they are asked. An
/// answer that was cut off can be continued with `first`.
#[utoipa::path(
    get,
    path = "/api/v1/orders/{order}/codes",
    tag = "orders",
    params(
        ("order" = u64, Path, description = "Number of the order"),
        ("format" = Option<String>, Query, description = "`ndjson` or `csv`; by the Accept header if absent"),
        ("first" = Option<u64>, Query, description = "First code, counted from 0"),
        ("count" = Option<u64>, Query, description = "How many; all that follow if absent")
    ),
    responses((status = 200, description = "The codes", content(
        (String = "application/x-ndjson"),
        (String = "text/csv")
    )))
)]
pub(crate) async fn codes(
    State(api): State<Api>,
    caller: Caller,
    Segments(number): Segments<String>,
    mut params: Params,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let order = order_of(&api, &caller, &number).await?;
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let format = params.take::<Format>("format")?.unwrap_or_else(|| Format::of_accept(accept));
    let numbers = numbers_of(&order, &mut params)?;
    params.done()?;
    // Better refused than cut off: without its key the order has no codes.
    if api.keyring().tail_maker(&order.key).is_none() {
        return Err(RefusalCode::NoActiveKey.into());
    }
    let permit = Arc::clone(api.downloads()).try_acquire_owned().map_err(|_| RefusalCode::Busy)?;
    let name = format!("attachment; filename=\"order-{}.{}\"", order.order.0, format.extension());
    let mut response = crate::answer::bytes(format.media_type(), stream(&api, order, numbers, format, permit))?;
    let headers = response.headers_mut();
    headers.insert(header::VARY, HeaderValue::from_static("accept"));
    // Digits and letters make a header's value.
    if let Ok(name) = HeaderValue::try_from(name) {
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
    Ok(response)
}
