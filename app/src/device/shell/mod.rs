//! A program of its own that draws in the system's web view: a phone's shell, and on Linux the same to try it.
//!
//! What only a page can do (camera, sound, the person's place) is asked of the page by small scripts; the rest is done
//! here: codes are read by a thread of the program, and what is kept are its own files.

mod bridge;
pub(crate) mod camera;
pub(crate) mod clock;
pub(crate) mod db;
pub(crate) mod detector;
pub(crate) mod feedback;
mod files;
pub(crate) mod http;
pub(crate) mod keyboard;
#[cfg(target_os = "linux")]
mod linux;
pub(crate) mod page;
pub(crate) mod photo;
pub(crate) mod picked;
pub(crate) mod place;
pub(crate) mod random;
pub(crate) mod scanner;
pub(crate) mod storage;
pub(crate) mod timer;
mod window;

pub(crate) use window::launch;

use super::{CameraError, PhotoError, PictureError, PlaceError, Reply, Theme, Unavailable, patience};
use bridge::{ask, listen, tell};
