//! `GET /v1/keys`: the signed key set, with the anchor that signed it.

use crate::http::{Head, JSON, Response};
use crate::isolate::Isolate;
use crate::keys;
use crate::ports::{Backend, Cache, Clock};
use shared::refusal::{Refusal, RefusalCode};

/// A phone that cannot reach us goes on with the keys it has; one that can, learns of a withdrawn key within minutes.
const CACHE: &str = "public, max-age=300, stale-while-revalidate=86400";

/// Answers it.
///
/// # Errors
/// [`RefusalCode::AnswerUnavailable`] if no keys were ever seen and the backend is gone.
pub async fn handle<P: Clock + Cache + Backend>(
    isolate: &Isolate,
    ports: &P,
    head: &Head,
) -> Result<Response, Refusal> {
    let ring = keys::get(isolate, ports, isolate.config.keys_ms).await;
    let ring = ring.ok_or(RefusalCode::AnswerUnavailable)?;
    let known = head.if_none_match.as_deref().is_some_and(|tags| names(tags, &ring.etag));
    let response = if known { Response::empty(304) } else { Response::new(200, JSON, ring.body.clone()) };
    Ok(response.with("etag", ring.etag.clone()).with("cache-control", CACHE))
}

/// Whether `If-None-Match` names the tag; compared weakly (RFC 9110, section 13.1.2).
fn names(tags: &str, tag: &str) -> bool {
    tags.trim() == "*" || tags.split(',').any(|held| held.trim().trim_start_matches("W/") == tag)
}
