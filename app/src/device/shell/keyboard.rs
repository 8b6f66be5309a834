//! Keys pressed anywhere on the page: hand scanners in keyboard mode type wherever the focus happens to be.

use super::listen as hear;
use std::cell::Cell;
use std::rc::Rc;

/// A key as it was pressed.
#[derive(serde::Deserialize)]
pub(crate) struct Press {
    /// What it types, or its name.
    pub(crate) key: String,
    /// Whether the control key was held.
    pub(crate) control: bool,
}

/// Listens until it is dropped.
pub(crate) struct Listener {
    is_over: Rc<Cell<bool>>,
}

/// Calls with each key. The answer comes too late to keep a key from the element that has the focus.
pub(crate) fn listen(mut pressed: impl FnMut(Press) -> bool + 'static) -> Option<Listener> {
    let is_over = Rc::new(Cell::new(false));
    let over = Rc::clone(&is_over);
    let body = "addEventListener('keydown', ({ key, ctrlKey }) => dioxus.send({ key, control: ctrlKey }), true);";
    hear(body, move |press| {
        if !over.get() {
            pressed(press);
        }
    });
    Some(Listener { is_over })
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.is_over.set(true);
    }
}
