//! How many modules a symbol has, and how they are spaced, from its dashed sides.

use super::pyramid::Pyramid;
use super::size::{SIZES, Size};
use crate::frame::Frame;
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

/// The lattices that the dashed sides of an outline speak for, best first, with what they score.
pub(super) fn lattices(
    pyramid: &Pyramid,
    corners: &[(f32, f32); 4],
    sign: f32,
    limit: usize,
) -> Vec<(Lattice, &'static Size, f32)> {
    let Some(plane) = Homography::onto(corners) else {
        return Vec::new();
    };
    let distance = |a: (f32, f32), b: (f32, f32)| (a.0 - b.0).hypot(a.1 - b.1);
    let [top_left, top_right, bottom_right, bottom_left] = *corners;
    let width = distance(top_left, top_right).max(distance(bottom_left, bottom_right));
    let height = distance(top_left, bottom_left).max(distance(top_right, bottom_right));
    let mut top: Vec<(usize, Side)> = Vec::new();
    let mut right: Vec<(usize, Side)> = Vec::new();
    let mut found = Vec::new();
    for size in &SIZES {
        let (columns, rows) = (size.columns as f32, size.rows as f32);
        let skew = (width / columns) / (height / rows);
        if !(0.45..2.2).contains(&skew) || (width / columns).min(height / rows) < 0.9 {
            continue;
        }
        let (frame, scale) = pyramid.for_module((width / columns).min(height / rows));
        let across = cached(&mut top, size.columns, || {
            best_spacing(frame, scale, size.columns, sign, |t| plane.map(t, 0.5 / rows))
        });
        let down = cached(&mut right, size.rows, || {
            best_spacing(frame, scale, size.rows, sign, |t| plane.map(1.0 - 0.5 / columns, 1.0 - t))
        });
        // A few modules alternate by chance more easily than many.
        let score = across.score * (columns - 1.0).sqrt() + down.score * (rows - 1.0).sqrt();
        if across.score.min(down.score) > CLEAR
            && let Some(mut lattice) = Lattice::flat(size.columns, size.rows, corners)
        {
            lattice.bend.along_u[1] = across.spacing;
            lattice.bend.along_v[1] = down.spacing;
            found.push((lattice, size, score));
        }
    }
    found.sort_by(|a, b| b.2.total_cmp(&a.2));
    found.truncate(limit);
    found
}

fn cached(known: &mut Vec<(usize, Side)>, count: usize, measure: impl FnOnce() -> Side) -> Side {
    if let Some((_, side)) = known.iter().find(|(other, _)| *other == count) {
        return *side;
    }
    let side = measure();
    known.push((count, side));
    side
}

/// The spacing for which levels alternate best, dark first.
fn best_spacing(frame: &Frame, scale: f32, count: usize, sign: f32, place: impl Fn(f32) -> (f32, f32)) -> Side {
    let mut best = Side::default();
    for spacing in SPACINGS {
        let (mut sum, mut squares) = (0.0, 1.0);
        let mut before = 0.0;
        for index in 0..count {
            let t = (index as f32 + 0.5) / count as f32;
            let t = t + spacing * t * (1.0 - t) * (2.0 * t - 1.0);
            let (x, y) = place(t);
            let level = frame.at(x / scale, y / scale) * sign;
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
        if spacing == 0.0 && score > 0.9 {
            break;
        }
    }
    best
}
