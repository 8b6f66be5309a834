//! `POST /api/v1/units/history`.

use crate::Api;
use crate::access::Caller;
use crate::codes::unit_of;
use crate::extract::{Params, Sent};
use crate::history::{Form, Named, answer, body};
use crate::problem::Refused;
use crate::sight::may_see;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use shared::refusal::{Refusal, RefusalCode};
use shared::wire::v1::history::HistoryResponse;
use shared::wire::v1::units::{LookupRequest, UnitName};

/// Every event of one code in order, with its document, from the moment of issue.
///
/// Also what happened to it in the packages that it was in. For its owner and for state bodies (R22); with `format=epcis`
/// or `Accept: application/ld+json` as an EPCIS 2.0 document.
#[utoipa::path(
    post,
    path = "/api/v1/units/history",
    tag = "units",
    params(("format" = Option<String>, Query, description = "`json` or `epcis`; by the Accept header if absent")),
    request_body = LookupRequest,
    responses((status = 200, description = "The events", content(
        (HistoryResponse = "application/json"),
        (Object = "application/ld+json")
    )))
)]
pub(crate) async fn history(
    State(api): State<Api>,
    Caller(caller): Caller,
    headers: HeaderMap,
    mut params: Params,
    sent: Sent<LookupRequest>,
) -> Result<Response, Refused> {
    let form = Form::asked(&mut params, &headers)?;
    params.done()?;
    let history = api
        .blocking(move |api| {
            let found = unit_of(api, "/code", &sent.body.code)?;
            let record = api.store().units(&[(found.series, found.number)])?.pop().flatten();
            let not_issued = || Refusal::new(RefusalCode::CodeNotIssued).at("/code");
            if !may_see(api, caller.party, &record.ok_or_else(not_issued)?)? {
                return Err(Refusal::new(RefusalCode::UnitNotYours).at("/code").into());
            }
            let history = api.store().history(found.series, found.number)?.ok_or_else(not_issued)?;
            let name = UnitName { gtin: found.gtin.to_string(), serial: found.serial };
            body(api, caller.party, Named::Unit(name), &history)
        })
        .await?;
    answer(&api, form, &history)
}
