//! `GET /api/v1/packages/{sscc}/history`.

use super::seen;
use crate::Api;
use crate::access::Caller;
use crate::extract::{Params, Segments};
use crate::history::{Form, Named, answer, body};
use crate::problem::Refused;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use shared::refusal::RefusalCode;
use shared::wire::v1::history::HistoryResponse;

/// Every event of a package in order, with its document, from the moment it was made.
///
/// For its owner, for the receiver of goods under way, and for state bodies; with `format=epcis` or `Accept:
/// application/ld+json` as an EPCIS 2.0 document.
#[utoipa::path(
    get,
    path = "/api/v1/packages/{sscc}/history",
    tag = "packages",
    params(
        ("sscc" = String, Path, description = "SSCC, 18 digits"),
        ("format" = Option<String>, Query, description = "`json` or `epcis`; by the Accept header if absent")
    ),
    responses((status = 200, description = "The events", content(
        (HistoryResponse = "application/json"),
        (Object = "application/ld+json")
    )))
)]
pub(crate) async fn history(
    State(api): State<Api>,
    Caller(caller): Caller,
    Segments(sscc): Segments<String>,
    headers: HeaderMap,
    mut params: Params,
) -> Result<Response, Refused> {
    let form = Form::asked(&mut params, &headers)?;
    params.done()?;
    let history = api
        .blocking(move |api| {
            let (package, _) = seen(api, caller.party, &sscc)?;
            let history = api.store().package_history(package)?.ok_or(RefusalCode::NotFound)?;
            body(api, caller.party, Named::Package(package), &history)
        })
        .await?;
    answer(&api, form, &history)
}
