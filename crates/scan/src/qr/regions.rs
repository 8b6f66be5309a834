//! The other way to find: regions of one colour that lie in each other, by the library `rqrr`. It sees symbols of which no
//! line crosses a finder pattern in the right ratio, decides modules hard, and takes ten times as long.

use rqrr::{BitGrid, Grid, PreparedImage};

use crate::found::Symbology;
use crate::frame::Frame;
use crate::sighting::Sighting;

/// The symbols of a frame that can be read.
pub(crate) fn read(frame: &Frame) -> Vec<Sighting> {
    let (width, pixels) = (frame.width(), frame.pixels());
    let mut image = PreparedImage::prepare_from_greyscale(width, frame.height(), |x, y| pixels[y * width + x]);
    image.detect_grids().iter().filter_map(sighting).collect()
}

fn sighting<G: BitGrid>(grid: &Grid<G>) -> Option<Sighting> {
    let side = grid.grid.size();
    let module = |index: usize| if grid.grid.bit(index / side, index % side) { 1.0 } else { -1.0 };
    let soft: Vec<f32> = (0..side * side).map(module).collect();
    let corners = grid.bounds.map(|point| (point.x as f32, point.y as f32));
    let length = (corners[1].0 - corners[0].0).hypot(corners[1].1 - corners[0].1);
    Some(Sighting {
        symbology: Symbology::Qr,
        columns: side,
        rows: side,
        message: Some(super::decode(side, &soft)?),
        soft,
        corners,
        module: length / side as f32,
        score: 1.0,
    })
}
