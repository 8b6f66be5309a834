//! When the camera has a new picture, and when it has stopped giving any.
//!
//! `requestVideoFrameCallback` tells of each picture once; where it is missing, each drawing of the page asks whether the
//! film has moved. Neither is called while nobody looks, so that a hidden page costs nothing.

use super::super::{Unavailable, page, property, timer};
use js_sys::{Function, Promise};
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{HtmlVideoElement, MediaStreamTrack};

/// A camera that gives nothing for so long while it is looked at has stopped.
const PATIENCE_MS: u32 = 3_000;

/// Between two looks at whether it has stopped.
const ROUND_MS: u32 = 500;

/// The pictures of a camera as they come.
pub(super) struct Shown {
    inner: Rc<Inner>,
}

struct Inner {
    video: HtmlVideoElement,
    track: MediaStreamTrack,
    /// What asks for the next call: its owner, and its names.
    source: (JsValue, Function, Function),
    handle: RefCell<JsValue>,
    on_picture: RefCell<Option<Closure<dyn FnMut()>>>,
    on_end: RefCell<Option<Closure<dyn FnMut()>>>,
    /// A picture has come that was not given yet.
    is_fresh: Cell<bool>,
    has_ended: Cell<bool>,
    /// Time of the film at the last picture, where only the page's drawing tells of one.
    at: Cell<f64>,
    tells_each: bool,
    waiting: RefCell<Option<Function>>,
}

impl Shown {
    /// Follows the pictures of a `video` element and the life of the track in it.
    pub(super) fn new(video: &HtmlVideoElement, track: &MediaStreamTrack) -> Result<Self, Unavailable> {
        let function = |of: &JsValue, name| property(of, name).and_then(|it| it.dyn_into::<Function>().ok());
        let of_video = function(video, "requestVideoFrameCallback").zip(function(video, "cancelVideoFrameCallback"));
        let tells_each = of_video.is_some();
        let source = match of_video {
            Some((ask, cancel)) => (JsValue::from(video), ask, cancel),
            None => {
                let window = JsValue::from(super::super::window()?);
                let ask = function(&window, "requestAnimationFrame").ok_or(Unavailable)?;
                let cancel = function(&window, "cancelAnimationFrame").ok_or(Unavailable)?;
                (window, ask, cancel)
            }
        };
        let inner = Rc::new(Inner {
            video: video.clone(),
            track: track.clone(),
            source,
            handle: RefCell::new(JsValue::UNDEFINED),
            on_picture: RefCell::default(),
            on_end: RefCell::default(),
            is_fresh: Cell::new(false),
            has_ended: Cell::new(false),
            at: Cell::new(-1.0),
            tells_each,
            waiting: RefCell::default(),
        });
        let (picture, end) = (Rc::downgrade(&inner), Rc::downgrade(&inner));
        *inner.on_picture.borrow_mut() = Some(Closure::new(move || {
            if let Some(inner) = picture.upgrade() {
                inner.drawn();
            }
        }));
        let on_end = Closure::<dyn FnMut()>::new(move || {
            if let Some(inner) = end.upgrade() {
                inner.end();
            }
        });
        track.set_onended(Some(on_end.as_ref().unchecked_ref()));
        *inner.on_end.borrow_mut() = Some(on_end);
        inner.ask();
        spawn_local(watch(Rc::downgrade(&inner)));
        Ok(Self { inner })
    }

    /// Waits for a picture that was not given yet.
    pub(super) async fn next(&self) -> Result<(), Unavailable> {
        if !self.inner.is_fresh.get() && !self.inner.has_ended.get() {
            let mut on = |resolve, _| *self.inner.waiting.borrow_mut() = Some(resolve);
            // It is resolved by the next picture or by the end.
            let _ = JsFuture::from(Promise::new(&mut on)).await;
        }
        self.inner.is_fresh.set(false);
        if self.inner.has_ended.get() { Err(Unavailable) } else { Ok(()) }
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        let (owner, _, cancel) = &self.inner.source;
        // What is not asked for any more cannot fail to be taken back.
        let _ = cancel.call1(owner, &self.inner.handle.borrow());
        self.inner.track.set_onended(None);
    }
}

impl Inner {
    fn ask(&self) {
        let (owner, ask, _) = &self.source;
        if let Some(callback) = self.on_picture.borrow().as_ref()
            && let Ok(handle) = ask.call1(owner, callback.as_ref())
        {
            *self.handle.borrow_mut() = handle;
        }
    }

    fn drawn(&self) {
        let at = self.video.current_time();
        if self.tells_each || at != self.at.replace(at) {
            self.is_fresh.set(true);
            self.wake();
        }
        self.ask();
    }

    fn end(&self) {
        self.has_ended.set(true);
        self.wake();
    }

    fn wake(&self) {
        if let Some(resolve) = self.waiting.borrow_mut().take() {
            // Calling a promise's own function does not throw.
            let _ = resolve.call0(&JsValue::NULL);
        }
    }
}

/// Ends what gives no pictures any more: phones mute a camera that another program takes, and some never say so.
async fn watch(inner: Weak<Inner>) {
    let mut quiet = 0;
    loop {
        timer::sleep(ROUND_MS).await;
        let Some(inner) = inner.upgrade() else { return };
        let waits = inner.waiting.borrow().is_some();
        quiet = if waits && page::is_visible() { quiet + ROUND_MS } else { 0 };
        // A track that a script has stopped tells nobody.
        let is_over = property(&inner.track, "readyState").is_some_and(|state| state == "ended");
        if is_over || quiet >= PATIENCE_MS {
            inner.end();
            return;
        }
    }
}
