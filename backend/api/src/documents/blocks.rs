//! `POST /api/v1/blocks`.

use super::Sending;
use crate::Api;
use crate::codes::{Resolver, UNITS};
use crate::problem::Refused;
use axum::extract::State;
use axum::response::Response;
use shared::document::Document;
use shared::wire::v1::documents::{BlockRequest, DocumentResponse};

/// Blocks goods, whoever owns them.
///
/// For state bodies: goods recalled, unsafe or under investigation. Blocked goods are neither sold, used, shipped nor
/// exported, and a check warns of them, also of those sold before. A newer block takes the place of the one that
/// stands.
#[utoipa::path(
    post,
    path = "/api/v1/blocks",
    tag = "documents",
    request_body = BlockRequest,
    responses((status = 201, description = "Applied", body = DocumentResponse))
)]
pub(crate) async fn block(State(api): State<Api>, sending: Sending<BlockRequest>) -> Result<Response, Refused> {
    let make = |resolver: &mut Resolver<'_>, body: BlockRequest| {
        resolver.partial = body.partial;
        Ok(Document::Block { items: resolver.items(&UNITS, &body.units)?, reason: body.reason })
    };
    sending.submit(&api, make).await
}
