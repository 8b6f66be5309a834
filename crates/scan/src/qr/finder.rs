//! Finder patterns: places where every line through the centre alternates in the ratio 1:1:3:1:1
//! (ISO/IEC 18004, 6.3.3).
//!
//! Edges are looked for between the extremes of a line, not at a threshold: blur, noise and low contrast move levels
//! but leave the order of dark and light.

use std::f32::consts::TAU;

use super::plane::Plane;

/// Directions in which the outline of a pattern is measured.
const RAYS: usize = 32;

/// A finder pattern, in pixels of the frame.
#[derive(Clone, Debug)]
pub(super) struct Finder {
    pub(super) x: f32,
    pub(super) y: f32,
    /// Distance from the centre to the outline, by direction.
    outline: [f32; RAYS],
    /// Pixels a module.
    pub(super) module: f32,
    /// Whether the pattern is light on dark.
    pub(super) light: bool,
    /// Difference of its dark and light levels.
    pub(super) contrast: f32,
    /// Share of the directions in which the pattern shows.
    pub(super) clearness: f32,
    /// How many lines crossed it.
    pub(super) hits: u32,
}

impl Finder {
    /// Distance from the centre to the outline towards a place.
    pub(super) fn reach(&self, dx: f32, dy: f32) -> f32 {
        let turn = dy.atan2(dx).rem_euclid(TAU) / TAU * RAYS as f32;
        let (before, part) = (turn as usize % RAYS, turn.fract());
        self.outline[before] * (1.0 - part) + self.outline[(before + 1) % RAYS] * part
    }
}

/// Adds the finder patterns of a plane to those known, rows `step` apart.
pub(super) fn find(plane: &Plane, noise: f32, step: usize, modules: (f32, f32), known: &mut Vec<Finder>) {
    let rise = (noise * 4.5).clamp(10.0, 70.0) as i16;
    let mut walk = Walk::default();
    let mut tries = 0;
    for y in (step / 2..plane.height).step_by(step) {
        let line = plane.row(y);
        let mut next = walk.start(line);
        while let Some(from) = next {
            next = walk.advance(line, from, rise);
            let hit = walk.pattern(line).filter(|hit| hit.module >= modules.0 && hit.module <= modules.1);
            if let Some(hit) = hit
                && tries < MAX_TRIES
            {
                tries += try_hit(plane, y, &hit, known);
            }
        }
    }
}

/// Places that are examined in one plane before the rest is given up: a frame full of text has thousands.
const MAX_TRIES: usize = 3000;

/// Extremes of a line and the crossings between them.
#[derive(Default)]
struct Walk {
    rising: bool,
    value: i16,
    at: usize,
    /// Up to seven last extremes (position, level), the newest last.
    extremes: [(usize, i16); 7],
    /// Where the line crosses the level halfway from the extreme before.
    crossings: [f32; 7],
    count: usize,
}

/// A place where a line crosses something like a finder pattern.
struct Hit {
    centre: f32,
    module: f32,
    light: bool,
    contrast: i16,
}

impl Walk {
    /// Begins with the end of a line as its first extreme; gives where to go on from.
    fn start(&mut self, line: &[u8]) -> Option<usize> {
        let first = i16::from(*line.first()?);
        *self = Self { value: first, ..Self::default() };
        self.remember(line, 0, first);
        Some(1)
    }

    /// Goes on to the next extreme and remembers it, at last the other end of the line; gives where to go on from.
    fn advance(&mut self, line: &[u8], from: usize, rise: i16) -> Option<usize> {
        let (mut value, mut at) = (self.value, self.at);
        let mut turned = None;
        if self.rising {
            for (x, &level) in line.iter().enumerate().skip(from) {
                let level = i16::from(level);
                if level > value {
                    (value, at) = (level, x);
                } else if value - level >= rise {
                    turned = Some((x, level));
                    break;
                }
            }
        } else {
            for (x, &level) in line.iter().enumerate().skip(from) {
                let level = i16::from(level);
                if level < value {
                    (value, at) = (level, x);
                } else if level - value >= rise {
                    turned = Some((x, level));
                    break;
                }
            }
        }
        self.remember(line, at, value);
        let (next, level) = turned?;
        (self.value, self.at, self.rising) = (level, next, !self.rising);
        Some(next + 1)
    }

    fn remember(&mut self, line: &[u8], at: usize, value: i16) {
        let (last_at, last) = self.extremes[6];
        self.extremes.copy_within(1.., 0);
        self.crossings.copy_within(1.., 0);
        self.extremes[6] = (at, value);
        self.crossings[6] = crossing(line, last_at, at, last, value);
        self.count += 1;
    }

