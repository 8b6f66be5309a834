//! Keys pressed anywhere on the page: hand scanners in keyboard mode type wherever the focus happens to be.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Document, KeyboardEvent};

/// A key as it was pressed.
pub(crate) struct Press {
    /// What it types, or its name.
    pub(crate) key: String,
    /// Whether the control key was held.
    pub(crate) control: bool,
}

/// Listens until it is dropped.
pub(crate) struct Listener {
    document: Document,
    on_key: Closure<dyn FnMut(KeyboardEvent)>,
}

const EVENT: &str = "keydown";

/// Calls with each key, before any element hears of it; an answer of `true` keeps it from them.
pub(crate) fn listen(mut pressed: impl FnMut(Press) -> bool + 'static) -> Option<Listener> {
    let document = super::document().ok()?;
    let on_key = Closure::<dyn FnMut(KeyboardEvent)>::new(move |event: KeyboardEvent| {
        if pressed(Press { key: event.key(), control: event.ctrl_key() }) {
            event.prevent_default();
            event.stop_propagation();
        }
    });
    document.add_event_listener_with_callback_and_bool(EVENT, on_key.as_ref().unchecked_ref(), true).ok()?;
    Some(Listener { document, on_key })
}

impl Drop for Listener {
    fn drop(&mut self) {
        let on_key = self.on_key.as_ref().unchecked_ref();
        // What was added is there to be removed.
        let _ = self.document.remove_event_listener_with_callback_and_bool(EVENT, on_key, true);
    }
}
