//! `POST /api/v1/units/lookup`.

use crate::Api;
use crate::access::Caller;
use crate::codes::unit_of;
use crate::extract::Sent;
use crate::problem::Refused;
use axum::extract::State;
use axum::response::Response;
use shared::party::Role;
use shared::refusal::{Refusal, RefusalCode};
use shared::wire::v1::documents::{LookupRequest, UnitResponse};

/// State of one code, with the documents that brought it there.
///
/// For its owner and for state bodies (R22). The code is in the body, not in the address, so that no log keeps it.
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
            let (mark, number) = unit_of(api, &sent.body.code)?;
            let unit = api.store().unit(mark.gtin, number)?;
            let unit = unit.ok_or_else(|| Refusal::new(RefusalCode::CodeNotIssued).at("/code"))?;
            if unit.owner != caller.party.id && caller.party.role != Role::Inspector {
                return Err(Refusal::new(RefusalCode::UnitNotYours).at("/code").into());
            }
            Ok(UnitResponse {
                gtin: mark.gtin.to_string(),
                serial: mark.serial,
                status: unit.state.status,
                introduced: unit.state.introduced.map(|number| number.0),
                withdrawn: unit.state.withdrawn.map(|number| number.0),
                blocked: unit.state.blocked.map(|number| number.0),
            })
        })
        .await?;
    crate::answer::json(&unit)
}
