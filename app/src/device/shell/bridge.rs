//! Scripts that the page runs for the program, and their answers.
//!
//! An answer does not come as what a script returns: `dioxus` forgets a script as soon as the page's garbage collector has
//! taken its channel, which may be before anybody has looked at what it returned. So one channel stays open for all answers.

use super::Unavailable;
use dioxus::document;
use dioxus::prelude::spawn;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::collections::HashMap;
use tokio::sync::oneshot;

/// What a script has answered.
#[derive(Deserialize)]
struct Answer {
    /// Which script.
    id: u64,
    /// The value as JSON; nothing if the script has failed.
    value: Option<String>,
}

/// Who waits for answers.
#[derive(Default)]
struct Waiting {
    last: u64,
    all: HashMap<u64, oneshot::Sender<Option<String>>>,
}

thread_local! {
    /// The page is one, and asked by the thread that draws it alone.
    static WAITING: RefCell<Waiting> = RefCell::default();
}

/// Opens the channel for answers. Called once, before anything is asked.
pub(super) fn open() {
    listen("globalThis.tanbaAnswer = (answer) => dioxus.send(answer);", |Answer { id, value }| {
        if let Some(waits) = WAITING.with_borrow_mut(|waiting| waiting.all.remove(&id)) {
            // Who has left does not hear it.
            let _ = waits.send(value);
        }
    });
}

/// Has the page run the body of an async function, which is given something as `given`, and waits for what it returns.
pub(super) async fn ask<T: DeserializeOwned>(body: &str, given: &impl Serialize) -> Result<T, Unavailable> {
    let given = json(given)?;
    let (sender, answer) = oneshot::channel();
    let id = WAITING.with_borrow_mut(|waiting| {
        waiting.last += 1;
        waiting.all.insert(waiting.last, sender);
        waiting.last
    });
    let script = format!(
        "const run = async (given) => {{ {body} }};
        run({given}).then(
          (value) => tanbaAnswer({{ id: {id}, value: JSON.stringify(value ?? null) }}),
          () => tanbaAnswer({{ id: {id}, value: null }}),
        );"
    );
    document::eval(&script);
    let value = answer.await.map_err(|_| Unavailable)?.ok_or(Unavailable)?;
    serde_json::from_str(&value).map_err(|_| Unavailable)
}

/// Has the page run the body of a function, which is given something as `given`.
pub(super) fn tell(body: &str, given: &impl Serialize) {
    if let Ok(given) = json(given) {
        document::eval(&format!("const given = {given};\n{body}"));
    }
}

/// Has the page run a body that calls `dioxus.send` as often as it likes, and calls with each message while the app is open.
pub(super) fn listen<T: DeserializeOwned + 'static>(body: &str, mut heard: impl FnMut(T) + 'static) {
    let keep = "(globalThis.tanbaChannels ??= []).push(dioxus);";
    let mut eval = document::eval(&format!("{keep}\n{body}\nawait new Promise(() => {{}});"));
    spawn(async move {
        while let Ok(message) = eval.recv().await {
            heard(message);
        }
    });
}

fn json(given: &impl Serialize) -> Result<String, Unavailable> {
    serde_json::to_string(given).map_err(|_| Unavailable)
}
