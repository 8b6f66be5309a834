//! `POST /api/v1/remarkings`.

use super::Sending;
use crate::Api;
use crate::codes::{Resolver, check_len};
use crate::problem::Refused;
use axum::extract::State;
use axum::response::Response;
use backend_ledger::Place;
use shared::document::Document;
use shared::wire::v1::documents::{DocumentResponse, RemarkingRequest};

/// Replaces damaged labels by new codes.
///
/// Each old code is linked to the new one and the other way round; the goods go on under the new code, of the same
/// product and not yet applied (R3).
#[utoipa::path(
    post,
    path = "/api/v1/remarkings",
    tag = "documents",
    request_body = RemarkingRequest,
    responses((status = 201, description = "Applied", body = DocumentResponse))
)]
pub(crate) async fn remark(State(api): State<Api>, sending: Sending<RemarkingRequest>) -> Result<Response, Refused> {
    let make = |resolver: &mut Resolver<'_>, body: RemarkingRequest| {
        check_len("/pairs", 0, body.pairs.len())?;
        let mut pairs = Vec::with_capacity(body.pairs.len());
        for (pair, outer) in body.pairs.iter().zip(0..) {
            let [old, new] = pair;
            let place = |index| Place::Listed { list: "/pairs/*", outer, index };
            let old = resolver.code(place(0), old)?;
            let new = resolver.code(place(1), new)?;
            pairs.extend(old.zip(new));
        }
        Ok(Document::Remark { pairs })
    };
    sending.submit(&api, make).await
}
