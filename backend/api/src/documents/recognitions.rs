//! `POST /api/v1/recognitions`.

use super::Sending;
use crate::Api;
use crate::codes::{Resolver, check_len};
use crate::problem::Refused;
use axum::extract::State;
use axum::response::Response;
use shared::document::Document;
use shared::wire::v1::documents::{DocumentResponse, RecognitionRequest};
use shared::wire::v1::products::gtin;

/// Recognises codes of another state of the Union: they are in circulation there and from now on here.
///
/// They live under the same rules as ours.
#[utoipa::path(
    post,
    path = "/api/v1/recognitions",
    tag = "documents",
    request_body = RecognitionRequest,
    responses((status = 201, description = "Applied", body = DocumentResponse))
)]
pub(crate) async fn recognise(
    State(api): State<Api>,
    sending: Sending<RecognitionRequest>,
) -> Result<Response, Refused> {
    let make = |_: &mut Resolver<'_>, body: RecognitionRequest| {
        check_len("/serials", 0, body.serials.len())?;
        let gtin = gtin("/gtin", &body.gtin)?;
        Ok(Document::RecogniseSerials { gtin, state: body.state, serials: body.serials })
    };
    sending.submit(&api, make).await
}
