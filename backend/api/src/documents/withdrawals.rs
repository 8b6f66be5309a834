//! `POST /api/v1/withdrawals`.

use super::Sending;
use crate::Api;
use crate::codes::{Resolver, UNITS};
use crate::problem::Refused;
use axum::extract::State;
use axum::response::Response;
use shared::document::Document;
use shared::wire::v1::documents::{DocumentResponse, WithdrawalRequest};

/// Withdraws goods from circulation.
///
/// By sale to a consumer (sellers: units of any owner), own use, production, state contract, export, donation,
/// samples, loss, damage, destruction, confiscation, recall, expiry and the other reasons of R3. A package stands for
/// all that is in it; a unit that is sold out of a package takes the package apart in the same document. Whether
/// goods may come back depends on the reason (R1).
#[utoipa::path(
    post,
    path = "/api/v1/withdrawals",
    tag = "documents",
    request_body = WithdrawalRequest,
    responses((status = 201, description = "Applied", body = DocumentResponse))
)]
pub(crate) async fn withdraw(State(api): State<Api>, sending: Sending<WithdrawalRequest>) -> Result<Response, Refused> {
    let make = |resolver: &mut Resolver<'_>, body: WithdrawalRequest| {
        resolver.partial = body.partial;
        let items = resolver.items(&UNITS, &body.units)?;
        Ok(Document::Withdraw { items, reason: body.reason, region: body.region })
    };
    sending.submit(&api, make).await
}