    /// Whether the last extremes are those of a finder pattern.
    fn pattern(&self, line: &[u8]) -> Option<Hit> {
        if self.count < 7 {
            return None;
        }
        let [_, _, first, second, third, fourth, _] = self.crossings;
        let (left, middle, right) = (second - first, third - second, fourth - third);
        let module = (fourth - first) / 5.0;
        let narrow = |run: f32| run > 0.35 * module && run < 1.9 * module;
        if !narrow(left) || !narrow(right) || middle < 1.6 * module || middle > 4.1 * module {
            return None;
        }
        let levels = self.extremes.map(|(_, level)| level);
        let light = levels[3] > levels[2];
        let (before, left_ring) = self.outer(line, 0, 1, levels[2]);
        let (after, right_ring) = self.outer(line, 6, 5, levels[4]);
        if !narrow(first - before) || !narrow(after - fourth) {
            return None;
        }
        let steps = [
            left_ring,
            levels[2] - levels[1],
            levels[3] - levels[2],
            levels[4] - levels[3],
            levels[5] - levels[4],
            right_ring,
        ];
        let (least, most) =
            steps.iter().fold((i16::MAX, 0), |(least, most), step| (least.min(step.abs()), most.max(step.abs())));
        let module = (after - before) / 7.0;
        (least * 6 >= most).then_some(Hit { centre: second.midpoint(third), module, light, contrast: most })
    }

    /// Where the outer ring ends, and by how much the level changes there. What lies farther outside than the quiet zone
    /// may differ from the ring much more than the quiet zone does, so no more counts than the `inner` ring shows.
    fn outer(&self, line: &[u8], outside: usize, ring: usize, inner: i16) -> (f32, i16) {
        let ((outside_at, outside), (ring_at, ring)) = (self.extremes[outside], self.extremes[ring]);
        let outside = if inner > ring { outside.min(inner) } else { outside.max(inner) };
        let edge = if outside_at < ring_at {
            crossing(line, outside_at, ring_at, outside, ring)
        } else {
            crossing(line, ring_at, outside_at, ring, outside)
        };
        (edge, outside - ring)
    }
}

/// Where a line crosses the level halfway between two of its extremes, in pixels whose middles are at halves.
fn crossing(line: &[u8], from: usize, to: usize, start: i16, end: i16) -> f32 {
    let half = f32::from(start + end) / 2.0;
    let falls = end < start;
    let mut before = f32::from(start);
    for (x, &level) in line.iter().enumerate().take(to + 1).skip(from + 1) {
        let level = f32::from(level);
        if (level <= half) == falls || level == half {
            let part = if level == before { 0.5 } else { (half - before) / (level - before) };
            return x as f32 - 0.5 + part.clamp(0.0, 1.0);
        }
        before = level;
    }
    to as f32
}

/// Examines a place; gives 1 if that took work.
fn try_hit(plane: &Plane, y: usize, hit: &Hit, known: &mut Vec<Finder>) -> usize {
    let (x, y) = (hit.centre, y as f32 + 0.5);
    let scale = plane.scale;
    for finder in known.iter_mut() {
        let (dx, dy) = (finder.x - x * scale, finder.y - y * scale);
        if finder.light == hit.light && dx * dx + dy * dy < finder.module * finder.module * 3.0 {
            finder.hits += 1;
            return 0;
        }
    }
    if let Some(finder) = examine(plane, x, y, hit) {
        let near = |other: &Finder| {
            let (dx, dy) = (finder.x - other.x, finder.y - other.y);
            finder.light == other.light && dx * dx + dy * dy < other.module * other.module * 4.0
        };
        if !known.iter().any(near) {
            known.push(finder);
        }
    }
    1
}

/// Checks the other directions and measures the outline.
fn examine(plane: &Plane, x: f32, y: f32, hit: &Hit) -> Option<Finder> {
    let rise = (hit.contrast / 6).max(6);
    let (y, tall) = cross(|y| plane.at(x, y), y, hit, rise)?;
    let (x, wide) = cross(|x| plane.at(x, y), x, hit, rise)?;
    if tall > 3.0 * wide || wide > 3.0 * tall {
        return None;
    }
    let module = (tall * wide).sqrt();
    let mut outline = [0.0_f32; RAYS];
    let mut shown = 0;
    for (index, reach) in outline.iter_mut().enumerate() {
        let (sin, cos) = (index as f32 / RAYS as f32 * TAU).sin_cos();
        let found = ray(|t| plane.at(x + cos * t, y + sin * t), wide.max(tall), hit, rise);
        if let Some(found) = found {
            *reach = found;
            shown += 1;
        }
    }
    let clearness = shown as f32 / RAYS as f32;
    if clearness < 0.5 {
        return None;
    }
    fill(&mut outline);
    let (dx, dy) = centroid(&outline)?;
    let scale = plane.scale;
    outline.iter_mut().for_each(|reach| *reach *= scale);
    Some(Finder {
        x: (x + dx) * scale,
        y: (y + dy) * scale,
        outline,
        module: module * scale,
        light: hit.light,
        contrast: f32::from(hit.contrast),
        clearness,
        hits: 1,
    })
}

