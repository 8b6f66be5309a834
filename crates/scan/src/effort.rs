//! How hard to look.

use crate::corners::Corners;

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

/// Which looks a camera frame gets.
///
/// A camera shows nearly the same again a thirtieth of a second later, so what takes long is done in turn, and every frame is
/// soon done with.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Turn {
    /// All of them: there is no other frame.
    Alone,
    /// What is clear, of every symbology.
    Wide,
    /// DataMatrix alone: what is clear, and a likely place in detail.
    Deep {
        /// Which of the likely places.
        place: Place,
        /// Where an earlier frame showed what needs none: other symbologies, and what was read.
        others: Vec<Corners>,
    },
}

/// Which of the likely places.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Place {
    /// The one whose middle is nearest, in pixels of the frame.
    Near((f32, f32)),
    /// That with this number, from 0, and over again after the last.
    Number(usize),
}

impl Turn {
    /// The same in the pixels of an image that was taken out of the frame at `(left, top)` and made smaller by `scale`.
    pub(crate) fn within(&self, scale: f32, left: f32, top: f32) -> Self {
        let Self::Deep { place, others } = self else { return self.clone() };
        let within = |(x, y): (f32, f32)| ((x - left) / scale, (y - top) / scale);
        let place = match *place {
            Place::Near(middle) => Place::Near(within(middle)),
            number @ Place::Number(_) => number,
        };
        Self::Deep { place, others: others.iter().map(|corners| corners.map(within)).collect() }
    }
}
