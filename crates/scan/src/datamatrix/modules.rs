//! The modules of a symbol, and how to take them from an image.

use rxing::common::BitMatrix;

use crate::frame::Frame;
use crate::homography::Homography;
use crate::ink;

/// A symbol as rows of dark and light modules, finder pattern included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Modules {
    width: usize,
    height: usize,
    dark: Vec<bool>,
}

impl Modules {
    pub(crate) fn from_matrix(matrix: &BitMatrix) -> Self {
        let (width, height) = (matrix.width(), matrix.height());
        let dark = (0..height).flat_map(|y| (0..width).map(move |x| matrix.get(x, y))).collect();
        Self { width: width as usize, height: height as usize, dark }
    }

    pub(crate) fn to_matrix(&self) -> Option<BitMatrix> {
        let mut matrix = BitMatrix::new(self.width as u32, self.height as u32).ok()?;
        for (index, _) in self.dark.iter().enumerate().filter(|(_, dark)| **dark) {
            matrix.set((index % self.width) as u32, (index / self.width) as u32);
        }
        Some(matrix)
    }

    pub(crate) fn width(&self) -> usize {
        self.width
    }

    pub(crate) fn height(&self) -> usize {
        self.height
    }

    fn dark(&self, x: usize, y: usize) -> bool {
        self.dark[y * self.width + x]
    }

    /// Whether the outer modules are those of a symbol, but for three in ten: solid left and bottom, alternating top
    /// and right (ISO/IEC 16022, 5.2.1). What fails this is a coincidence, and error correction must not make it a text.
    pub(crate) fn has_border(&self) -> bool {
        let (width, height) = (self.width, self.height);
        let solid = (0..height).filter(|&y| !self.dark(0, y)).count()
            + (0..width).filter(|&x| !self.dark(x, height - 1)).count();
        let clock = (0..height).filter(|&y| self.dark(width - 1, y) == ((height - y) % 2 == 0)).count()
            + (0..width).filter(|&x| self.dark(x, 0) == (x % 2 == 1)).count();
        let tolerated = (width + height) * 3 / 10;
        solid <= tolerated && clock <= tolerated
    }

    /// The symbol as seen from behind: the finder stays where it is, the clock tracks change places.
    pub(crate) fn mirrored(&self) -> Self {
        let (width, height) = (self.height, self.width);
        let dark = (0..height)
            .flat_map(|y| (0..width).map(move |x| (x, y)))
            .map(|(x, y)| self.dark(self.width - 1 - y, self.height - 1 - x))
            .collect();
        Self { width, height, dark }
    }
}

/// Takes the modules from the grey image, each as the mean of its inner part: with one threshold for the symbol, and
/// with one for the surroundings of each module, for uneven light.
pub(crate) fn sample(
    frame: &Frame,
    corners: &[(f32, f32); 4],
    width: usize,
    height: usize,
    inverted: bool,
) -> Vec<Modules> {
    let Some(plane) = Homography::onto(corners) else {
        return Vec::new();
    };
    let mut levels = Vec::with_capacity(width * height);
    for y in 0..height {
        for x in 0..width {
            let level = level(frame, &plane, x, y, width, height);
            levels.push(if inverted { 255 - level } else { level });
        }
    }
    let Some(whole) = ink::between(levels.iter().copied()) else {
        return Vec::new();
    };
    let same = levels.iter().map(|&level| level <= whole).collect();
    let local =
        (0..levels.len()).map(|index| levels[index] <= local_threshold(&levels, width, height, index)).collect();
    vec![Modules { width, height, dark: same }, Modules { width, height, dark: local }]
}

/// Mean brightness of the inner part of a module.
fn level(frame: &Frame, plane: &Homography, x: usize, y: usize, width: usize, height: usize) -> u8 {
    const INNER: [f32; 3] = [0.3, 0.5, 0.7];
    let mut sum = 0.0;
    for dy in INNER {
        for dx in INNER {
            let (u, v) = ((x as f32 + dx) / width as f32, (y as f32 + dy) / height as f32);
            let (px, py) = plane.map(u, v);
            sum += frame.at(px, py);
        }
    }
    (sum / 9.0) as u8
}

/// Middle between the lightest and the darkest module nearby.
fn local_threshold(levels: &[u8], width: usize, height: usize, index: usize) -> u8 {
    const REACH: usize = 4;
    let (x, y) = (index % width, index / width);
    let (mut low, mut high) = (u8::MAX, u8::MIN);
    for row in y.saturating_sub(REACH)..(y + REACH + 1).min(height) {
        for &level in &levels[row * width + x.saturating_sub(REACH)..row * width + (x + REACH + 1).min(width)] {
            low = low.min(level);
            high = high.max(level);
        }
    }
    low.midpoint(high)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bordered(side: usize) -> Modules {
        let dark = (0..side * side)
            .map(|index| {
                let (x, y) = (index % side, index / side);
                let clock = (y == 0 && x % 2 == 0) || (x == side - 1 && (side - 1 - y).is_multiple_of(2));
                x == 0 || y == side - 1 || clock
            })
            .collect();
        Modules { width: side, height: side, dark }
    }

    #[test]
    fn border() {
        let modules = bordered(10);
        assert!(modules.has_border());
        assert_eq!(modules.mirrored(), modules);
        assert_eq!(modules.mirrored().mirrored(), modules);
        for dark in [false, true] {
            let blank = Modules { width: 10, height: 10, dark: vec![dark; 100] };
            assert!(!blank.has_border(), "all {dark}");
        }
    }

    #[test]
    fn through_a_matrix_and_back() {
        let modules = bordered(12);
        let matrix = modules.to_matrix().expect("has modules");
        assert_eq!(Modules::from_matrix(&matrix), modules);
    }

    #[test]
    fn sampled_under_a_shadow() {
        // Twelve pixels per module, the light falling from 255 to 90 across the symbol: no one level divides it.
        let modules = bordered(16);
        let side = 16 * 12;
        let pixels: Vec<u8> = (0..side * side)
            .map(|index| {
                let (x, y) = (index % side, index / side);
                let light = 255.0 - 165.0 * x as f32 / side as f32;
                let ink = if modules.dark(x / 12, y / 12) { 0.45 } else { 1.0 };
                (light * ink) as u8
            })
            .collect();
        let frame = Frame::from_luma(side as u32, side as u32, &pixels).expect("sizes agree");
        let edge = side as f32;
        let corners = [(0.0, 0.0), (edge, 0.0), (edge, edge), (0.0, edge)];
        let samples = sample(&frame, &corners, 16, 16, false);
        assert_eq!(samples.len(), 2);
        let wrong = |sample: &Modules| sample.dark.iter().zip(&modules.dark).filter(|(a, b)| a != b).count();
        assert!(wrong(&samples[0]) > 0);
        // Where all modules nearby are light, any of them may fall on the dark side: only the border is compared.
        assert!(samples[1].has_border());
        assert!(sample(&frame, &[(0.0, 0.0); 4], 16, 16, false).is_empty());
    }
}
