//! `POST /v1/reports`: takes a sealed report. Only its form is looked at; what it says only the backend can read.

use crate::http::{JSON, Response};
use crate::ports::ReportBox;
use crate::problem::malformed;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use shared::refusal::{Refusal, RefusalCode};
use shared::report::SEALED_LIMIT;
use shared::ticket::ReportId;
use shared::wire::v1::reports::SealedReport;

/// Largest body.
pub const LIMIT: usize = SEALED_LIMIT;

/// Bytes of an encapsulated key of DHKEM(X25519) (RFC 9180, section 7.1).
const ENC_BYTES: usize = 32;

/// Bytes that ChaCha20-Poly1305 adds, and the length field that every report begins with.
const LEAST_BYTES: usize = 16 + 4;

/// Answers it.
///
/// # Errors
/// [`RefusalCode::MalformedBody`], [`RefusalCode::FieldInvalid`], [`RefusalCode::StoreUnavailable`].
pub async fn handle<P: ReportBox>(ports: &P, body: Vec<u8>) -> Result<Response, Refusal> {
    let sealed = String::from_utf8(body).map_err(|error| malformed(&error.utf8_error()))?;
    let report: SealedReport = serde_json::from_str(&sealed).map_err(|error| malformed(&error))?;
    let id: ReportId = report.id.parse().map_err(|error| Refusal::field("/id", error))?;
    if decoded_len(&report.enc) != Some(ENC_BYTES) {
        return Err(Refusal::field("/enc", "not 32 bytes in base64url without padding"));
    }
    if decoded_len(&report.ciphertext).is_none_or(|len| len < LEAST_BYTES) {
        return Err(Refusal::field("/ciphertext", "not a ciphertext in base64url without padding"));
    }
    let ticket = id.ticket();
    let letter = ports.drop_in(ticket, sealed).await.map_err(|_| RefusalCode::StoreUnavailable)?;
    let body = serde_json::to_string(&letter.answer(ticket)).map_err(|error| malformed(&error))?;
    Ok(Response::new(202, JSON, body).with("location", format!("/v1/reports/{ticket}")))
}

fn decoded_len(text: &str) -> Option<usize> {
    URL_SAFE_NO_PAD.decode(text).ok().map(|bytes| bytes.len())
}
