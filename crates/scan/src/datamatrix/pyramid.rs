//! A frame and what it is when made smaller again and again.

use crate::frame::Frame;

/// Sides below this are not halved.
const MIN_SIDE: usize = 80;
const MAX_LEVELS: usize = 5;

pub(super) struct Pyramid(Vec<Frame>);

impl Pyramid {
    pub(super) fn new(frame: &Frame) -> Self {
        let mut levels = vec![frame.clone()];
        while let Some(last) = levels.last()
            && levels.len() < MAX_LEVELS
            && last.width().min(last.height()) >= MIN_SIDE
        {
            let next = last.shrunk(2);
            levels.push(next);
        }
        Self(levels)
    }

    /// A level, or the smallest there is, and the pixels of the frame to one of its own.
    pub(super) fn level(&self, index: usize) -> (&Frame, f32) {
        let index = index.min(self.0.len() - 1);
        (&self.0[index], (1 << index) as f32)
    }

    /// The smallest level at which modules of so many pixels of the frame can still be told apart well.
    pub(super) fn for_module(&self, module: f32) -> (&Frame, f32) {
        self.level((module / 2.5).log2().floor().max(0.0) as usize)
    }
}
