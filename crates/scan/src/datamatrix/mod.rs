//! DataMatrix ECC 200 (ISO/IEC 16022): find, sample, correct, read.

mod codewords;
mod lines;
mod outline;
mod placement;
mod pyramid;
mod reader;
mod size;
mod stream;
mod texture;
mod timing;

use size::Size;

use crate::effort::Effort;
use crate::found::Message;
use crate::frame::Frame;
use crate::sighting::Sighting;

/// The symbols of a frame, with what they say where that can be made out.
pub(crate) fn sight(frame: &Frame, effort: Effort) -> Vec<Sighting> {
    reader::sight(frame, effort)
}

/// What sampled modules say, seen from the front or, through glass, from behind.
pub(crate) fn decode(columns: usize, rows: usize, soft: &[f32]) -> Option<Message> {
    let size = Size::of(columns, rows)?;
    if soft.len() != columns * rows {
        return None;
    }
    let front = codewords::data(size, soft).and_then(|data| stream::read(&data));
    front.or_else(|| {
        if columns != rows {
            return None;
        }
        let mirrored: Vec<f32> = (0..soft.len())
            .map(|index| soft[(rows - 1 - index % columns) * columns + (columns - 1 - index / columns)])
            .collect();
        codewords::data(size, &mirrored).and_then(|data| stream::read(&data))
    })
}
