//! `GET /api/v1/orders/{order}/labels.pdf`.

use super::{numbers_of, order_of};
use crate::Api;
use crate::access::Caller;
use crate::codes::CodeMaker;
use crate::extract::{Params, Segments};
use crate::labels::{Label, sheet};
use crate::limits::LABELS;
use crate::problem::Refused;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::Response;
use locales::Locale;
use shared::refusal::{Refusal, RefusalCode};
use std::sync::Arc;

/// Label sheets to print: A4, with the human-readable text.
///
/// The name of the product is in the language of `Accept-Language`.
#[utoipa::path(
    get,
    path = "/api/v1/orders/{order}/labels.pdf",
    tag = "orders",
    params(
        ("order" = u64, Path, description = "Number of the order"),
        ("first" = Option<u64>, Query, description = "First code, counted from 0"),
        ("count" = Option<u64>, Query, description = "How many; all that follow if absent")
    ),
    responses((status = 200, description = "The sheets", body = String, content_type = "application/pdf"))
)]
pub(crate) async fn labels(
    State(api): State<Api>,
    caller: Caller,
    Segments(number): Segments<String>,
    mut params: Params,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let order = order_of(&api, &caller, &number).await?;
    let numbers = numbers_of(&order, &mut params)?;
    params.done()?;
    if numbers.end - numbers.start > LABELS {
        return Err(Refusal::new(RefusalCode::TooManyLabels).with("limit", LABELS).into());
    }
    let permit = Arc::clone(api.downloads()).try_acquire_owned().map_err(|_| RefusalCode::Busy)?;
    let asked = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let locale = Locale::negotiate(asked.unwrap_or_default());
    let pdf = api
        .blocking(move |api| {
            let _permit = permit;
            let maker = CodeMaker::new(api.keyring(), &order).ok_or(RefusalCode::NoActiveKey)?;
            let codes = maker.codes(numbers).ok_or(RefusalCode::UnitsOutOfOrder)?;
            let name = order.product.name.get(locale.tag());
            let labels: Vec<Label<'_>> = codes.iter().map(|code| Label { element_string: &code.text, name }).collect();
            sheet(&labels).map_err(|error| {
                tracing::error!(%error, order = order.order.0, "a label sheet could not be drawn");
                RefusalCode::StoreUnavailable.into()
            })
        })
        .await?;
    crate::answer::bytes("application/pdf", pdf)
}
