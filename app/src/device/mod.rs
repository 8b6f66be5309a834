//! The platform: camera, worker, storage, network state, place, photo, sound, clock, chance.
//!
//! Only this folder names it (ARCHITECTURE, invariant 6). Each platform offers the same functions; where it has no such
//! thing, the function says so with [`Unavailable`] or its own error. `web` is a browser, `shell` a program with a web view:
//! phones, and Linux to try it.

mod error;
mod lens;
pub(crate) mod scanning;
#[cfg(not(target_arch = "wasm32"))]
mod shell;
#[cfg(target_arch = "wasm32")]
mod web;

pub(crate) use error::{CameraError, PhotoError, PictureError, PlaceError, Unavailable};
#[cfg(not(target_arch = "wasm32"))]
pub(crate) use shell::{
    camera, clock, db, detector, feedback, http, keyboard, launch, page, photo, picked, place, random, scanner,
    storage, timer,
};
#[cfg(target_arch = "wasm32")]
pub(crate) use web::{
    camera, clock, db, detector, feedback, http, keyboard, launch, page, photo, picked, place, random, scanner,
    storage, timer,
};

/// An answer over HTTP.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Reply {
    /// Status.
    pub(crate) status: u16,
    /// Body.
    pub(crate) body: String,
}

/// Milliseconds that an answer is waited for: a code is answered in five seconds or by the phone itself (R22); a report with
/// its photo may go over a slow line.
const fn patience(json: Option<&str>) -> u32 {
    match json {
        Some(json) if json.len() > 4096 => 60_000,
        _ => 5_000,
    }
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
