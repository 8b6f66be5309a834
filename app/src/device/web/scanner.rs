//! The scanner in a web worker: loaded when first started, away from the main thread. Messages are described at the head
//! of `crates/scan/web/worker.js`.

use super::camera::Picture;
use super::{Found, Unavailable, property, set_property};
use js_sys::{Array, Function, Object, Promise, Uint8Array};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType};

const SCRIPT: &str = "/scan/worker.js";

/// What the worker has said and nobody has heard yet, or who waits for its next word.
#[derive(Default)]
struct Mailbox {
    said: VecDeque<Result<JsValue, Unavailable>>,
    waiting: Option<(Function, Function)>,
}

/// A scanner. Its worker ends when it is dropped.
pub(crate) struct Scanner {
    worker: Worker,
    mailbox: Rc<RefCell<Mailbox>>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(JsValue)>,
}

impl Scanner {
    /// Begins to load the scanner.
    pub(crate) fn start() -> Result<Self, Unavailable> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(SCRIPT, &options)?;
        let mailbox = Rc::<RefCell<Mailbox>>::default();
        let (heard, failed) = (Rc::clone(&mailbox), Rc::clone(&mailbox));
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            deliver(&heard, Ok(event.data()));
        });
        let on_error = Closure::<dyn FnMut(JsValue)>::new(move |_| deliver(&failed, Err(Unavailable)));
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Ok(Self { worker, mailbox, _on_message: on_message, _on_error: on_error })
    }

    /// Waits until it can read.
    pub(crate) async fn ready(&self) -> Result<(), Unavailable> {
        let said = self.next().await?;
        property(&said, "ready").filter(JsValue::is_truthy).map(|_| ()).ok_or(Unavailable)
    }

    /// Reads what the camera saw.
    pub(crate) async fn read(&self, picture: Picture) -> Result<Vec<Found>, Unavailable> {
        self.ask("bitmap", picture.0.into()).await
    }

    /// Reads a picture file.
    pub(crate) async fn read_file(&self, file: &[u8]) -> Result<Vec<Found>, Unavailable> {
        self.ask("file", Uint8Array::from(file).buffer().into()).await
    }

    /// One question at a time, so the frame asked about is always the newest.
    async fn ask(&self, name: &str, payload: JsValue) -> Result<Vec<Found>, Unavailable> {
        let message = Object::new();
        set_property(&message, "id", 1);
        set_property(&message, name, payload.clone());
        self.worker.post_message_with_transfer(&message, &Array::of1(&payload))?;
        loop {
            let said = self.next().await?;
            // A worker that has restarted says that it is ready again, between answers.
            if let Some(found) = property(&said, "found") {
                let json = js_sys::JSON::stringify(&found)?.as_string().unwrap_or_default();
                return serde_json::from_str(&json).map_err(|_| Unavailable);
            }
        }
    }

    async fn next(&self) -> Result<JsValue, Unavailable> {
        if let Some(said) = self.mailbox.borrow_mut().said.pop_front() {
            return said;
        }
        let mut on = |resolve, reject| self.mailbox.borrow_mut().waiting = Some((resolve, reject));
        Ok(JsFuture::from(Promise::new(&mut on)).await?)
    }
}

impl Drop for Scanner {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

fn deliver(mailbox: &Rc<RefCell<Mailbox>>, said: Result<JsValue, Unavailable>) {
    let waiting = mailbox.borrow_mut().waiting.take();
    match (waiting, said) {
        // Calling a promise's own function does not throw.
        (Some((resolve, _)), Ok(said)) => _ = resolve.call1(&JsValue::NULL, &said),
        (Some((_, reject)), Err(_)) => _ = reject.call0(&JsValue::NULL),
        (None, said) => mailbox.borrow_mut().said.push_back(said),
    }
}
