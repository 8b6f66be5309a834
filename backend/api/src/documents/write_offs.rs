//! `POST /api/v1/write-offs`.

use super::Sending;
use crate::Api;
use crate::codes::{Resolver, UNITS};
use crate::problem::Refused;
use axum::extract::State;
use axum::response::Response;
use shared::document::Document;
use shared::wire::v1::documents::{DocumentResponse, WriteOffRequest};

/// Gives up codes that never were in circulation.
///
/// The label or the goods are gone before they were introduced: lost, damaged, destroyed, past their date and so on
/// (R3). A code that was written off never comes back.
#[utoipa::path(
    post,
    path = "/api/v1/write-offs",
    tag = "documents",
    request_body = WriteOffRequest,
    responses((status = 201, description = "Applied", body = DocumentResponse))
)]
pub(crate) async fn write_off(State(api): State<Api>, sending: Sending<WriteOffRequest>) -> Result<Response, Refused> {
    let make = |resolver: &mut Resolver<'_>, body: WriteOffRequest| {
        resolver.partial = body.partial;
        Ok(Document::WriteOff { units: resolver.units(&UNITS, &body.units)?, reason: body.reason })
    };
    sending.submit(&api, make).await
}
