//! `POST /api/v1/blocks`.

use super::{Made, Sending, document_answer};
use crate::Api;
use crate::access::Caller;
use crate::extract::{IdempotencyKey, Sent};
use crate::problem::Refused;
use axum::extract::State;
use axum::response::Response;
use shared::document::Document;
use shared::wire::v1::documents::{BlockRequest, DocumentResponse};

/// Blocks units, whoever owns them.
///
/// For state bodies: goods recalled, unsafe or under investigation. Blocked units are neither sold, used nor exported, and
/// a check warns of them, also of those sold before. A newer block takes the place of the one that stands.
#[utoipa::path(
    post,
    path = "/api/v1/blocks",
    tag = "documents",
    request_body = BlockRequest,
    responses((status = 201, description = "Applied", body = DocumentResponse))
)]
pub(crate) async fn block(
    State(api): State<Api>,
    caller: Caller,
    key: IdempotencyKey,
    sent: Sent<BlockRequest>,
) -> Result<Response, Refused> {
    let Sent { body, text } = sent;
    let sending = Sending { caller, key, route: "/api/v1/blocks", text };
    let make = move |api: &Api, by| {
        Made::of_units(api, by, &body.units, |units| Document::Block { units, reason: body.reason })
    };
    sending.submit(&api, make, document_answer).await
}
