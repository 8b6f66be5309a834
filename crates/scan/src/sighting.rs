//! A symbol located and sampled, decoded or not.

use crate::found::{Message, Symbology};

/// What a finder hands on: enough to decode the symbol, to add it to what other frames showed of it, or to tell a
/// person why it cannot be read.
#[derive(Clone, Debug)]
pub(crate) struct Sighting {
    pub(crate) symbology: Symbology,
    /// Modules across, quiet zone not counted.
    pub(crate) columns: usize,
    /// Modules down, quiet zone not counted.
    pub(crate) rows: usize,
    /// One value a module, row by row from the symbol's own top left: positive is dark, negative light, about 1 certain.
    pub(crate) soft: Vec<f32>,
    /// Outer corners in pixels of the given frame, from the symbol's top left in the order in which the outline is walked.
    pub(crate) corners: [(f32, f32); 4],
    /// Pixels a module, along the shorter direction.
    pub(crate) module: f32,
    /// Correlation of the modules that the standard fixes, 0 to 1.
    pub(crate) score: f32,
    pub(crate) message: Option<Message>,
}

impl Sighting {
    /// The same sighting in the pixels of the image that its frame was taken from.
    pub(crate) fn placed(self, scale: f32, left: f32, top: f32) -> Self {
        let corners = self.corners.map(|(x, y)| (x * scale + left, y * scale + top));
        Self { corners, module: self.module * scale, ..self }
    }
}
