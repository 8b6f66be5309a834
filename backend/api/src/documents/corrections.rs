//! `POST /api/v1/corrections`.

use super::Sending;
use crate::Api;
use crate::codes::{Resolver, UNITS};
use crate::problem::Refused;
use axum::extract::State;
use axum::response::Response;
use shared::document::Document;
use shared::state::DocumentNo;
use shared::wire::v1::documents::{CorrectionRequest, DocumentResponse};

/// Takes back what an earlier document did to some units, where nothing has followed since.
///
/// Nothing is overwritten: the correction is a document of its own, and both stay in the history.
#[utoipa::path(
    post,
    path = "/api/v1/corrections",
    tag = "documents",
    request_body = CorrectionRequest,
    responses((status = 201, description = "Applied", body = DocumentResponse))
)]
pub(crate) async fn correct(State(api): State<Api>, sending: Sending<CorrectionRequest>) -> Result<Response, Refused> {
    let make = |resolver: &mut Resolver<'_>, body: CorrectionRequest| {
        Ok(Document::Correct { document: DocumentNo(body.document), units: resolver.units(&UNITS, &body.units)? })
    };
    sending.submit(&api, make).await
}
