//! A video: frames that follow one another.

use crate::effort::Effort;
use crate::found::Look;
use crate::frame::Frame;
use crate::read;

/// Level from which a pixel is burnt out: the camera could not tell it from a brighter one.
const BURNT: u8 = 250;

/// Reads the frames of one camera in their order, and keeps what earlier frames showed.
#[derive(Debug, Default)]
pub struct Scanner {}

impl Scanner {
    /// A scanner that has seen nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Forgets the earlier frames, as when the camera is pointed elsewhere or another camera takes over.
    pub fn reset(&mut self) {
        *self = Self::new();
    }

    /// Looks at the next frame, one byte per pixel; empty if the sizes do not agree.
    pub fn see_luma(&mut self, width: u32, height: u32, pixels: &[u8]) -> Look {
        self.see_luma_scaled(width, height, pixels, 1)
    }

    /// Looks at the next frame, four bytes per pixel as a canvas gives them; empty if the sizes do not agree.
    pub fn see_rgba(&mut self, width: u32, height: u32, pixels: &[u8]) -> Look {
        self.see_rgba_scaled(width, height, pixels, 1)
    }

    /// [`Scanner::see_luma`] with squares of `scale` pixels taken as one, for a symbol that fills the frame. Places in
    /// the answer are in pixels of what was given.
    pub fn see_luma_scaled(&mut self, width: u32, height: u32, pixels: &[u8], scale: u32) -> Look {
        Frame::from_luma(width, height, pixels).map_or_else(Look::default, |frame| self.see(&frame, scale))
    }

    /// [`Scanner::see_rgba`] with squares of `scale` pixels taken as one.
    pub fn see_rgba_scaled(&mut self, width: u32, height: u32, pixels: &[u8], scale: u32) -> Look {
        Frame::from_rgba(width, height, pixels).map_or_else(Look::default, |frame| self.see(&frame, scale))
    }

    fn see(&mut self, frame: &Frame, scale: u32) -> Look {
        let mut found = read::read(&frame.shrunk(scale as usize), Effort::Frame);
        for corner in found.iter_mut().flat_map(|found| &mut found.corners) {
            *corner = (corner.0 * scale as f32, corner.1 * scale as f32);
        }
        Look { found, seen: Vec::new(), light: light(frame), glare: glare(frame) }
    }
}

/// Mean level of the frame, from every fourth row.
fn light(frame: &Frame) -> f32 {
    let rows = frame.pixels().chunks_exact(frame.width()).step_by(4);
    let count = rows.len() * frame.width();
    let sum: u64 = rows.map(|row| row.iter().map(|&level| u64::from(level)).sum::<u64>()).sum();
    sum as f32 / count as f32
}

/// Share of the middle third, each way, that is burnt out.
fn glare(frame: &Frame) -> f32 {
    let (width, height) = (frame.width(), frame.height());
    let rows = frame.pixels().chunks_exact(width).skip(height / 3).take(height / 3);
    let count = rows.len() * (width / 3);
    let burnt: usize =
        rows.map(|row| row[width / 3..][..width / 3].iter().filter(|&&level| level >= BURNT).count()).sum();
    burnt as f32 / count as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn light_and_glare_of_a_frame() {
        let (width, height) = (90, 60);
        let drawn = |level: u8, burnt: bool| {
            let inside = |x: usize, y: usize| (30..45).contains(&x) && (20..40).contains(&y);
            let pixels: Vec<u8> = (0..width * height)
                .map(|at| if burnt && inside(at % width, at / width) { 255 } else { level })
                .collect();
            Scanner::new().see_luma(width as u32, height as u32, &pixels)
        };
        let (dark, bright, shining) = (drawn(10, false), drawn(200, false), drawn(10, true));
        assert!((dark.light - 10.0).abs() < 0.01 && (bright.light - 200.0).abs() < 0.01);
        assert!(dark.glare == 0.0 && bright.glare == 0.0);
        assert!((shining.glare - 0.5).abs() < 0.01, "{}", shining.glare);
        assert_eq!(Scanner::new().see_luma(90, 60, &[0; 7]), Look::default());
    }
}
