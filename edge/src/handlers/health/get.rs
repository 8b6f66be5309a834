//! `GET /v1/health`: whether the edge can answer, and with what.

use crate::http::{JSON, Response};
use crate::isolate::Isolate;
use crate::keys;
use crate::ports::{Backend, Cache, Clock};
use crate::problem::malformed;
use serde::Serialize;
use shared::date::Timestamp;
use shared::refusal::Refusal;

/// Who asks for health cannot make us ask the backend more often than this.
const PROBE_MS: i64 = 5000;

/// Body of the answer.
#[derive(Debug, Serialize)]
struct HealthBody {
    /// The edge answers.
    status: &'static str,
    /// Whether the backend does.
    backend: &'static str,
    /// Version of the keys in use.
    keys_version: Option<u64>,
    /// When the backend last confirmed them.
    as_of: Option<Timestamp>,
}

/// Answers it.
///
/// # Errors
/// None that a client could cause.
pub async fn handle<P: Clock + Cache + Backend>(isolate: &Isolate, ports: &P) -> Result<Response, Refusal> {
    let ring = keys::get(isolate, ports, PROBE_MS).await;
    let health = HealthBody {
        status: "ok",
        backend: if isolate.breaker.up_since().is_some() { "up" } else { "down" },
        keys_version: ring.as_ref().map(|ring| ring.set.version),
        as_of: ring.as_ref().map(|ring| ring.at),
    };
    let body = serde_json::to_string(&health).map_err(|error| malformed(&error))?;
    Ok(Response::new(200, JSON, body))
}
