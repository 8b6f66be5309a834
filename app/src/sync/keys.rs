//! Newer keys.

use crate::device::http;
use crate::state::{App, Published};

/// Takes the keys that the edge hands out, if they are newer and rightly signed.
pub(crate) async fn refresh(app: App) {
    let language = app.language();
    let Ok(reply) = http::get("/v1/keys", language).await else { return };
    if reply.status == 200
        && let Ok(published) = serde_json::from_str::<Published>(&reply.body)
    {
        app.take_keys(published);
    }
}
