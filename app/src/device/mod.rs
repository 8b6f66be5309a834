//! The platform: camera, worker, storage, network state, place, photo, sound, clock, chance.
//!
//! Only this folder names it (ARCHITECTURE, invariant 6). Each platform offers the same functions; where it has no such
//! thing, the function says so with [`Unavailable`] or its own error.

mod error;
#[cfg_attr(not(target_arch = "wasm32"), allow(dead_code, reason = "only a phone lists its cameras"))]
mod lens;
#[cfg(not(target_arch = "wasm32"))]
mod native;
pub(crate) mod scanning;
#[cfg(target_arch = "wasm32")]
mod web;

pub(crate) use error::{CameraError, PhotoError, PictureError, PlaceError, Unavailable};
#[cfg(not(target_arch = "wasm32"))]
pub(crate) use native::{
    camera, clock, db, detector, feedback, http, keyboard, page, photo, place, random, scanner, storage, timer,
};
#[cfg(target_arch = "wasm32")]
pub(crate) use web::{
    camera, clock, db, detector, feedback, http, keyboard, page, photo, place, random, scanner, storage, timer,
};

/// An answer over HTTP.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Reply {
    /// Status.
    pub(crate) status: u16,
    /// Body.
    pub(crate) body: String,
}

/// Theme that the person chose, or the system's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Theme {
    /// As the system says.
    #[default]
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
}
