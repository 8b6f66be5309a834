//! A grey image and the few changes of size that reading needs.

/// Sides below this hold no symbol: the smallest has 10 modules.
const MIN_SIDE: usize = 10;
/// Sides above this come from no camera; they would only cost memory.
const MAX_SIDE: usize = 16_384;
/// Pixels above this are refused: 64 megapixels.
const MAX_AREA: usize = 1 << 26;

/// A grey image whose buffer is known to have the right length.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
}

impl Frame {
    /// Takes one byte per pixel; `None` if the sizes do not agree or cannot hold a symbol.
    pub(crate) fn from_luma(width: u32, height: u32, pixels: &[u8]) -> Option<Self> {
        let (width, height) = sides(width, height, pixels.len(), 1)?;
        Some(Self { width, height, pixels: pixels.to_vec() })
    }

    /// Takes four bytes per pixel; what is transparent is white, as on paper.
    pub(crate) fn from_rgba(width: u32, height: u32, pixels: &[u8]) -> Option<Self> {
        let (width, height) = sides(width, height, pixels.len(), 4)?;
        let pixels = pixels.chunks_exact(4).map(grey).collect();
        Some(Self { width, height, pixels })
    }

    pub(crate) fn width(&self) -> usize {
        self.width
    }

    pub(crate) fn height(&self) -> usize {
        self.height
    }

    pub(crate) fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    pub(crate) fn longer_side(&self) -> usize {
        self.width.max(self.height)
    }

    /// Brightness between pixels; outside the image the nearest pixel counts.
    pub(crate) fn at(&self, x: f32, y: f32) -> f32 {
        let x = (x - 0.5).clamp(0.0, (self.width - 1) as f32);
        let y = (y - 0.5).clamp(0.0, (self.height - 1) as f32);
        // Through i32, for which processors have an instruction.
        let (left, top) = (x as i32 as usize, y as i32 as usize);
        let (right, bottom) = ((left + 1).min(self.width - 1), (top + 1).min(self.height - 1));
        let (fx, fy) = (x - left as f32, y - top as f32);
        let pixel = |x: usize, y: usize| f32::from(self.pixels[y * self.width + x]);
        let upper = pixel(left, top) * (1.0 - fx) + pixel(right, top) * fx;
        let lower = pixel(left, bottom) * (1.0 - fx) + pixel(right, bottom) * fx;
        upper * (1.0 - fy) + lower * fy
    }

    /// The image made smaller by a whole factor, each pixel the mean of those it replaces.
    pub(crate) fn shrunk(&self, factor: usize) -> Self {
        let (width, height) = (self.width / factor, self.height / factor);
        if factor < 2 || width < MIN_SIDE || height < MIN_SIDE {
            return self.clone();
        }
        if factor == 2 {
            return self.halved();
        }
        let mut pixels = Vec::with_capacity(width * height);
        let mut sums = vec![0_u32; width];
        let count = (factor * factor) as u32;
        for rows in self.pixels.chunks_exact(self.width * factor).take(height) {
            sums.fill(0);
            for row in rows.chunks_exact(self.width) {
                for (sum, block) in sums.iter_mut().zip(row.chunks_exact(factor)) {
                    *sum += block.iter().map(|&value| u32::from(value)).sum::<u32>();
                }
            }
            pixels.extend(sums.iter().map(|sum| (sum / count) as u8));
        }
        Self { width, height, pixels }
    }

    fn halved(&self) -> Self {
        let (width, height) = (self.width / 2, self.height / 2);
        let mut pixels = vec![0; width * height];
        for (target, rows) in pixels.chunks_exact_mut(width).zip(self.pixels.chunks_exact(2 * self.width)) {
            let (upper, lower) = rows.split_at(self.width);
            for ((mean, upper), lower) in target.iter_mut().zip(upper.chunks_exact(2)).zip(lower.chunks_exact(2)) {
                let sum = u16::from(upper[0]) + u16::from(upper[1]) + u16::from(lower[0]) + u16::from(lower[1]);
                *mean = ((sum + 2) >> 2) as u8;
            }
        }
        Self { width, height, pixels }
    }

    /// The image made larger by a whole factor with hard edges, inside a white margin.
    ///
    /// For symbols drawn by a program at a pixel or two per module and cut off at their edge.
    pub(crate) fn framed(&self, factor: usize, margin: usize) -> Self {
        let (width, height) = (self.width * factor + 2 * margin, self.height * factor + 2 * margin);
        let mut pixels = vec![255; width * height];
        for y in 0..self.height * factor {
            let source = &self.pixels[y / factor * self.width..][..self.width];
            let target = &mut pixels[(y + margin) * width + margin..][..self.width * factor];
            for (block, &value) in target.chunks_exact_mut(factor).zip(source) {
                block.fill(value);
            }
        }
        Self { width, height, pixels }
    }

