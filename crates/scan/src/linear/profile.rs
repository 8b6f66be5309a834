//! Grey levels across bars.

use super::find::Region;
use crate::frame::Frame;

/// Most lines along the bars that are averaged into one.
const THICK: usize = 6;
/// How far a profile goes beyond the region, for the quiet zones: the region ends within a square of the last bar.
const MARGIN: f32 = 40.0;
/// How far beyond the levels in its middle those of a symbol go, as a share of their range.
const BEYOND: f32 = 0.25;
/// Lengths above this are sampled at whole pixels, others at halves.
const LONG: f32 = 600.0;

/// Levels across the bars of a region at one height.
#[derive(Clone, Debug)]
pub(super) struct Profile {
    levels: Vec<f32>,
    /// Where the first level lies across the bars, and the distance to the next.
    first: f32,
    step: f32,
}

/// A change between dark and light.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    pub(super) at: f32,
    /// Whether it is dark behind it.
    pub(super) dark: bool,
}

impl Profile {
    /// The levels of `count` equal bands of the region.
    pub(super) fn bands(frame: &Frame, region: &Region, count: usize) -> Vec<Self> {
        let (top, bottom) = region.height;
        let height = (bottom - top) / count as f32;
        let thick = (height as usize).clamp(1, THICK);
        let (first, last) = (region.width.0 - MARGIN, region.width.1 + MARGIN);
        let step = if last - first > LONG { 1.0 } else { 0.5 };
        let length = ((last - first) / step) as usize;
        let share = 1.0 / thick as f32;
        let band = |band: usize| {
            let mut levels = vec![0.0; length];
            for line in 0..thick {
                let v = top + height * (band as f32 + (line as f32 + 0.5) * share);
                for (at, level) in levels.iter_mut().enumerate() {
                    let (x, y) = region.pixel(first + at as f32 * step, v);
                    *level += frame.at(x, y) * share;
                }
            }
            Self { levels, first, step }
        };
        (0..count).map(band).collect()
    }

    /// The mean of bands of one region.
    pub(super) fn mean<'a>(bands: impl Iterator<Item = &'a Self> + Clone) -> Option<Self> {
        let share = 1.0 / bands.clone().count() as f32;
        let mut sum: Option<Self> = None;
        for band in bands {
            let sum = sum.get_or_insert_with(|| Self { levels: vec![0.0; band.levels.len()], ..*band });
            sum.levels.iter_mut().zip(&band.levels).for_each(|(sum, level)| *sum += level * share);
        }
        sum
    }

    /// The levels as they would be if the modules between two places were all equally wide, as they are not where one side
    /// is nearer: `widening` is the root of how many times wider those at the end are.
    pub(super) fn evened(&self, start: f32, end: f32, widening: f32) -> Self {
        let length = end - start;
        let level = |index: usize| {
            // As far beyond the bars as their quiet zones are looked at.
            let share = ((self.first + self.step * index as f32 - start) / length).clamp(-0.15, 1.15);
            self.at(start + length * share / (widening + (1.0 - widening) * share))
        };
        Self { levels: (0..self.levels.len()).map(level).collect(), ..*self }
    }

    /// The level at a place across the bars.
    pub(super) fn at(&self, place: f32) -> f32 {
        let last = self.levels.len() - 2;
        let at = ((place - self.first) / self.step).clamp(0.0, last as f32 + 1.0);
        let left = (at as usize).min(last);
        let share = at - left as f32;
        self.levels[left] * (1.0 - share) + self.levels[left + 1] * share
    }

    /// From where to where it goes.
    pub(super) fn ends(&self) -> (f32, f32) {
        (self.first, self.first + self.step * (self.levels.len() - 1) as f32)
    }

    /// Where dark and light change: half way between neighbouring extremes that differ by a `share` of the contrast.
    ///
    /// What lies around a pale label may be far lighter or darker than it is; the step from there to the label and that
    /// from the label to the first bar would be one. So levels count no further than those in the middle go.
    pub(super) fn edges(&self, share: f32) -> Vec<Edge> {
        let quarter = self.levels.len() / 4;
        let (low, high) = spread(&self.levels[quarter..self.levels.len() - quarter]);
        let (low, high) = (low - BEYOND * (high - low), high + BEYOND * (high - low));
        let levels = self.levels.iter().map(|level| level.clamp(low, high)).collect();
        Self { levels, ..*self }.steps(share)
    }

    fn steps(&self, share: f32) -> Vec<Edge> {
        let (low, high) = spread(&self.levels);
        let least = ((high - low) * share).max(4.0);
        let mut edges = Vec::new();
        // The last extreme, and the furthest level from it so far.
        let (mut extreme, mut peak) = (0, 0);
        let mut rising = None;
        for at in 1..self.levels.len() {
            let level = self.levels[at];
            match rising {
                None => {
                    if (level - self.levels[0]).abs() >= least {
                        rising = Some(level > self.levels[0]);
                        peak = at;
                    }
                }
                Some(up) => {
                    let beyond = if up { level - self.levels[peak] } else { self.levels[peak] - level };
                    if beyond >= 0.0 {
                        peak = at;
                    } else if -beyond >= least {
                        edges.push(self.edge(extreme, peak));
                        (extreme, peak) = (peak, at);
                        rising = Some(!up);
                    }
                }
            }
        }
        if rising.is_some() {
            edges.push(self.edge(extreme, peak));
        }
        edges
    }

    /// The place between two extremes where the level is half way.
    fn edge(&self, from: usize, to: usize) -> Edge {
        let middle = (self.levels[from] + self.levels[to]) / 2.0;
        let dark = self.levels[to] < self.levels[from];
        let beyond = |level: f32| if dark { level < middle } else { level > middle };
        // From the far end: a plateau before the edge may cross half way by noise.
        let right = (from + 1..=to).rev().find(|&at| !beyond(self.levels[at - 1])).unwrap_or(to);
        let (a, b) = (self.levels[right - 1], self.levels[right]);
        let share = if (b - a).abs() < 1e-3 { 0.5 } else { (middle - a) / (b - a) };
        Edge { at: self.first + self.step * ((right - 1) as f32 + share.clamp(0.0, 1.0)), dark }
    }
}

/// Levels that a twentieth is below, and above.
fn spread(levels: &[f32]) -> (f32, f32) {
    let mut counts = [0_usize; 256];
    levels.iter().for_each(|&level| counts[level.clamp(0.0, 255.0) as usize] += 1);
    let part = levels.len() / 20;
    let beyond = |mut levels: Box<dyn Iterator<Item = usize>>, mut sum: usize| {
        levels.find(|&level| {
            sum += counts[level];
            sum > part
        })
    };
    let low = beyond(Box::new(0..256), 0).unwrap_or(0);
    let high = beyond(Box::new((0..256).rev()), 0).unwrap_or(255);
    (low as f32, high as f32)
}
