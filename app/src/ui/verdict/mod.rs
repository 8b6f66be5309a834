//! The verdict: how each looks, sounds and feels, and what to do next.

mod face;
mod panel;

pub(crate) use face::{Step, Tone, face_of};
pub(crate) use panel::Panel;
