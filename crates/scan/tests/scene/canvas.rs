//! A grey picture in floating point, and what is drawn on it.

use super::random::Random;
use super::strokes;

/// Levels by rows.
#[derive(Clone, Debug)]
pub(crate) struct Canvas {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) levels: Vec<f32>,
}

impl Canvas {
    pub(crate) fn new(width: usize, height: usize, level: f32) -> Self {
        Self { width, height, levels: vec![level; width * height] }
    }

    pub(crate) fn rows(&mut self) -> impl Iterator<Item = (usize, &mut [f32])> {
        self.levels.chunks_exact_mut(self.width).enumerate()
    }

    /// Rows and columns of a range of coordinates.
    fn span(from: f32, to: f32, end: usize) -> std::ops::Range<usize> {
        let clamp = |value: f32| value.max(0.0).min(end as f32) as usize;
        clamp(from)..clamp(to)
    }

    pub(crate) fn rectangle(&mut self, (left, top): (f32, f32), (right, bottom): (f32, f32), level: f32) {
        let (columns, width) = (Self::span(left, right, self.width), self.width);
        for y in Self::span(top, bottom, self.height) {
            self.levels[y * width..][columns.clone()].fill(level);
        }
    }

    /// A line with round ends, smooth at its edges.
    pub(crate) fn line(&mut self, from: (f32, f32), to: (f32, f32), thickness: f32, level: f32) {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let (square, reach) = ((dx * dx + dy * dy).max(1e-6), thickness / 2.0 + 1.0);
        let width = self.width;
        let columns = Self::span(from.0.min(to.0) - reach, from.0.max(to.0) + reach + 1.0, width);
        for y in Self::span(from.1.min(to.1) - reach, from.1.max(to.1) + reach + 1.0, self.height) {
            for x in columns.clone() {
                let (px, py) = (x as f32 + 0.5 - from.0, y as f32 + 0.5 - from.1);
                let along = ((px * dx + py * dy) / square).clamp(0.0, 1.0);
                let distance = (px - along * dx).hypot(py - along * dy);
                let cover = (thickness / 2.0 + 0.5 - distance).clamp(0.0, 1.0);
                let pixel = &mut self.levels[y * width + x];
                *pixel += (level - *pixel) * cover;
            }
        }
    }

    pub(crate) fn dot(&mut self, at: (f32, f32), radius: f32, level: f32) {
        self.line(at, at, 2.0 * radius, level);
    }

    /// A line of capitals and digits; `at` is its left end on the base line.
    pub(crate) fn text(&mut self, text: &str, at: (f32, f32), height: f32, thickness: f32, level: f32) {
        let unit = height / 6.0;
        for (index, letter) in text.chars().enumerate() {
            let left = at.0 + index as f32 * unit * 6.0;
            let place = |(x, y): (f32, f32)| (left + x * unit, at.1 - height + y * unit);
            for stroke in strokes::of(letter) {
                for pair in stroke.windows(2) {
                    self.line(place(pair[0]), place(pair[1]), thickness, level);
                }
            }
        }
    }

    /// Adds what depends on the place alone.
    pub(crate) fn add(&mut self, light: impl Fn(f32, f32) -> f32) {
        for (y, row) in self.rows() {
            for (x, level) in row.iter_mut().enumerate() {
                *level += light(x as f32, y as f32);
            }
        }
    }

    /// Between the four pixels around a place; outside of the canvas, its edge.
    pub(crate) fn sample(&self, x: f32, y: f32) -> f32 {
        let (x, y) =
            ((x - 0.5).clamp(0.0, self.width as f32 - 1.001), (y - 0.5).clamp(0.0, self.height as f32 - 1.001));
        let (column, row) = (x as usize, y as usize);
        let (right, down) = (x - column as f32, y - row as f32);
        let at = row * self.width + column;
        let (upper, lower) = (&self.levels[at..at + 2], &self.levels[at + self.width..at + self.width + 2]);
        let upper = upper[0] + (upper[1] - upper[0]) * right;
        let lower = lower[0] + (lower[1] - lower[0]) * right;
        upper + (lower - upper) * down
    }

    /// The blur of a lens out of focus.
    pub(crate) fn blur(&mut self, deviation: f32) {
        if deviation <= 0.05 {
            return;
        }
        let reach = (3.0 * deviation).ceil() as usize;
        let weights: Vec<f32> = (0..=2 * reach)
            .map(|step| (-(step as f32 - reach as f32).powi(2) / (2.0 * deviation * deviation)).exp())
            .collect();
        let total: f32 = weights.iter().sum();
        let weights: Vec<f32> = weights.iter().map(|weight| weight / total).collect();
        let width = self.width;
        let mut padded = vec![0.0; width + 2 * reach];
        for row in self.levels.chunks_exact_mut(width) {
            padded[..reach].fill(row[0]);
            padded[reach..reach + width].copy_from_slice(row);
            padded[reach + width..].fill(row[width - 1]);
            row.fill(0.0);
            for (step, weight) in weights.iter().enumerate() {
                row.iter_mut().zip(&padded[step..step + width]).for_each(|(sum, level)| *sum += level * weight);
            }
        }
        let across = self.levels.clone();
        for (y, row) in self.rows() {
            row.fill(0.0);
            for (step, weight) in weights.iter().enumerate() {
                let from = (y + step).saturating_sub(reach).min(across.len() / width - 1);
                row.iter_mut().zip(&across[from * width..][..width]).for_each(|(sum, level)| *sum += level * weight);
            }
        }
    }

    /// The mean over a path that the picture takes while the shutter is open, in whole pixels.
    pub(crate) fn smear(&mut self, path: &[(f32, f32)]) {
        if path.len() < 2 {
            return;
        }
        let (sharp, width, height) = (self.levels.clone(), self.width as isize, self.height as isize);
        let share = 1.0 / path.len() as f32;
        self.levels.fill(0.0);
        for (dx, dy) in path.iter().map(|(dx, dy)| (dx.round() as isize, dy.round() as isize)) {
            for y in 0..height {
                let from = &sharp[((y + dy).clamp(0, height - 1) * width) as usize..][..width as usize];
                let to = &mut self.levels[(y * width) as usize..][..width as usize];
                let (skip_to, skip_from) = ((-dx).max(0) as usize, dx.max(0) as usize);
                let (first, last) = (from[0], from[from.len() - 1]);
                to.iter_mut().take(skip_to).for_each(|sum| *sum += first * share);
                to.iter_mut().skip(skip_to).zip(&from[skip_from..]).for_each(|(sum, level)| *sum += level * share);
                to.iter_mut().rev().take(skip_from).for_each(|sum| *sum += last * share);
            }
        }
    }

    /// What a telephone does against its own lens.
    pub(crate) fn sharpen(&mut self, by: f32) {
        if by <= 0.0 {
            return;
        }
        let mut soft = self.clone();
        soft.blur(1.0);
        self.levels.iter_mut().zip(&soft.levels).for_each(|(level, soft)| *level += by * (*level - soft));
    }

    /// Fibres of paper and board.
    pub(crate) fn grain(&mut self, by: f32, random: &mut Random) {
        let mut grain = Self::new(self.width, self.height, 0.0);
        grain.levels.iter_mut().for_each(|level| *level = random.normal());
        grain.blur(1.2);
        self.levels.iter_mut().zip(&grain.levels).for_each(|(level, grain)| *level *= 1.0 + by * grain * 4.0);
    }
}
