//! DataMatrix ECC 200 (ISO/IEC 16022): find, sample, correct, read.

mod codewords;
mod modules;
mod stream;

use rxing::common::{BitMatrix, DetectorRXingResult};
use rxing::datamatrix::detector::zxing_cpp_detector;

use crate::found::Message;
use crate::frame::Frame;
use modules::Modules;

/// A message and where its symbol lies in the frame.
pub(crate) type Placed = (Message, [(f32, f32); 4]);

/// Reads the symbols whose outline shows in `ink`, the dark pixels of `frame` (the light ones if `inverted`).
pub(crate) fn read(frame: &Frame, ink: &BitMatrix, inverted: bool) -> Vec<Placed> {
    let Ok(outlines) = zxing_cpp_detector::detect(ink, true, true) else {
        return Vec::new();
    };
    let mut found: Vec<Placed> = Vec::new();
    for outline in &outlines {
        let Ok(corners) = <[_; 4]>::try_from(outline.getPoints()) else {
            continue;
        };
        let corners = corners.map(|point| (point.x, point.y));
        let sampled = Modules::from_matrix(outline.getBits());
        let message = message(&sampled).or_else(|| {
            modules::sample(frame, &corners, sampled.width(), sampled.height(), inverted)
                .iter()
                .find_map(message)
        });
        if let Some(message) = message
            && found.iter().all(|(known, _)| *known != message)
        {
            found.push((message, corners));
        }
    }
    found
}

/// The message of a sampled symbol, seen from the front or, through glass, from behind.
fn message(modules: &Modules) -> Option<Message> {
    if !modules.has_border() {
        return None;
    }
    codewords::data(modules)
        .or_else(|| codewords::data(&modules.mirrored()))
        .and_then(|data| stream::read(&data))
}