    /// A part of the image, cut to what there is.
    pub(crate) fn part(&self, left: usize, top: usize, width: usize, height: usize) -> Self {
        let left = left.min(self.width - MIN_SIDE);
        let top = top.min(self.height - MIN_SIDE);
        let width = width.clamp(MIN_SIDE, self.width - left);
        let height = height.clamp(MIN_SIDE, self.height - top);
        let mut pixels = Vec::with_capacity(width * height);
        for row in self.pixels.chunks_exact(self.width).skip(top).take(height) {
            pixels.extend_from_slice(&row[left..left + width]);
        }
        Self { width, height, pixels }
    }

    /// The image with each pixel the weighted mean of itself and its eight neighbours, against noise.
    pub(crate) fn softened(&self) -> Self {
        let (width, height) = (self.width, self.height);
        let mut across = vec![0_u16; width * height];
        for (row, target) in self.pixels.chunks_exact(width).zip(across.chunks_exact_mut(width)) {
            for (x, value) in target.iter_mut().enumerate() {
                let left = row[x.saturating_sub(1)];
                let right = row[(x + 1).min(width - 1)];
                *value = u16::from(left) + 2 * u16::from(row[x]) + u16::from(right);
            }
        }
        let mut pixels = Vec::with_capacity(width * height);
        for y in 0..height {
            let row = |y: usize| &across[y * width..][..width];
            let (above, here, below) = (row(y.saturating_sub(1)), row(y), row((y + 1).min(height - 1)));
            pixels.extend((0..width).map(|x| ((above[x] + 2 * here[x] + below[x]) / 16) as u8));
        }
        Self { width, height, pixels }
    }
}

/// Checks the sides against each other, the buffer and the limits.
fn sides(width: u32, height: u32, length: usize, depth: usize) -> Option<(usize, usize)> {
    let (width, height) = (usize::try_from(width).ok()?, usize::try_from(height).ok()?);
    let fits = (MIN_SIDE..=MAX_SIDE).contains(&width) && (MIN_SIDE..=MAX_SIDE).contains(&height);
    let area = width.checked_mul(height)?;
    (fits && area <= MAX_AREA && area.checked_mul(depth)? == length).then_some((width, height))
}

/// Luma of an sRGB pixel (ITU-R BT.601 weights in 256ths) over white paper.
fn grey(pixel: &[u8]) -> u8 {
    let [red, green, blue, alpha] = [pixel[0], pixel[1], pixel[2], pixel[3]].map(u32::from);
    let luma = (77 * red + 150 * green + 29 * blue) >> 8;
    ((luma * alpha + 255 * (255 - alpha)) / 255) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_must_agree() {
        for (width, height, length, ok) in [
            (10, 10, 100, true),
            (10, 10, 99, false),
            (9, 10, 90, false),
            (0, 0, 0, false),
            (u32::MAX, u32::MAX, 1, false),
            (65_536, 65_536, 0, false),
            (16_384, 10, 163_840, true),
            (16_385, 10, 163_850, false),
        ] {
            let found = Frame::from_luma(width, height, &vec![0; length]);
            assert_eq!(found.is_some(), ok, "{width}×{height} with {length}");
        }
        assert!(Frame::from_rgba(10, 10, &[0; 100]).is_none());
        assert!(Frame::from_rgba(10, 10, &[0; 400]).is_some());
    }

    #[test]
    fn colours_become_grey() {
        for (pixel, expected) in [
            ([255, 255, 255, 255], 255),
            ([0, 0, 0, 255], 0),
            ([0, 0, 0, 0], 255),
            ([255, 0, 0, 255], 76),
            ([0, 255, 0, 255], 149),
        ] {
            assert_eq!(grey(&pixel), expected, "{pixel:?}");
        }
    }

    #[test]
    fn changes_of_size() {
        let pixels: Vec<u8> = (0..20 * 30).map(|index| if index % 20 < 10 { 0 } else { 200 }).collect();
        let frame = Frame::from_luma(20, 30, &pixels).expect("sizes agree");
        let small = frame.shrunk(2);
        assert_eq!((small.width(), small.height()), (10, 15));
        assert_eq!((small.pixels()[0], small.pixels()[9]), (0, 200));
        assert_eq!(frame.shrunk(3).width(), 20, "too small to shrink");
        let framed = frame.framed(2, 8);
        assert_eq!((framed.width(), framed.height()), (56, 76));
        assert_eq!((framed.pixels()[0], framed.pixels()[8 * 56 + 8]), (255, 0));
        let part = frame.part(15, 25, 100, 100);
        assert_eq!((part.width(), part.height()), (10, 10));
        assert_eq!(frame.softened().pixels()[5], 0);
    }
}
