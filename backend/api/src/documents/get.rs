//! `GET /api/v1/documents/{document}`.

use crate::Api;
use crate::access::Caller;
use crate::extract::Segments;
use crate::problem::Refused;
use axum::extract::State;
use axum::response::Response;
use shared::document::DocumentKind;
use shared::party::Role;
use shared::refusal::RefusalCode;
use shared::state::DocumentNo;
use shared::wire::v1::documents::DocumentResponse;

/// A document with its body.
///
/// For its sender, for the receiver of a shipment and for state bodies; to all others it does not exist. Documents are
/// kept for ever.
#[utoipa::path(
    get,
    path = "/api/v1/documents/{document}",
    tag = "documents",
    params(("document" = u64, Path, description = "Number of the document")),
    responses((status = 200, description = "The document", body = DocumentResponse))
)]
pub(crate) async fn get(
    State(api): State<Api>,
    Caller(caller): Caller,
    Segments(number): Segments<String>,
) -> Result<Response, Refused> {
    let number = number.parse().map_err(|_| RefusalCode::NotFound)?;
    let by = caller.party;
    let record = api
        .blocking(move |api| {
            let Some(record) = api.store().document(DocumentNo(number))? else { return Ok(None) };
            if record.party == by.id || by.role == Role::Inspector {
                return Ok(Some(record));
            }
            // Who is to accept goods must know what was announced.
            let shipment = match record.kind {
                DocumentKind::Ship => api.store().shipment(record.document)?,
                _ => None,
            };
            Ok(Some(record).filter(|_| shipment.is_some_and(|shipment| shipment.receiver == by.id)))
        })
        .await?;
    let record = record.ok_or(RefusalCode::NotFound)?;
    crate::answer::json(&DocumentResponse {
        document: record.document.0,
        kind: record.kind,
        at: record.at,
        units: record.units,
        rejected: Vec::new(),
        body: Some(serde_json::from_str(&record.body)?),
    })
}
