//! One grey level a module.

use super::Lattice;
use crate::frame::Frame;

/// The mean brightness of the middle of each module, row by row.
pub(crate) fn sample(frame: &Frame, lattice: &Lattice) -> Vec<f32> {
    // Half of the width that counts and the number of samples across it: a small module has neighbours in all its pixels.
    let places: &[f32] = match lattice.module() {
        ..1.7 => &[0.5],
        ..2.6 => &[0.36, 0.64],
        ..5.0 => &[0.25, 0.5, 0.75],
        _ => &[0.2, 0.35, 0.5, 0.65, 0.8],
    };
    let (columns, rows) = (lattice.columns, lattice.rows);
    let share = 1.0 / (places.len() * places.len()) as f32;
    let corners = |y: usize| (0..=columns).map(move |x| lattice.at(x as f32, y as f32));
    let mut above: Vec<_> = corners(0).collect();
    let mut below = above.clone();
    let mut levels = Vec::with_capacity(columns * rows);
    for y in 0..rows {
        for (corner, place) in below.iter_mut().zip(corners(y + 1)) {
            *corner = place;
        }
        for (top, bottom) in above.windows(2).zip(below.windows(2)) {
            let mut sum = 0.0;
            for &t in places {
                let left = between(top[0], bottom[0], t);
                let right = between(top[1], bottom[1], t);
                for &s in places {
                    let (x, y) = between(left, right, s);
                    sum += frame.at(x, y);
                }
            }
            levels.push(sum * share);
        }
        std::mem::swap(&mut above, &mut below);
    }
    levels
}

fn between(a: (f32, f32), b: (f32, f32), t: f32) -> (f32, f32) {
    (a.0 + (b.0 - a.0) * t, a.1 + (b.1 - a.1) * t)
}
