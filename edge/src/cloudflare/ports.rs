//! The ports on Workers.

use super::settings::{BOXES, CACHE, backend_url};
use crate::delivery::Letter;
use crate::ports::{Backend, Body, BodyError, BoxUnavailable, Cache, Call, Clock, ReportBox, Said, Unreachable};
use shared::date::Timestamp;
use shared::edge_auth;
use shared::ticket::Ticket;
use std::time::Duration;
use wasm_bindgen::JsValue;
use worker::web_sys::AbortSignal;
use worker::{
    Context, Date, Delay, Env, Fetch, Headers, Method, Request, RequestInit, Response, Stub, console_error,
    console_warn,
};

/// Seconds for which the shared cache keeps what nobody refreshes: answers can be given from it while the backend is
/// gone.
const CACHE_SECONDS: u64 = 30 * 24 * 3600;

/// The platform during one event.
pub(super) struct Platform {
    pub(super) env: Env,
    /// Where work that outlives the answer is announced; boxes have none.
    pub(super) context: Option<Context>,
}

impl Clock for Platform {
    fn now(&self) -> Timestamp {
        // Milliseconds since 1970 fit.
        Timestamp(Date::now().as_millis() as i64)
    }

    async fn pause(&self, ms: u32) {
        Delay::from(Duration::from_millis(ms.into())).await;
    }
}

impl Cache for Platform {
    async fn recall(&self, key: &str) -> Option<String> {
        let store = self.env.kv(CACHE).ok()?;
        store.get(key).text().await.ok().flatten()
    }

    fn remember(&self, key: String, value: String) {
        let (Some(context), Ok(store)) = (&self.context, self.env.kv(CACHE)) else {
            return;
        };
        context.wait_until(async move {
            let Ok(put) = store.put(&key, value) else {
                return;
            };
            if put.expiration_ttl(CACHE_SECONDS).execute().await.is_err() {
                console_warn!("cache: could not keep a value");
            }
        });
    }
}

impl Backend for Platform {
    async fn send(&self, call: Call<'_>) -> Result<Said, Unreachable> {
        fetch(&self.env, &call).await.map_err(|_| {
            console_warn!("backend: no answer to {}", call.method);
            Unreachable
        })
    }
}

async fn fetch(env: &Env, call: &Call<'_>) -> worker::Result<Said> {
    let headers = Headers::new();
    headers.set(edge_auth::HEADER, &call.signature)?;
    let mut init = RequestInit::new();
    init.with_method(if call.method == "POST" { Method::Post } else { Method::Get });
    if let Some(body) = call.body {
        headers.set("content-type", crate::http::JSON)?;
        init.with_body(Some(JsValue::from_str(body)));
    }
    init.with_headers(headers);
    let request = Request::new_with_init(&format!("{}{}", backend_url(env), call.target), &init)?;
    let patience = AbortSignal::timeout_with_u32(call.patience_ms).into();
    let mut response = Fetch::Request(request).send_with_signal(&patience).await?;
    let status = response.status_code();
    if status >= 500 || status == 401 {
        console_warn!("backend: status {}", status);
    }
    Ok(Said { status, body: response.text().await? })
}

/// Address of a box. Only its path means something; nothing leaves the platform.
const BOX_URL: &str = "https://box/report";

impl ReportBox for Platform {
    async fn drop_in(&self, ticket: Ticket, sealed: String) -> Result<Letter, BoxUnavailable> {
        let mut init = RequestInit::new();
        init.with_method(Method::Post).with_body(Some(JsValue::from_str(&sealed)));
        let letter = ask_box(self, ticket, &init).await.map_err(unavailable)?;
        letter.ok_or(BoxUnavailable)
    }

    async fn look_up(&self, ticket: Ticket) -> Result<Option<Letter>, BoxUnavailable> {
        ask_box(self, ticket, &RequestInit::new()).await.map_err(unavailable)
    }
}

fn unavailable(_: worker::Error) -> BoxUnavailable {
    console_error!("box: no answer");
    BoxUnavailable
}

async fn ask_box(platform: &Platform, ticket: Ticket, init: &RequestInit) -> worker::Result<Option<Letter>> {
    let stub: Stub = platform.env.durable_object(BOXES)?.get_by_name(&ticket.to_string())?;
    let mut response: Response = stub.fetch_with_request(Request::new_with_init(BOX_URL, init)?).await?;
    match response.status_code() {
        200 => Ok(Some(serde_json::from_str(&response.text().await?)?)),
        404 => Ok(None),
        status => Err(worker::Error::RustError(format!("status {status}"))),
    }
}

/// The body of a request that has not been read.
pub(super) struct Incoming {
    pub(super) request: Request,
    /// What the client said; the platform cuts off what goes beyond.
    pub(super) content_length: Option<usize>,
}

impl Body for Incoming {
    async fn read(mut self, limit: usize) -> Result<Vec<u8>, BodyError> {
        if self.content_length.is_some_and(|len| len <= limit) {
            return self.request.bytes().await.map_err(|_| BodyError::BrokenOff);
        }
        self.read_chunks(limit).await
    }
}

impl Incoming {
    async fn read_chunks(&mut self, limit: usize) -> Result<Vec<u8>, BodyError> {
        use futures_util::StreamExt as _;
        // No body at all is an empty one.
        let Ok(mut stream) = self.request.stream() else {
            return Ok(Vec::new());
        };
        let mut bytes = Vec::new();
        while let Some(chunk) = stream.next().await {
            bytes.extend_from_slice(&chunk.map_err(|_| BodyError::BrokenOff)?);
            if bytes.len() > limit {
                return Err(BodyError::TooLarge);
            }
        }
        Ok(bytes)
    }
}
