//! Asks the edge.

use crate::device::http;
use crate::state::App;
use shared::wire::v1::check::{CheckRequest, CheckResponse};

/// The edge's answer; nothing if it does not give one in time.
pub(crate) async fn ask(app: App, raw: &str) -> Option<CheckResponse> {
    let json = serde_json::to_string(&CheckRequest { code: raw.to_owned() }).ok()?;
    let language = app.language();
    let reply = http::post("/v1/check", language, json).await.ok()?;
    (reply.status == 200).then(|| serde_json::from_str(&reply.body).ok())?
}
