//! `POST /api/v1/replacements`.

use super::Sending;
use crate::Api;
use crate::codes::{INTO, OUT, Resolver};
use crate::problem::Refused;
use axum::extract::State;
use axum::response::Response;
use shared::document::Document;
use shared::wire::v1::documents::DocumentResponse;
use shared::wire::v1::packages::ReplacementRequest;

/// Exchanges contents of a package: some goods come out, others go in, and the package stays (R4).
#[utoipa::path(
    post,
    path = "/api/v1/replacements",
    tag = "documents",
    request_body = ReplacementRequest,
    responses((status = 201, description = "Applied", body = DocumentResponse))
)]
pub(crate) async fn replace(State(api): State<Api>, sending: Sending<ReplacementRequest>) -> Result<Response, Refused> {
    let make = |resolver: &mut Resolver<'_>, body: ReplacementRequest| {
        let package = resolver.package("/package", &body.package)?;
        let out = resolver.items(&OUT, &body.out)?;
        let into = resolver.items(&INTO, &body.into)?;
        Ok(Document::Replace { package, out, into })
    };
    sending.submit(&api, make).await
}
