//! QR Code model 2 (ISO/IEC 18004): find, sample, correct, read.

mod codewords;
mod find;
mod stream;

use rxing::common::BitMatrix;

use crate::found::Message;
use crate::frame::Frame;

/// A message and where its symbol lies in the frame.
type Placed = (Message, [(f32, f32); 4]);

/// A symbol's modules and where it lies in the frame.
struct Sampled {
    modules: BitMatrix,
    corners: [(f32, f32); 4],
}

/// Reads the symbols whose finder patterns show in `ink`, the dark pixels.
pub(crate) fn read(ink: &BitMatrix) -> Vec<Placed> {
    messages(find::by_centres(ink))
}

/// Reads the symbols of a frame in another way, which sees finder patterns that no row crosses in the right ratio; it
/// takes ten times as long.
pub(crate) fn read_regions(frame: &Frame) -> Vec<Placed> {
    messages(find::by_regions(frame))
}

fn messages(symbols: impl IntoIterator<Item = Sampled>) -> Vec<Placed> {
    let mut found: Vec<Placed> = Vec::new();
    for symbol in symbols {
        let data = codewords::data(&symbol.modules);
        let message = data.and_then(|data| stream::read(&data.codewords, data.version));
        if let Some(message) = message
            && found.iter().all(|(known, _)| *known != message)
        {
            found.push((message, symbol.corners));
        }
    }
    found
}
