//! The network: `fetch`, to the app's own origin only.

use super::{Reply, Unavailable, patience};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Headers, RequestCache, RequestCredentials, RequestInit, Response};

/// Asks.
pub(crate) async fn get(path: &str, language: &str) -> Result<Reply, Unavailable> {
    send(path, language, None).await
}

/// Tells; answers with what the other side says.
pub(crate) async fn post(path: &str, language: &str, json: String) -> Result<Reply, Unavailable> {
    send(path, language, Some(json)).await
}

async fn send(path: &str, language: &str, json: Option<String>) -> Result<Reply, Unavailable> {
    let patience = patience(json.as_deref()).cast_signed();
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
