//! The network: `fetch`, to the app's own origin only.

use super::{Reply, Unavailable};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Headers, RequestCache, RequestCredentials, RequestInit, Response};

/// A code is answered in five seconds or by the phone itself (R22).
const PATIENCE_MS: i32 = 5_000;

/// A report with its photo may go over a slow line.
const UPLOAD_PATIENCE_MS: i32 = 60_000;

/// Asks.
pub(crate) async fn get(path: &str, language: &str) -> Result<Reply, Unavailable> {
    send(path, language, None, PATIENCE_MS).await
}

/// Tells; answers with what the other side says.
pub(crate) async fn post(path: &str, language: &str, json: String) -> Result<Reply, Unavailable> {
    let patience = if json.len() > 4096 { UPLOAD_PATIENCE_MS } else { PATIENCE_MS };
    send(path, language, Some(json), patience).await
}

async fn send(path: &str, language: &str, json: Option<String>, patience: i32) -> Result<Reply, Unavailable> {
    let window = super::window()?;
    let headers = Headers::new()?;
    headers.set("Accept", "application/json")?;
    headers.set("Accept-Language", language)?;
    let init = RequestInit::new();
    init.set_credentials(RequestCredentials::Omit);
    init.set_cache(RequestCache::NoStore);
    if let Some(json) = json {
        headers.set("Content-Type", "application/json")?;
        init.set_method("POST");
        init.set_body(&json.into());
    }
    init.set_headers(&headers);

    let abort = AbortController::new()?;
    init.set_signal(Some(&abort.signal()));
    let stop = Closure::once_into_js(move || abort.abort());
    let timer = window.set_timeout_with_callback_and_timeout_and_arguments_0(stop.unchecked_ref(), patience)?;
    let reply = read(&window, path, &init).await;
    window.clear_timeout_with_handle(timer);
    reply
}

async fn read(window: &web_sys::Window, path: &str, init: &RequestInit) -> Result<Reply, Unavailable> {
    let response: Response = JsFuture::from(window.fetch_with_str_and_init(path, init)).await?.dyn_into()?;
    let body = JsFuture::from(response.text()?).await?;
    Ok(Reply { status: response.status(), body: body.as_string().unwrap_or_default() })
}
