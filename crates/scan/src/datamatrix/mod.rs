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

/// Rounds of finding and wiping out: the finder gives at most one symbol for each line that it starts from.
const MAX_ROUNDS: usize = 16;

/// Reads the symbols whose outline shows in `ink`, the dark pixels of `frame` (the light ones if `inverted`).
pub(crate) fn read(frame: &Frame, ink: &BitMatrix, inverted: bool) -> Vec<Placed> {
    let mut found = round(frame, ink, inverted);
    if found.is_empty() {
        return found;
    }
    let mut rest = ink.clone();
    let mut wiped = 0;
    for _ in 1..MAX_ROUNDS {
        for (_, corners) in &found[wiped..] {
            wipe(&mut rest, corners);
        }
        wiped = found.len();
        for (message, corners) in round(frame, &rest, inverted) {
            if found.iter().all(|(known, _)| *known != message) {
                found.push((message, corners));
            }
        }
        if wiped == found.len() {
            break;
        }
    }
    found
}

/// One search of the whole image.
fn round(frame: &Frame, ink: &BitMatrix, inverted: bool) -> Vec<Placed> {
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
            modules::sample(frame, &corners, sampled.width(), sampled.height(), inverted).iter().find_map(message)
        });
        if let Some(message) = message
            && found.iter().all(|(known, _)| *known != message)
        {
            found.push((message, corners));
        }
    }
    found
}

/// Makes the inside of a quadrilateral light, and a pixel around it.
fn wipe(ink: &mut BitMatrix, corners: &[(f32, f32); 4]) {
    const MARGIN: f32 = 1.5;
    let span = |values: [f32; 4], limit: u32| {
        let low = values.into_iter().fold(f32::MAX, f32::min) - MARGIN;
        let high = values.into_iter().fold(f32::MIN, f32::max) + MARGIN;
        low.max(0.0) as u32..(high.max(0.0) as u32).saturating_add(1).min(limit)
    };
    let columns = span(corners.map(|corner| corner.0), ink.width());
    let rows = span(corners.map(|corner| corner.1), ink.height());
    let side = |index: usize, x: f32, y: f32| {
        let ((x0, y0), (x1, y1)) = (corners[index], corners[(index + 1) % 4]);
        let (dx, dy) = (x1 - x0, y1 - y0);
        (dx * (y - y0) - dy * (x - x0)) / dx.hypot(dy).max(1.0)
    };
    for y in rows {
        for x in columns.clone() {
            let sides = [0, 1, 2, 3].map(|index| side(index, x as f32 + 0.5, y as f32 + 0.5));
            if sides.iter().all(|&side| side > -MARGIN) || sides.iter().all(|&side| side < MARGIN) {
                ink.unset(x, y);
            }
        }
    }
}

/// The message of a sampled symbol, seen from the front or, through glass, from behind.
fn message(modules: &Modules) -> Option<Message> {
    if !modules.has_border() {
        return None;
    }
    codewords::data(modules).or_else(|| codewords::data(&modules.mirrored())).and_then(|data| stream::read(&data))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wiping_stays_inside() {
        let mut ink = BitMatrix::new(40, 40).expect("has sides");
        ink.setRegion(0, 0, 40, 40).expect("fits");
        let diamond = [(20.0, 10.0), (30.0, 20.0), (20.0, 30.0), (10.0, 20.0)];
        wipe(&mut ink, &diamond);
        for (x, y, dark) in [(20, 20, false), (20, 11, false), (12, 12, true), (28, 28, true), (5, 20, true)] {
            assert_eq!(ink.get(x, y), dark, "{x},{y}");
        }
        wipe(&mut ink, &[(-90.0, -90.0), (900.0, -90.0), (900.0, 900.0), (-90.0, 900.0)]);
        assert!(ink.getTopLeftOnBit().is_none());
        wipe(&mut ink, &[(f32::NAN, f32::INFINITY); 4]);
    }
}
