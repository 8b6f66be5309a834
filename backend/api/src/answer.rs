//! Answers in JSON.

use crate::problem::Refused;
use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use serde::Serialize;

/// 200 with a body.
pub(crate) fn json(body: &impl Serialize) -> Result<Response, Refused> {
    bytes("application/json", serde_json::to_vec(body)?)
}

/// 200 with bytes of a media type.
pub(crate) fn bytes(media_type: &'static str, body: impl Into<Body>) -> Result<Response, Refused> {
    let mut response = Response::new(body.into());
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    Ok(response)
}
