//! Which pixels are dark.

use rxing::common::{BitMatrix, HybridBinarizer};
use rxing::{Binarizer, Luma8Source};

use crate::frame::Frame;

/// A rule by which a grey pixel counts as dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Threshold {
    /// Mean of 5×5 blocks of 8 pixels: even light or shadows, ordinary contrast.
    Blocks,
    /// Mean of a wide neighbourhood: low contrast.
    Neighbourhood,
    /// One value for the whole image: clean pictures, symbols with large modules.
    Whole,
}

/// The dark pixels of a frame; `None` if the rule finds no two levels.
pub(crate) fn dark(frame: &Frame, threshold: Threshold) -> Option<BitMatrix> {
    match threshold {
        Threshold::Blocks => blocks(frame),
        Threshold::Neighbourhood => neighbourhood(frame),
        Threshold::Whole => whole(frame),
    }
}

fn blocks(frame: &Frame) -> Option<BitMatrix> {
    let (width, height) = (frame.width() as u32, frame.height() as u32);
    let source = Luma8Source::new_with_slice(frame.pixels(), width, height).ok()?;
    let binarizer = HybridBinarizer::new(source);
    binarizer.get_black_matrix().ok().cloned()
}

/// D. Bradley, G. Roth, "Adaptive Thresholding Using the Integral Image" (2007), with running sums for the integral.
fn neighbourhood(frame: &Frame) -> Option<BitMatrix> {
    let (width, height) = (frame.width(), frame.height());
    let reach = (frame.longer_side() / 20).max(12);
    let row = |y: usize| &frame.pixels()[y * width..][..width];
    let mut matrix = BitMatrix::new(width as u32, height as u32).ok()?;
    let mut columns = vec![0_u32; width];
    for y in 0..reach.min(height) {
        add(&mut columns, row(y));
    }
    for y in 0..height {
        if y + reach < height {
            add(&mut columns, row(y + reach));
        }
        if let Some(left_behind) = y.checked_sub(reach + 1) {
            subtract(&mut columns, row(left_behind));
        }
        let rows = (y + reach + 1).min(height) - y.saturating_sub(reach);
        let mut sum: u32 = columns[..reach.min(width)].iter().sum();
        for (x, &value) in row(y).iter().enumerate() {
            if x + reach < width {
                sum += columns[x + reach];
            }
            if let Some(left_behind) = x.checked_sub(reach + 1) {
                sum -= columns[left_behind];
            }
            let count = rows * ((x + reach + 1).min(width) - x.saturating_sub(reach));
            let mean = sum / count as u32;
            if u32::from(value) + (mean / 32).max(2) < mean {
                matrix.set(x as u32, y as u32);
            }
        }
    }
    Some(matrix)
}

fn add(columns: &mut [u32], row: &[u8]) {
    for (sum, &value) in columns.iter_mut().zip(row) {
        *sum += u32::from(value);
    }
}

fn subtract(columns: &mut [u32], row: &[u8]) {
    for (sum, &value) in columns.iter_mut().zip(row) {
        *sum -= u32::from(value);
    }
}

fn whole(frame: &Frame) -> Option<BitMatrix> {
    let level = between(frame.pixels().iter().copied())?;
    let mut matrix = BitMatrix::new(frame.width() as u32, frame.height() as u32).ok()?;
    for (y, row) in frame.pixels().chunks_exact(frame.width()).enumerate() {
        for (x, &value) in row.iter().enumerate() {
            if value <= level {
                matrix.set(x as u32, y as u32);
            }
        }
    }
    Some(matrix)
}

/// The highest value that counts as dark when values fall into two groups; `None` if all are equal.
///
/// N. Otsu, "A Threshold Selection Method from Gray-Level Histograms" (1979).
pub(crate) fn between(values: impl Iterator<Item = u8>) -> Option<u8> {
    let mut histogram = [0_u64; 256];
    for value in values {
        histogram[usize::from(value)] += 1;
    }
    let weigh = |(value, &count): (usize, &u64)| value as f64 * count as f64;
    let total = histogram.iter().sum::<u64>() as f64;
    let sum: f64 = histogram.iter().enumerate().map(weigh).sum();
    let (mut count_below, mut sum_below) = (0.0, 0.0);
    let mut best = (0.0, None);
    for (value, &count) in histogram.iter().enumerate() {
        count_below += count as f64;
        sum_below += weigh((value, &count));
        let count_above = total - count_below;
        if count_below == 0.0 || count_above <= 0.0 {
            continue;
        }
        let distance = sum_below / count_below - (sum - sum_below) / count_above;
        let spread = count_below * count_above * distance * distance;
        if spread > best.0 {
            best = (spread, Some(value as u8));
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(width: u32, height: u32, ink: u8, paper: u8) -> Frame {
        let inside = |x: u32, y: u32| (width / 4..width / 2).contains(&x) && (height / 4..height / 2).contains(&y);
        let pixels: Vec<u8> =
            (0..width * height).map(|index| if inside(index % width, index / width) { ink } else { paper }).collect();
        Frame::from_luma(width, height, &pixels).expect("sizes agree")
    }

    #[test]
    fn a_dark_square_on_paper() {
        for (threshold, ink, paper) in [
            (Threshold::Blocks, 20, 230),
            (Threshold::Neighbourhood, 20, 230),
            (Threshold::Neighbourhood, 120, 132),
            (Threshold::Whole, 20, 230),
            (Threshold::Whole, 120, 132),
        ] {
            let matrix = dark(&card(100, 80, ink, paper), threshold).expect("two levels");
            assert!(matrix.get(26, 21), "{threshold:?} {ink}/{paper}");
            assert!(!matrix.get(10, 10), "{threshold:?} {ink}/{paper}");
            assert!(!matrix.get(90, 70), "{threshold:?} {ink}/{paper}");
        }
    }

    #[test]
    fn one_level_has_no_whole_threshold() {
        assert!(dark(&card(40, 40, 99, 99), Threshold::Whole).is_none());
        assert_eq!(between(std::iter::empty()), None);
        assert_eq!(between([10, 10, 200, 210].into_iter()), Some(10));
    }
}
