//! `POST /api/v1/withdrawals`.

use super::{Made, Sending, document_answer};
use crate::Api;
use crate::access::Caller;
use crate::extract::{IdempotencyKey, Sent};
use crate::problem::Refused;
use axum::extract::State;
use axum::response::Response;
use shared::document::Document;
use shared::wire::v1::documents::{DocumentResponse, WithdrawalRequest};

/// Withdraws units from circulation, for ever.
///
/// By sale to a consumer (sellers: units of any owner), own use, export, loss, damage or destruction (owners: R3). What was
/// never in circulation can only be lost, damaged or destroyed; so can what is blocked. A code that was withdrawn never
/// comes back (R1).
#[utoipa::path(
    post,
    path = "/api/v1/withdrawals",
    tag = "documents",
    request_body = WithdrawalRequest,
    responses((status = 201, description = "Applied", body = DocumentResponse))
)]
pub(crate) async fn withdraw(
    State(api): State<Api>,
    caller: Caller,
    key: IdempotencyKey,
    sent: Sent<WithdrawalRequest>,
) -> Result<Response, Refused> {
    let Sent { body, text } = sent;
    let sending = Sending { caller, key, route: "/api/v1/withdrawals", text };
    let make = move |api: &Api, by| {
        let (reason, region) = (body.reason, body.region);
        Made::of_units(api, by, &body.units, |units| Document::Withdraw { units, reason, region })
    };
    sending.submit(&api, make, document_answer).await
}
