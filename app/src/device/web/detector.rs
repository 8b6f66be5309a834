//! The platform's own reader of codes (`BarcodeDetector`), where there is one: it may know a symbol that ours does not.
//! It loses separators and makes texts up on some phones, so that what it says is only a proposal.
//!
//! It works in a worker of its own, `/detector.js`, on a frame that it shares with the scanner: the main thread copies
//! nothing and never waits.

use super::camera::Picture;
use super::{heard, property};
use crate::device::scanning::Found;
use js_sys::Array;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType};

const SCRIPT: &str = "/detector.js";

/// The platform's reader. Its worker ends when it is dropped.
pub(crate) struct Detector {
    worker: Worker,
    /// It waits for a frame.
    is_idle: Rc<Cell<bool>>,
    said: Rc<RefCell<Vec<Found>>>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
}

impl Detector {
    /// Starts it where the platform has one.
    pub(crate) fn start() -> Option<Self> {
        property(super::window().ok()?.as_ref(), "BarcodeDetector")?;
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(SCRIPT, &options).ok()?;
        let (is_idle, said) = (Rc::new(Cell::new(false)), Rc::<RefCell<Vec<Found>>>::default());
        let (idle, text) = (Rc::clone(&is_idle), Rc::clone(&said));
        // It speaks when it is ready and after each frame; a platform that knows neither format never does.
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            *text.borrow_mut() = heard::look(&event.data()).found;
            idle.set(true);
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        Some(Self { worker, is_idle, said, _on_message: on_message })
    }

    /// Shows it a picture, if it has none.
    pub(crate) fn offer(&self, picture: &Picture) {
        if let Some(frame) = self.is_idle.get().then(|| picture.shared()).flatten() {
            // A frame that cannot be handed over is dropped, and with it a turn.
            let _ = self.worker.post_message_with_transfer(frame.as_ref(), &Array::of1(frame.as_ref()));
            self.is_idle.set(false);
        }
    }

    /// What it has read since it was asked last.
    pub(crate) fn take(&self) -> Vec<Found> {
        self.said.take()
    }
}

impl Drop for Detector {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}
