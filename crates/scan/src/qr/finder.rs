//! Finder patterns: places where every line through the centre alternates in the ratio 1:1:3:1:1
//! (ISO/IEC 18004, 6.3.3).

use std::f32::consts::TAU;

use super::plane::Plane;
use super::walk::{Hit, Walk};

/// Directions in which the outline of a pattern is measured.
const RAYS: usize = 32;

/// A finder pattern, in pixels of the frame.
#[derive(Clone, Debug)]
pub(super) struct Finder {
    pub(super) x: f32,
    pub(super) y: f32,
    /// Distance from the centre to the outline, by direction.
    pub(super) outline: [f32; RAYS],
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

/// How much is looked for in one plane.
#[derive(Clone, Copy, Debug)]
pub(super) struct Search {
    /// Places that are examined before the rest is given up, and finder patterns that are added: a frame full of text, or of
    /// dots of print, has thousands.
    pub(super) places: usize,
    pub(super) patterns: usize,
    /// Directions in which a pattern may fail to show.
    pub(super) hidden: usize,
}

/// Adds the finder patterns of a plane to those known, of modules within limits in pixels of the plane; gives how many
/// places were examined.
pub(super) fn find(plane: &Plane, modules: (f32, f32), search: Search, known: &mut Vec<Finder>) -> usize {
    let most = known.len().saturating_add(search.patterns);
    let rise = (plane.noise() * 4.5).clamp(10.0, 90.0) as i16;
    let mut walk = Walk::default();
    let mut tries = 0;
    for y in (ROW_STEP / 2..plane.height).step_by(ROW_STEP) {
        let line = plane.row(y);
        let mut next = walk.start(line);
        while let Some(from) = next {
            next = walk.advance(line, from, rise);
            let hit = walk.pattern(line, modules);
            if let Some(hit) = hit {
                tries += try_hit(plane, y, &hit, search.hidden, known);
                if tries >= search.places || known.len() >= most {
                    return tries;
                }
            }
        }
    }
    tries
}

/// Rows from one that is walked to the next; the middle of the smallest pattern is higher.
const ROW_STEP: usize = 3;

/// Examines a place; gives 1 if that took work.
fn try_hit(plane: &Plane, y: usize, hit: &Hit, hidden: usize, known: &mut Vec<Finder>) -> usize {
    let (x, y) = (hit.centre, y as f32 + 0.5);
    let scale = plane.scale;
    for finder in known.iter_mut() {
        let (dx, dy) = (finder.x - x * scale, finder.y - y * scale);
        if finder.light == hit.light && dx * dx + dy * dy < finder.module * finder.module * 3.0 {
            finder.hits += 1;
            return 0;
        }
    }
    if let Some(finder) = examine(plane, x, y, hit, hidden) {
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
fn examine(plane: &Plane, x: f32, y: f32, hit: &Hit, hidden: usize) -> Option<Finder> {
    let rise = (hit.contrast / 6).max(6);
    let (y, tall) = cross(|y| plane.at(x, y), y, hit, rise)?;
    let (x, wide) = cross(|x| plane.at(x, y), x, hit, rise)?;
    if tall > 3.0 * wide || wide > 3.0 * tall {
        return None;
    }
    let module = (tall * wide).sqrt();
    let mut outline = [0.0_f32; RAYS];
    let mut missing = 0;
    // In an order that goes round several times, as what is no pattern is so on a side.
    for index in (0..RAYS).map(|turn| turn * 11 % RAYS) {
        let (sin, cos) = (index as f32 / RAYS as f32 * TAU).sin_cos();
        match ray(|t| plane.at(x + cos * t, y + sin * t), wide.max(tall), hit, rise) {
            Some(found) => outline[index] = found,
            None => missing += 1,
        }
        if missing > hidden {
            return None;
        }
    }
    let clearness = (RAYS - missing) as f32 / RAYS as f32;
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

/// Most samples along a line through a pattern.
const SAMPLES: usize = 97;

/// The centre and the module of a finder pattern along a line through about its centre.
fn cross(level: impl Fn(f32) -> f32, middle: f32, hit: &Hit, rise: i16) -> Option<(f32, f32)> {
    // A pattern seen at an angle may be twice as long this way.
    let spread = hit.module * 9.0;
    // A sample a pixel keeps what there is; four a module keep the edges of large ones.
    let half = (spread as usize).clamp(24, SAMPLES / 2);
    let step = spread / half as f32;
    let mut line = [0_u8; SAMPLES];
    let line = &mut line[..=2 * half];
    for (index, value) in line.iter_mut().enumerate() {
        *value = level(middle - spread + index as f32 * step) as u8;
    }
    let limits = (hit.module / 3.5 / step, hit.module * 3.5 / step);
    let mut walk = Walk::default();
    let mut next = walk.start(line);
    let mut best = None::<(f32, f32)>;
    while let Some(from) = next {
        next = walk.advance(line, from, rise);
        if let Some(found) = walk.pattern(line, limits).filter(|found| found.light == hit.light) {
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
            let (inner, ring, outer) = (walk.edge(&line, 3, 4), walk.edge(&line, 4, 5), walk.outer_edge(&line, 6, 5));
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
