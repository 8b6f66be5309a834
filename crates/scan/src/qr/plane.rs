//! The frame at several sizes and sharpnesses, as the search for finder patterns wants it.

use std::borrow::Cow;

use crate::frame::Frame;

/// Grey levels at a scale of the frame.
#[derive(Clone, Debug)]
pub(super) struct Plane<'a> {
    pub(super) width: usize,
    pub(super) height: usize,
    pixels: Cow<'a, [u8]>,
    /// Pixels of the frame to a pixel of the plane.
    pub(super) scale: f32,
}

impl<'a> Plane<'a> {
    pub(super) fn of(frame: &'a Frame) -> Self {
        Self { width: frame.width(), height: frame.height(), pixels: Cow::Borrowed(frame.pixels()), scale: 1.0 }
    }

    pub(super) fn row(&self, y: usize) -> &[u8] {
        &self.pixels[y * self.width..][..self.width]
    }

    /// Half as wide and high, each pixel the mean of four.
    pub(super) fn halved(&self) -> Plane<'static> {
        let (width, height) = (self.width / 2, self.height / 2);
        let mut pixels = vec![0; width * height];
        let mut sums = vec![0_u16; width * 2];
        for (y, target) in pixels.chunks_exact_mut(width.max(1)).enumerate() {
            let (upper, lower) = (self.row(2 * y), self.row(2 * y + 1));
            for ((sum, &one), &other) in sums.iter_mut().zip(upper).zip(lower) {
                *sum = u16::from(one) + u16::from(other);
            }
            for (value, pair) in target.iter_mut().zip(sums.chunks_exact(2)) {
                *value = ((pair[0] + pair[1] + 2) / 4) as u8;
            }
        }
        Plane { width, height, pixels: Cow::Owned(pixels), scale: self.scale * 2.0 }
    }

    /// With differences over `reach` pixels made larger in both directions, against blur.
    pub(super) fn sharpened(&self, reach: usize) -> Self {
        let (width, height) = (self.width, self.height);
        if width <= 2 * reach || height <= 2 * reach {
            return self.clone();
        }
        let mut pixels = self.pixels.to_vec();
        for y in reach..height - reach {
            let (above, here, below) = (self.row(y - reach), self.row(y), self.row(y + reach));
            let target = &mut pixels[y * width + reach..][..width - 2 * reach];
            let sides = here.iter().zip(&here[2 * reach..]);
            let poles = above[reach..].iter().zip(&below[reach..]);
            for (((value, &middle), (&left, &right)), (&top, &bottom)) in
                target.iter_mut().zip(&here[reach..]).zip(sides).zip(poles)
            {
                let around = i16::from(left) + i16::from(right) + i16::from(top) + i16::from(bottom);
                // Halved, so that what overshoots still has room.
                *value = (64 + (5 * i16::from(middle) - around) * 3 / 8 + (i16::from(middle) >> 3)).clamp(0, 255) as u8;
            }
        }
        Self { width, height, pixels: Cow::Owned(pixels), scale: self.scale }
    }

    /// The spread of the noise, from how far pixels lie beside the middle of their neighbours.
    pub(super) fn noise(&self) -> f32 {
        let mut histogram = [0_u32; 512];
        let mut count = 0;
        for row in self.pixels.chunks_exact(self.width).step_by(17) {
            for three in row.chunks_exact(3) {
                let bend = 2 * i16::from(three[1]) - i16::from(three[0]) - i16::from(three[2]);
                histogram[bend.unsigned_abs() as usize] += 1;
                count += 1;
            }
        }
        // Most of a frame is flat, but blocks of a compressed one may be too flat: three quarters, not half.
        let mut below = 0;
        let quartile = histogram.iter().position(|&share| {
            below += share;
            below * 4 > count * 3
        });
        // Three quarters of |N| lie below 1.15 of its spread, and the bend of three has √6 times the spread of one.
        quartile.unwrap_or(0) as f32 / (1.15 * 2.449)
    }

    /// Brightness between pixels, whose middles are at halves; outside, the nearest counts.
    pub(super) fn at(&self, x: f32, y: f32) -> f32 {
        let x = (x - 0.5).clamp(0.0, (self.width - 1) as f32);
        let y = (y - 0.5).clamp(0.0, (self.height - 1) as f32);
        let (left, top) =
            ((x as usize).min(self.width.saturating_sub(2)), (y as usize).min(self.height.saturating_sub(2)));
        let (fx, fy) = (x - left as f32, y - top as f32);
        let index = top * self.width + left;
        let Some(upper) = self.pixels.get(index..index + 2) else { return 0.0 };
        let Some(lower) = self.pixels.get(index + self.width..index + self.width + 2) else { return 0.0 };
        let upper = f32::from(upper[0]) + (f32::from(upper[1]) - f32::from(upper[0])) * fx;
        let lower = f32::from(lower[0]) + (f32::from(lower[1]) - f32::from(lower[0])) * fx;
        upper + (lower - upper) * fy
    }
}
