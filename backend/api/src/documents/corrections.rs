//! `POST /api/v1/corrections`.

use super::Sending;
use crate::Api;
use crate::codes::{Resolver, UNITS};
use crate::problem::Refused;
use axum::extract::State;
use axum::response::Response;
use shared::document::{Document, Items};
use shared::refusal::Refusal;
use shared::state::DocumentNo;
use shared::wire::v1::documents::{CorrectionRequest, DocumentResponse};

/// Takes back what an earlier document did to some units or packages, where nothing has followed since.
///
/// Of a package named, everything is taken back that a document which forms, opens or takes apart packages did to it, put
/// into it and took out of it, or with whom it was withdrawn; a package whose forming is taken back may be formed again. Nothing is overwritten: the correction is a document of its own, and both stay in the history.
#[utoipa::path(
    post,
    path = "/api/v1/corrections",
    tag = "documents",
    request_body = CorrectionRequest,
    responses((status = 201, description = "Applied", body = DocumentResponse))
)]
pub(crate) async fn correct(State(api): State<Api>, sending: Sending<CorrectionRequest>) -> Result<Response, Refused> {
    let make = |resolver: &mut Resolver<'_>, body: CorrectionRequest| {
        let document = DocumentNo(body.document);
        let Items { units, packages } = resolver.items(&UNITS, &body.units)?;
        match (units.is_empty(), packages.is_empty()) {
            (_, true) => Ok(Document::Correct { document, units }),
            (true, false) => Ok(Document::CorrectPackages { document, packages }),
            (false, false) => {
                let reason = "units and packages are corrected by documents of their own";
                Err(Refusal::field("/units/packages", reason).into())
            }
        }
    };
    sending.submit(&api, make).await
}
