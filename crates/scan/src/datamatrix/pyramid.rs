//! A frame and what it is when made smaller again and again.

use crate::frame::Frame;

/// Sides below this are not halved.
const MIN_SIDE: usize = 80;
const MAX_LEVELS: usize = 5;

pub(super) struct Pyramid<'a> {
    frame: &'a Frame,
    smaller: Vec<Frame>,
}

impl<'a> Pyramid<'a> {
    pub(super) fn new(frame: &'a Frame) -> Self {
        let mut smaller: Vec<Frame> = Vec::new();
        let mut last = frame;
        while smaller.len() + 1 < MAX_LEVELS && last.width().min(last.height()) >= MIN_SIDE {
            smaller.push(last.shrunk(2));
            last = smaller.last().unwrap_or(frame);
        }
        Self { frame, smaller }
    }

    /// A level, or the smallest there is, and the pixels of the frame to one of its own.
    pub(super) fn level(&self, index: usize) -> (&Frame, f32) {
        let index = index.min(self.smaller.len());
        let frame = index.checked_sub(1).map_or(self.frame, |smaller| &self.smaller[smaller]);
        (frame, (1 << index) as f32)
    }

    /// The smallest level at which modules of so many pixels of the frame can still be told apart well.
    pub(super) fn for_module(&self, module: f32) -> (&Frame, f32) {
        self.level((module / 2.5).log2().floor().max(0.0) as usize)
    }
}
