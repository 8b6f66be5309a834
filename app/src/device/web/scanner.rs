//! The scanner in a web worker: loaded when first started, away from the main thread. Messages are described at the head
//! of `crates/scan/web/worker.js`.

use super::camera::Picture;
use super::{PictureError, Unavailable, heard, property, set_property};
use crate::device::scanning::{Found, Look};
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

    /// Looks at what the camera sees. What it sees later adds up with it.
    pub(crate) async fn look(&self, picture: Picture) -> Result<Look, Unavailable> {
        Ok(heard::look(&self.ask(picture.kind, picture.data).await?))
    }

    /// Reads a picture file.
    pub(crate) async fn read_file(&self, file: &[u8]) -> Result<Vec<Found>, PictureError> {
        Ok(heard::file(&self.ask("file", Uint8Array::from(file).buffer().into()).await?)?.found)
    }

    /// Forgets what the camera has seen, as when another one takes over.
    pub(crate) fn forget(&self) {
        let message = Object::new();
        set_property(&message, "reset", true);
        // A worker that is gone remembers nothing.
        let _ = self.worker.post_message(&message);
    }

    /// One question at a time: the next picture is taken when the answer has come, so it is always the newest, and a
    /// camera is never kept waiting for the memory of frames that nobody will look at.
    async fn ask(&self, name: &str, payload: JsValue) -> Result<JsValue, Unavailable> {
        let message = Object::new();
        set_property(&message, "id", 1);
        set_property(&message, name, payload.clone());
        self.worker.post_message_with_transfer(&message, &Array::of1(&payload))?;
        loop {
            let said = self.next().await?;
            // A worker that has restarted says that it is ready again, between answers.
            if property(&said, "found").is_some() {
                return Ok(said);
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
