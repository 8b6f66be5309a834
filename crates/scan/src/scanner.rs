//! A video: frames that follow one another.

mod measure;
mod order;
mod tracks;

use crate::corners::overlap;
use crate::effort::{Effort, Turn};
use crate::found::{Found, Look, Seen};
use crate::frame::Frame;
use crate::read::{self, Sights};
use crate::sighting::Sighting;
use crate::{datamatrix, qr};
use order::Order;
use tracks::Tracks;

/// Longest side of a frame that is read at full size as a whole.
const FULL_SIDE: usize = 1280;
/// Modules around a symbol that are taken along when it is looked at again at full size.
const AROUND: f32 = 4.0;
/// Sightings in a frame that are followed, the best first.
const FOLLOWED: usize = 4;
/// Frames for which what was seen and not read is told again.
const REMEMBERED: usize = 2;

/// Reads the frames of one camera in their order, and keeps what earlier frames showed.
#[derive(Debug, Default)]
pub struct Scanner {
    tracks: Tracks,
    order: Order,
    /// Frames since one showed anything.
    blank: usize,
    /// What was last seen and not read, as it was told, and frames since.
    seen: (Vec<Seen>, usize),
}

impl Scanner {
    /// A scanner that has seen nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Forgets the earlier frames, as when the camera is pointed elsewhere or another camera takes over.
    pub fn reset(&mut self) {
        *self = Self::new();
    }

    /// Looks at the next frame, one byte per pixel; empty if the sizes do not agree.
    pub fn see_luma(&mut self, width: u32, height: u32, pixels: &[u8]) -> Look {
        self.see_luma_scaled(width, height, pixels, 1)
    }

    /// Looks at the next frame, four bytes per pixel as a canvas gives them; empty if the sizes do not agree.
    pub fn see_rgba(&mut self, width: u32, height: u32, pixels: &[u8]) -> Look {
        self.see_rgba_scaled(width, height, pixels, 1)
    }

    /// [`Scanner::see_luma`] with squares of `scale` pixels taken as one, for a symbol that fills the frame. Places in
    /// the answer are in pixels of what was given.
    pub fn see_luma_scaled(&mut self, width: u32, height: u32, pixels: &[u8], scale: u32) -> Look {
        Frame::from_luma(width, height, pixels).map_or_else(Look::default, |frame| self.see(&frame, scale))
    }

    /// [`Scanner::see_rgba`] with squares of `scale` pixels taken as one.
    pub fn see_rgba_scaled(&mut self, width: u32, height: u32, pixels: &[u8], scale: u32) -> Look {
        Frame::from_rgba(width, height, pixels).map_or_else(Look::default, |frame| self.see(&frame, scale))
    }

    fn see(&mut self, whole: &Frame, scale: u32) -> Look {
        let frame = whole.shrunk(scale.max(1) as usize);
        let factor = whole.width() as f32 / frame.width() as f32;
        let mut sights = self.sights(&frame);
        self.blank = if sights.sightings.is_empty() && sights.linear.is_empty() { self.blank + 1 } else { 0 };
        sights
            .sightings
            .sort_by(|a, b| b.message.is_some().cmp(&a.message.is_some()).then(b.score.total_cmp(&a.score)));
        sights.sightings.truncate(FOLLOWED);
        look_again(&frame, &mut sights);
        self.tracks.add(&mut sights.sightings);
        self.order.note(&sights);
        let unread = sights.sightings.iter().filter(|one| one.message.is_none());
        let mut seen: Vec<Seen> = unread.map(|one| measure::seen(&frame, one)).collect();
        let mut found: Vec<Found> = sights.found();
        // Blur leaves nothing that tells a symbol from another texture, and the person is told of it all the same.
        if found.is_empty()
            && let Some(doubtful) = datamatrix::place(&frame).and_then(|corners| measure::doubtful(&frame, corners))
        {
            seen = vec![doubtful];
        }
        for one in &mut seen {
            one.module *= factor;
        }
        let corners = seen.iter_mut().map(|one| &mut one.corners).chain(found.iter_mut().map(|one| &mut one.corners));
        for corner in corners.flatten() {
            *corner = (corner.0 * factor, corner.1 * factor);
        }
        self.remember(&mut seen, &found);
        Look { found, seen, light: measure::light(&frame), glare: measure::glare(&frame) }
    }

