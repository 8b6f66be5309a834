//! `POST /api/v1/serials`.

use super::Sending;
use crate::Api;
use crate::codes::{Resolver, check_len};
use crate::problem::Refused;
use axum::extract::State;
use axum::response::Response;
use shared::document::Document;
use shared::wire::v1::documents::{DocumentResponse, SerialsRequest};
use shared::wire::v1::products::gtin;

/// Registers a participant's own serials of a product, before they are used.
///
/// For those who number their goods themselves. From then on the codes live under the same rules as ours; no serial
/// is registered twice (R1).
#[utoipa::path(
    post,
    path = "/api/v1/serials",
    tag = "documents",
    request_body = SerialsRequest,
    responses((status = 201, description = "Applied", body = DocumentResponse))
)]
pub(crate) async fn register_serials(
    State(api): State<Api>,
    sending: Sending<SerialsRequest>,
) -> Result<Response, Refused> {
    let make = |_: &mut Resolver<'_>, body: SerialsRequest| {
        check_len("/serials", 0, body.serials.len())?;
        Ok(Document::RegisterSerials { gtin: gtin("/gtin", &body.gtin)?, serials: body.serials })
    };
    sending.submit(&api, make).await
}
