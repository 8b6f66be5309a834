//! `POST /api/v1/unblocks`.

use super::{Made, Sending, document_answer};
use crate::Api;
use crate::access::Caller;
use crate::extract::{IdempotencyKey, Sent};
use crate::problem::Refused;
use axum::extract::State;
use axum::response::Response;
use shared::document::Document;
use shared::wire::v1::documents::{DocumentResponse, UnblockRequest};

/// Lifts the block of units.
///
/// For state bodies. The units are as they were before; every one of them must be blocked.
#[utoipa::path(
    post,
    path = "/api/v1/unblocks",
    tag = "documents",
    request_body = UnblockRequest,
    responses((status = 201, description = "Applied", body = DocumentResponse))
)]
pub(crate) async fn unblock(
    State(api): State<Api>,
    caller: Caller,
    key: IdempotencyKey,
    sent: Sent<UnblockRequest>,
) -> Result<Response, Refused> {
    let Sent { body, text } = sent;
    let sending = Sending { caller, key, route: "/api/v1/unblocks", text };
    let make = move |api: &Api, by| Made::of_units(api, by, &body.units, |units| Document::Unblock { units });
    sending.submit(&api, make, document_answer).await
}
