//! `POST /api/v1/units/lookup`.

use super::unit_body;
use crate::Api;
use crate::access::Caller;
use crate::codes::{Names, unit_of};
use crate::extract::Sent;
use crate::problem::Refused;
use crate::sight::may_see;
use axum::extract::State;
use axum::response::Response;
use shared::refusal::{Refusal, RefusalCode};
use shared::wire::v1::units::{LookupRequest, UnitResponse};

/// State of one code, with the documents that brought it there.
///
/// For its owner, for the receiver of goods under way, and for state bodies (R22). The code is in the body, not in the
/// address, so that no log keeps it.
#[utoipa::path(
    post,
    path = "/api/v1/units/lookup",
    tag = "units",
    request_body = LookupRequest,
    responses((status = 200, description = "The unit", body = UnitResponse))
)]
pub(crate) async fn lookup(
    State(api): State<Api>,
    Caller(caller): Caller,
    sent: Sent<LookupRequest>,
) -> Result<Response, Refused> {
    let unit = api
        .blocking(move |api| {
            let found = unit_of(api, "/code", &sent.body.code)?;
            let record = api.store().units(&[(found.series, found.number)])?.pop().flatten();
            let record = record.ok_or_else(|| Refusal::new(RefusalCode::CodeNotIssued).at("/code"))?;
            if !may_see(api, caller.party, &record)? {
                return Err(Refusal::new(RefusalCode::UnitNotYours).at("/code").into());
            }
            unit_body(&mut Names::new(api), found, &record)
        })
        .await?;
    crate::answer::json(&unit)
}
