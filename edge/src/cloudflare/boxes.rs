//! The box of a report: a Durable Object per ticket, which keeps the ciphertext until the backend has it.

use super::ports::Platform;
use super::settings::isolate;
use crate::delivery::{Letter, Next, deliver};
use crate::ports::Clock as _;
use std::time::Duration;
use wasm_bindgen::JsValue;
use worker::js_sys::{Object, Reflect};
use worker::{DurableObject, Env, Method, Request, Response, Result, State, Storage, console_error, durable_object};

const LETTER: &str = "letter";
const SEALED: &str = "sealed";

/// How long a report at most waits for its next attempt once its author asks for it.
const HURRY_MS: u32 = 5000;

/// The box.
#[durable_object]
pub struct Reports {
    state: State,
    env: Env,
}

impl DurableObject for Reports {
    fn new(state: State, env: Env) -> Self {
        Self { state, env }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let storage = self.state.storage();
        match (load(&storage).await?, request.method()) {
            // A second delivery of the same report changes nothing.
            (Some(letter), _) => {
                if letter.is_open() {
                    self.hurry(&storage).await?;
                }
                Response::from_json(&letter)
            }
            (None, Method::Post) => {
                let letter = Letter::stored(self.platform().now());
                store(&storage, &letter, &request.text().await?).await?;
                Response::from_json(&letter)
            }
            (None, _) => Ok(Response::empty()?.with_status(404)),
        }
    }

    async fn alarm(&self) -> Result<Response> {
        let storage = self.state.storage();
        let (Some(mut letter), Some(sealed)) = (load(&storage).await?, storage.get::<String>(SEALED).await?) else {
            return Response::empty();
        };
        if !letter.is_open() {
            return Response::empty();
        }
        let platform = self.platform();
        let next = match isolate(&self.env) {
            Some(isolate) => letter.after(deliver(&isolate.config, &platform, &sealed).await, platform.now()),
            None => letter.after(Err(crate::ports::Unreachable), platform.now()),
        };
        let text = JsValue::from_str(&serde_json::to_string(&letter)?);
        match next {
            Next::Erase => {
                storage.put_raw(LETTER, text).await?;
                storage.delete(SEALED).await?;
            }
            Next::TryAfter(pause) => {
                storage.put_raw(LETTER, text).await?;
                storage.set_alarm(Duration::from_millis(pause.unsigned_abs())).await?;
            }
            Next::Rest => {
                console_error!("box: the backend refuses a report for good: {}", letter.refused.unwrap_or_default());
                storage.put_raw(LETTER, text).await?;
            }
        }
        Response::empty()
    }
}

impl Reports {
    /// Somebody is waiting: the next attempt is not far off. Their asking again does not bring it any nearer.
    async fn hurry(&self, storage: &Storage) -> Result<()> {
        let now = self.platform().now().0;
        let soon = now + i64::from(HURRY_MS);
        match storage.get_alarm().await? {
            Some(due) if due <= soon => Ok(()),
            _ => storage.set_alarm(Duration::from_millis(HURRY_MS.into())).await,
        }
    }

    fn platform(&self) -> Platform {
        Platform { env: self.env.clone(), context: None }
    }
}

async fn load(storage: &Storage) -> Result<Option<Letter>> {
    match storage.get::<String>(LETTER).await? {
        Some(text) => Ok(Some(serde_json::from_str(&text)?)),
        None => Ok(None),
    }
}

/// Letter, ciphertext and the alarm of the first delivery, due at once, are written as one: nothing waits in between. The
/// platform holds the answer back until all is on disk.
async fn store(storage: &Storage, letter: &Letter, sealed: &str) -> Result<()> {
    let values = Object::new();
    for (key, value) in [(LETTER, serde_json::to_string(letter)?.as_str()), (SEALED, sealed)] {
        Reflect::set(&values, &JsValue::from_str(key), &JsValue::from_str(value))?;
    }
    let (written, alarm) =
        futures_util::future::join(storage.put_multiple_raw(values), storage.set_alarm(Duration::ZERO)).await;
    written.and(alarm)
}
