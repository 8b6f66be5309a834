//! `POST /api/v1/applications`.

use super::{Made, Sending, document_answer};
use crate::Api;
use crate::access::Caller;
use crate::extract::{IdempotencyKey, Sent};
use crate::problem::Refused;
use axum::extract::State;
use axum::response::Response;
use shared::document::Document;
use shared::wire::v1::documents::{ApplicationRequest, DocumentResponse};

/// Reports codes as applied to products.
///
/// The codes were printed on products or their packaging (rules of marking, decree 672 of 10.09.2019; R3, R21). Each goes
/// from `emitted` to `applied`. Only the participant that ordered them may.
#[utoipa::path(
    post,
    path = "/api/v1/applications",
    tag = "documents",
    request_body = ApplicationRequest,
    responses((status = 201, description = "Applied", body = DocumentResponse))
)]
pub(crate) async fn apply(
    State(api): State<Api>,
    caller: Caller,
    key: IdempotencyKey,
    sent: Sent<ApplicationRequest>,
) -> Result<Response, Refused> {
    let Sent { body, text } = sent;
    let sending = Sending { caller, key, route: "/api/v1/applications", text };
    let make = move |api: &Api, by| Made::of_units(api, by, &body.units, |units| Document::Apply { units });
    sending.submit(&api, make, document_answer).await
}
