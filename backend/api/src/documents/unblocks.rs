//! `POST /api/v1/unblocks`.

use super::Sending;
use crate::Api;
use crate::codes::{Resolver, UNITS};
use crate::problem::Refused;
use axum::extract::State;
use axum::response::Response;
use shared::document::Document;
use shared::wire::v1::documents::{DocumentResponse, ItemsRequest};

/// Lifts the block of goods.
///
/// For state bodies. The goods are as they were before; every one of them must be blocked.
#[utoipa::path(
    post,
    path = "/api/v1/unblocks",
    tag = "documents",
    request_body = ItemsRequest,
    responses((status = 201, description = "Applied", body = DocumentResponse))
)]
pub(crate) async fn unblock(State(api): State<Api>, sending: Sending<ItemsRequest>) -> Result<Response, Refused> {
    let make = |resolver: &mut Resolver<'_>, body: ItemsRequest| {
        resolver.partial = body.partial;
        Ok(Document::Unblock { items: resolver.items(&UNITS, &body.units)? })
    };
    sending.submit(&api, make).await
}