    /// Tells once more what was seen a moment ago, unless it was read meanwhile: the frames between had another turn.
    fn remember(&mut self, seen: &mut Vec<Seen>, found: &[Found]) {
        let (last, age) = &mut self.seen;
        *age += 1;
        if !seen.is_empty() {
            (*last, *age) = (seen.clone(), 0);
        }
        last.retain(|one| found.iter().all(|found| !overlap(&found.corners, &one.corners)));
        if seen.is_empty() && *age <= REMEMBERED {
            seen.clone_from(last);
        }
    }

    /// One look, at the whole or, of a frame that was too large to read at full size, by turns at its middle after one that
    /// showed nothing.
    fn sights(&self, frame: &Frame) -> Sights {
        let (width, height) = (frame.width().min(FULL_SIDE), frame.height().min(FULL_SIDE));
        let (left, top) = ((frame.width() - width) / 2, (frame.height() - height) / 2);
        let is_whole = matches!(self.blank % 4, 0 | 3);
        if is_whole || (left, top) == (0, 0) {
            return read::sight(frame, &self.order.turn());
        }
        let turn = self.order.turn().within(1.0, left as f32, top as f32);
        moved(read::sight(&frame.part(left, top, width, height), &turn), left, top)
    }
}

/// A look at a part as one at the whole.
fn moved(sights: Sights, left: usize, top: usize) -> Sights {
    let (left, top) = (left as f32, top as f32);
    let linear = sights
        .linear
        .into_iter()
        .map(|(message, symbology, corners)| (message, symbology, corners.map(|(x, y)| (x + left, y + top))));
    Sights {
        linear: linear.collect(),
        sightings: sights.sightings.into_iter().map(|one| one.placed(1.0, left, top)).collect(),
    }
}

/// In a frame that was made smaller to be read, looks again at the best sighting without a message, at full size.
fn look_again(frame: &Frame, sights: &mut Sights) {
    let read = !sights.linear.is_empty() || sights.sightings.iter().any(|one| one.message.is_some());
    if read || frame.longer_side() <= FULL_SIDE {
        return;
    }
    let Some(best) = sights.sightings.first_mut() else {
        return;
    };
    let margin = AROUND * best.module;
    let bound = |values: [f32; 4]| {
        let low = values.into_iter().fold(f32::MAX, f32::min) - margin;
        let high = values.into_iter().fold(f32::MIN, f32::max) + margin;
        (low.max(0.0) as usize, (high - low.max(0.0)).max(0.0) as usize)
    };
    let (left, width) = bound(best.corners.map(|corner| corner.0));
    let (top, height) = bound(best.corners.map(|corner| corner.1));
    if left >= frame.width() || top >= frame.height() {
        return;
    }
    let part = frame.part(left, top, width, height);
    // The part may have been moved to fit.
    let (left, top) = (left.min(frame.width() - part.width()), top.min(frame.height() - part.height()));
    let again = match best.symbology {
        crate::Symbology::Qr => qr::sight(&part, Effort::Frame),
        _ => datamatrix::sight(&part, Effort::Frame, &Turn::Alone, Vec::new),
    };
    let worth = |one: &Sighting| (one.message.is_some(), one.score);
    let again = again.into_iter().max_by(|a, b| worth(a).partial_cmp(&worth(b)).unwrap_or(std::cmp::Ordering::Equal));
    if let Some(again) = again
        && worth(&again) > worth(best)
    {
        *best = again.placed(1.0, left as f32, top as f32);
    }
}