/// Samples along a line to either side of its middle, a pixel apart at most.
const SAMPLES: usize = 97;

/// The centre and the module of a finder pattern along a line through about its centre.
fn cross(level: impl Fn(f32) -> f32, middle: f32, hit: &Hit, rise: i16) -> Option<(f32, f32)> {
    // A pattern seen at an angle may be twice as long this way; a sample in a quarter of a module keeps its edges.
    let spread = hit.module * 9.0;
    let step = spread * 2.0 / (SAMPLES - 1) as f32;
    let mut line = [0_u8; SAMPLES];
    for (index, value) in line.iter_mut().enumerate() {
        *value = level(middle - spread + index as f32 * step) as u8;
    }
    let mut walk = Walk::default();
    let mut next = walk.start(&line);
    let mut best = None::<(f32, f32)>;
    while let Some(from) = next {
        next = walk.advance(&line, from, rise);
        if let Some(found) = walk.pattern(&line).filter(|found| found.light == hit.light) {
            let centre = middle - spread + (found.centre - 0.5) * step;
            let module = found.module * step;
            let near = (centre - middle).abs() < 1.8 * module;
            if near && best.is_none_or(|(other, _)| (centre - middle).abs() < (other - middle).abs()) {
                best = Some((centre, module));
            }
        }
    }
    best
}

/// Samples along a ray.
const RAY_SAMPLES: usize = 40;

/// How far the outline is along a ray from the centre: out of the middle, over the light ring and the dark one.
fn ray(level: impl Fn(f32) -> f32, module: f32, hit: &Hit, rise: i16) -> Option<f32> {
    let step = module * 7.0 / RAY_SAMPLES as f32;
    let mut line = [0_u8; RAY_SAMPLES];
    for (index, value) in line.iter_mut().enumerate() {
        let level = level((index as f32 + 0.5) * step) as u8;
        *value = if hit.light { 255 - level } else { level };
    }
    let mut walk = Walk::default();
    let mut next = walk.start(&line);
    while let Some(from) = next {
        next = walk.advance(&line, from, rise);
        // The start, its dark middle, the light ring, the dark one, and light outside.
        if walk.count == 5 {
            let (inner, ring) = (walk.crossings[4], walk.crossings[5]);
            let (outer, _) = walk.outer(&line, 6, 5, walk.extremes[4].1);
            let fits = (inner - 0.43 * outer).abs() < 0.2 * outer && (ring - 0.71 * outer).abs() < 0.2 * outer;
            return fits.then_some(outer * step);
        }
    }
    None
}

/// Gives directions that do not show the pattern the mean of those beside them.
fn fill(outline: &mut [f32; RAYS]) {
    let known = *outline;
    for (index, reach) in outline.iter_mut().enumerate().filter(|(_, reach)| **reach == 0.0) {
        let side = |turn: fn(usize, usize) -> usize| {
            (1..RAYS).map(|away| known[turn(index, away) % RAYS]).find(|&reach| reach > 0.0).unwrap_or(0.0)
        };
        *reach = (side(|index, away| index + away) + side(|index, away| index + RAYS - away)) / 2.0;
    }
}

/// The middle of the area within the outline, from where it was measured.
fn centroid(outline: &[f32; RAYS]) -> Option<(f32, f32)> {
    let place = |index: usize| {
        let (sin, cos) = (index as f32 / RAYS as f32 * TAU).sin_cos();
        (cos * outline[index % RAYS], sin * outline[index % RAYS])
    };
    let (mut area, mut x, mut y) = (0.0, 0.0, 0.0);
    for index in 0..RAYS {
        let (one, other) = (place(index), place(index + 1));
        let double = one.0 * other.1 - other.0 * one.1;
        area += double;
        x += double * (one.0 + other.0);
        y += double * (one.1 + other.1);
    }
    (area > 0.0).then(|| (x / (3.0 * area), y / (3.0 * area)))
}
