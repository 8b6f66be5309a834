//! Asking the backend: each request signed, and none made while the backend is being left alone.

use crate::config::Config;
use crate::isolate::Isolate;
use crate::ports::{Backend, Call, Clock, Said, Unreachable};
use shared::edge_auth;

/// How long an answer to a question is waited for. A person is waiting with us.
const PATIENCE_MS: u32 = 2000;

/// How long to wait before looking whether what another request asked for has come.
pub const PAUSE_MS: u32 = 5;

/// Sends a signed request.
///
/// # Errors
/// [`Unreachable`].
pub async fn send<P: Clock + Backend>(
    config: &Config,
    ports: &P,
    method: &'static str,
    target: &str,
    body: Option<&str>,
    patience_ms: u32,
) -> Result<Said, Unreachable> {
    let at = ports.now().0.div_euclid(1000);
    let bytes = body.unwrap_or_default().as_bytes();
    let signature = edge_auth::sign(&config.backend_key, method, target, at, bytes);
    ports.send(Call { method, target, signature, body, patience_ms }).await
}

/// Asks for something, unless the backend failed a moment ago; gives the body of an answer 200.
pub async fn ask<P: Clock + Backend>(isolate: &Isolate, ports: &P, target: &str) -> Option<String> {
    if !isolate.breaker.admits(ports.now()) {
        return None;
    }
    let said = send(&isolate.config, ports, "GET", target, None, PATIENCE_MS).await;
    let now = ports.now();
    match said {
        // A refusal of this one thing says nothing about the next; one of our signature, or of everything, does.
        Ok(said) if said.status < 500 && !matches!(said.status, 401 | 429) => {
            isolate.breaker.succeeded(now);
            (said.status == 200).then_some(said.body)
        }
        _ => {
            isolate.breaker.failed(now);
            None
        }
    }
}
