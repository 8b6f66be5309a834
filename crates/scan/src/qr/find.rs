//! Where the symbols are, and their modules.

use rqrr::{BitGrid, PreparedImage};
use rxing::Point;
use rxing::common::{BitMatrix, DetectorRXingResult};
use rxing::qrcode::cpp_port::detector::{FindFinderPatterns, GenerateFinderPatternSets, SampleQR};

use super::Sampled;
use crate::frame::Frame;

/// Sets of three finder patterns that are tried before giving up: a frame full of squares has thousands.
const MAX_SETS: usize = 40;

/// By regions of one colour that lie in each other.
pub(super) fn by_regions(frame: &Frame) -> Vec<Sampled> {
    let (width, pixels) = (frame.width(), frame.pixels());
    let mut image = PreparedImage::prepare_from_greyscale(width, frame.height(), |x, y| pixels[y * width + x]);
    image
        .detect_grids()
        .into_iter()
        .filter_map(|grid| {
            let corners = grid.bounds.map(|point| (point.x as f32, point.y as f32));
            let modules = matrix(&grid.grid)?;
            Some(Sampled { modules, corners })
        })
        .collect()
}

fn matrix(grid: &impl BitGrid) -> Option<BitMatrix> {
    let side = grid.size() as u32;
    let mut matrix = BitMatrix::new(side, side).ok()?;
    for y in 0..side {
        for x in 0..side {
            if grid.bit(y as usize, x as usize) {
                matrix.set(x, y);
            }
        }
    }
    Some(matrix)
}

/// By rows that cross the centre of a finder pattern in the ratio 1:1:3:1:1.
pub(super) fn by_centres(ink: &BitMatrix) -> impl Iterator<Item = Sampled> {
    let mut patterns = FindFinderPatterns(ink, true, 0);
    GenerateFinderPatternSets(&mut patterns).into_iter().take(MAX_SETS).filter_map(|set| {
        let symbol = SampleQR(ink, &set).ok()?;
        let corners = <[Point; 4]>::try_from(symbol.getPoints()).ok()?;
        Some(Sampled { modules: symbol.getBits().clone(), corners: corners.map(|point| (point.x, point.y)) })
    })
}
