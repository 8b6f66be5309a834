//! `POST /v1/check`.

use crate::answer::answer;
use crate::http::{JSON, Response};
use crate::isolate::Isolate;
use crate::ports::{Backend, Cache, Clock};
use crate::problem::malformed;
use shared::refusal::Refusal;
use shared::wire::v1::check::CheckRequest;

/// Largest body: the longest code with every byte escaped.
pub const LIMIT: usize = 4096;

/// Answers it.
///
/// # Errors
/// The refusals of [`answer`], and a body that is not a [`CheckRequest`].
pub async fn handle<P: Clock + Cache + Backend>(
    isolate: &Isolate,
    ports: &P,
    body: &[u8],
) -> Result<Response, Refusal> {
    let question: CheckRequest = serde_json::from_slice(body).map_err(|error| malformed(&error))?;
    let answer = answer(isolate, ports, &question.code).await?;
    let body = serde_json::to_string(&answer).map_err(|error| malformed(&error))?;
    Ok(Response::new(200, JSON, body))
}
