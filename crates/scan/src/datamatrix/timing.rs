//! How many modules a symbol has, and how they are spaced, from its dashed sides.

use super::size::{SIZES, Size};
use std::cell::RefCell;

use super::outline::Outline;
use super::pyramid::Pyramid;
use crate::grid::Lattice;
use crate::homography::Homography;

/// How strongly modules draw together towards the ends, as the factor of the bend: flat, then as on ever narrower
/// cylinders.
const SPACINGS: [f32; 8] = [0.0, 0.08, 0.16, 0.24, 0.32, 0.4, 0.48, -0.08];

/// Correlation of a dashed side below which it is none.
const CLEAR: f32 = 0.35;

/// A dashed side read as so many modules.
#[derive(Clone, Copy, Debug, Default)]
struct Side {
    score: f32,
    spacing: f32,
}

/// A size that an outline may have.
#[derive(Clone, Copy, Debug)]
pub(super) struct Guess {
    pub(super) lattice: Lattice,
    pub(super) size: &'static Size,
    /// 1 if dark on light, −1 if light on dark.
    pub(super) sign: f32,
    /// Mean correlation of the dashed sides.
    pub(super) clearness: f32,
    /// The same, weighed: a few modules alternate by chance more easily than many.
    pub(super) weight: f32,
}

/// The sizes that the dashed sides of an outline speak for, best first, on a plane or on a cylinder.
pub(super) fn guesses(pyramid: &Pyramid, outline: &Outline, is_bent: bool, limit: usize) -> Vec<Guess> {
    let spacings = if is_bent { &SPACINGS[..] } else { &SPACINGS[..1] };
    let sign = outline.sign;
    let front = View::new(outline.corners);
    // The long side of a rectangle lies below unless it is seen from behind.
    let [top_left, top_right, bottom_right, bottom_left] = outline.corners;
    let behind = View::new([bottom_right, top_right, top_left, bottom_left]);
    let (Some(front), Some(behind)) = (front, behind) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for size in &SIZES {
        let (columns, rows) = (size.columns as f32, size.rows as f32);
        let is_behind = columns > rows && front.height > front.width;
        let View { corners, plane, width, height, top, right } = if is_behind { &behind } else { &front };
        let skew = (width / columns) / (height / rows);
        let module = (width / columns).min(height / rows);
        if !(0.45..2.2).contains(&skew) || module < 0.9 {
            continue;
        }
        let (frame, scale) = pyramid.for_module(module);
        let level = |(x, y): (f32, f32)| frame.at(x / scale, y / scale) * sign;
        let across =
            cached(top, size.columns, || best_spacing(spacings, size.columns, |t| level(plane.map(t, 0.5 / rows))));
        if across.score < CLEAR {
            continue;
        }
        let down = cached(right, size.rows, || {
            best_spacing(spacings, size.rows, |t| level(plane.map(1.0 - 0.5 / columns, 1.0 - t)))
        });
        if down.score > CLEAR
            && let Some(mut lattice) = Lattice::flat(size.columns, size.rows, corners)
        {
            lattice.bend.along_u[1] = across.spacing;
            lattice.bend.along_v[1] = down.spacing;
            let clearness = (across.score + down.score) / 2.0;
            let weight = across.score * (columns - 1.0).sqrt() + down.score * (rows - 1.0).sqrt();
            found.push(Guess { lattice, size, sign, clearness, weight });
        }
    }
    found.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    found.truncate(limit);
    found
}

/// An outline walked in one direction, and its dashed sides read as so many modules.
struct View {
    corners: [(f32, f32); 4],
    plane: Homography,
    width: f32,
    height: f32,
    top: RefCell<Vec<(usize, Side)>>,
    right: RefCell<Vec<(usize, Side)>>,
}

impl View {
    fn new(corners: [(f32, f32); 4]) -> Option<Self> {
        let plane = Homography::onto(&corners)?;
        let distance = |a: (f32, f32), b: (f32, f32)| (a.0 - b.0).hypot(a.1 - b.1);
        let [top_left, top_right, bottom_right, bottom_left] = corners;
        let width = distance(top_left, top_right).max(distance(bottom_left, bottom_right));
        let height = distance(top_left, bottom_left).max(distance(top_right, bottom_right));
        Some(Self { corners, plane, width, height, top: RefCell::default(), right: RefCell::default() })
    }
}

fn cached(known: &RefCell<Vec<(usize, Side)>>, count: usize, measure: impl FnOnce() -> Side) -> Side {
    if let Some((_, side)) = known.borrow().iter().find(|(other, _)| *other == count) {
        return *side;
    }
    let side = measure();
    known.borrow_mut().push((count, side));
    side
}

/// The spacing for which levels alternate best, dark first.
fn best_spacing(spacings: &[f32], count: usize, level: impl Fn(f32) -> f32) -> Side {
    let mut best = Side::default();
    // Of many spacings each would look at nearly the same places.
    let profile: Vec<f32> = match spacings {
        [_] => Vec::new(),
        _ => (0..=2 * count).map(|index| level(index as f32 / (2 * count) as f32)).collect(),
    };
    let level = |t: f32| {
        if profile.is_empty() {
            return level(t);
        }
        let place = t * (2 * count) as f32;
        let index = (place as i32).clamp(0, 2 * count as i32 - 1) as usize;
        profile[index] + (profile[index + 1] - profile[index]) * (place - index as f32)
    };
    for &spacing in spacings {
        let (mut sum, mut squares) = (0.0, 1.0);
        let mut before = 0.0;
        for index in 0..count {
            let t = (index as f32 + 0.5) / count as f32;
            let level = level(t + spacing * t * (1.0 - t) * (2.0 * t - 1.0));
            if index > 0 {
                let rise = if index % 2 == 1 { level - before } else { before - level };
                sum += rise;
                squares += rise * rise;
            }
            before = level;
        }
        let score = sum / (squares * (count - 1) as f32).sqrt();
        if score > best.score {
            best = Side { score, spacing };
        }
    }
    best
}
