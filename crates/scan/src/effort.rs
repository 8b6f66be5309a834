//! How hard to look.

/// How many attempts a call may spend before it answers that there is nothing.
///
/// A camera gives another frame in a thirtieth of a second, so a frame that resists is best dropped; a still picture
/// is all there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Effort {
    /// One size, two thresholds, light on dark for the first: for frames of a camera.
    Frame,
    /// Several sizes and thresholds, both polarities, overlapping parts: for still pictures.
    Picture,
}
