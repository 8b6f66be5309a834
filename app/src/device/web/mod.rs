//! A browser.

pub(crate) mod camera;
pub(crate) mod clock;
pub(crate) mod db;
pub(crate) mod detector;
pub(crate) mod feedback;
mod heard;
pub(crate) mod http;
pub(crate) mod keyboard;
pub(crate) mod page;
pub(crate) mod photo;
pub(crate) mod picked;
pub(crate) mod place;
pub(crate) mod random;
pub(crate) mod scanner;
pub(crate) mod storage;
pub(crate) mod timer;

pub(crate) use dioxus::launch;

use super::{CameraError, PhotoError, PictureError, PlaceError, Reply, Theme, Unavailable, patience};
use wasm_bindgen::JsValue;

impl From<JsValue> for Unavailable {
    fn from(_: JsValue) -> Self {
        Self
    }
}

/// The window.
fn window() -> Result<web_sys::Window, Unavailable> {
    web_sys::window().ok_or(Unavailable)
}

/// The document.
fn document() -> Result<web_sys::Document, Unavailable> {
    window()?.document().ok_or(Unavailable)
}

/// A property of an object whose type the bindings do not know.
fn property(object: &JsValue, name: &str) -> Option<JsValue> {
    js_sys::Reflect::get(object, &name.into()).ok().filter(|value| !value.is_undefined() && !value.is_null())
}

/// Sets a property of an object.
fn set_property(object: &JsValue, name: &str, value: impl Into<JsValue>) {
    // A plain object of ours takes every property.
    let _ = js_sys::Reflect::set(object, &name.into(), &value.into());
}
