//! JSON bodies.

use crate::limits::{BODY_SECONDS, DOCUMENT_BYTES};
use crate::problem::Refused;
use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Request};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use http_body_util::LengthLimitError;
use serde::de::DeserializeOwned;
use shared::refusal::{Refusal, RefusalCode};
use std::error::Error as _;
use std::time::Duration;

/// Longest reason that a refusal repeats: a parser may quote what it was sent.
const REASON_LIMIT: usize = 160;

/// A JSON body, read, with its text as it was sent.
pub(crate) struct Sent<T> {
    pub(crate) body: T,
    pub(crate) text: String,
}

fn malformed(reason: impl ToString) -> Refused {
    let reason: String = reason.to_string().chars().filter(|c| !c.is_control()).take(REASON_LIMIT).collect();
    Refusal::new(RefusalCode::MalformedBody).with("reason", reason).into()
}

/// The whole body, at most `limit` bytes of it.
pub(crate) async fn whole(body: Body, limit: usize) -> Result<Bytes, Refused> {
    let too_large = || Refusal::new(RefusalCode::BodyTooLarge).with("limit", limit);
    let read = tokio::time::timeout(Duration::from_secs(BODY_SECONDS), axum::body::to_bytes(body, limit)).await;
    let read = read.map_err(|_| malformed(format!("not received within {BODY_SECONDS} s")))?;
    read.map_err(|error| match error.source() {
        Some(source) if source.is::<LengthLimitError>() => too_large().into(),
        _ => malformed("not received whole"),
    })
}

/// Whether the body calls itself JSON: `application/json` or a type that ends in `+json`, whatever its parameters.
fn is_json(headers: &HeaderMap) -> bool {
    let value = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || (essence.starts_with("application/") && essence.ends_with("+json"))
}

impl<T: DeserializeOwned, S: Sync> FromRequest<S> for Sent<T> {
    type Rejection = Refused;

    async fn from_request(request: Request, _: &S) -> Result<Self, Refused> {
        if !is_json(request.headers()) {
            return Err(RefusalCode::UnsupportedMediaType.into());
        }
        let bytes = whole(request.into_body(), DOCUMENT_BYTES).await?;
        let text = String::from_utf8(bytes.into()).map_err(|error| malformed(error.utf8_error()))?;
        // serde_json refuses what is nested deeper than 128 levels.
        let body = serde_json::from_str(&text).map_err(malformed)?;
        Ok(Self { body, text })
    }
}
