//! QR Code (ISO/IEC 18004).

use rqrr::PreparedImage;

use crate::charset::Bytes;
use crate::found::Message;
use crate::frame::Frame;

/// A message and where its symbol lies in the frame.
type Placed = (Message, [(f32, f32); 4]);

/// Reads the symbols of a frame.
pub(crate) fn read(frame: &Frame) -> Vec<Placed> {
    let (width, pixels) = (frame.width(), frame.pixels());
    let mut image =
        PreparedImage::prepare_from_greyscale(width, frame.height(), |x, y| pixels[y * width + x]);
    let mut found: Vec<Placed> = Vec::new();
    for grid in image.detect_grids() {
        let mut bytes = Vec::new();
        if grid.decode_to(&mut bytes).is_err() || bytes.is_empty() {
            continue;
        }
        let mut out = Bytes::default();
        out.extend(&bytes);
        let message = Message {
            text: out.into_text(),
            gs1: false,
        };
        let corners = grid.bounds.map(|point| (point.x as f32, point.y as f32));
        if found.iter().all(|(known, _)| *known != message) {
            found.push((message, corners));
        }
    }
    found
}
