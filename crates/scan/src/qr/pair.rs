//! The third finder pattern, where a scratch or dirt hides it from the search and two others stand clear.

use super::finder::Finder;
use super::place::changes;
use super::trio::{Trio, alike, skew, towards};
use crate::frame::Frame;

/// Least clearness of the two, and most skew to their own sides.
const MIN_CLEARNESS: f32 = 0.9;
const MAX_SKEW: f32 = 0.12;
/// Least agreement of what is left of the third.
const MIN_AGREEMENT: f32 = 0.6;
/// Pairs that are examined, and modules around the expected place that are searched, in steps.
const MAX_PAIRS: usize = 3;
const REACH: i32 = 6;
const STEP: f32 = 0.5;

/// Trios made of two clear patterns and what is left of a third.
pub(super) fn completed(frame: &Frame, finders: &[Finder]) -> Vec<Trio> {
    let clear: Vec<&Finder> = finders.iter().filter(|finder| finder.clearness >= MIN_CLEARNESS).collect();
    let pairs =
        clear.iter().enumerate().flat_map(|(index, &one)| clear[index + 1..].iter().map(move |&two| (one, two)));
    let thirds = pairs.filter_map(|(one, two)| Some((one, two, expected(one, two)?))).take(MAX_PAIRS);
    let trios = thirds.flat_map(|(one, two, places)| {
        let found = places.into_iter().filter_map(|(place, across)| third(frame, one, place, across));
        // Where the search saw a pattern itself, its trios were tried.
        let seen =
            |third: &Finder| clear.iter().any(|finder| (finder.x - third.x).hypot(finder.y - third.y) < third.module);
        let found = found.filter(|third| !seen(third));
        found.filter_map(|third| Trio::of(one, two, &third)).collect::<Vec<_>>()
    });
    trios.collect()
}

/// A place, and the way from one finder pattern to another as seen there.
type Place = ((f32, f32), (f32, f32));

/// Where the third of two patterns may be, if they stand like two of a symbol.
fn expected(one: &Finder, two: &Finder) -> Option<Vec<Place>> {
    let (dx, dy) = towards(one, two);
    let distance = 7.0 * dx.hypot(dy) / (one.reach(dx, dy) + two.reach(-dx, -dy));
    if !alike(one, two) || !(10.0..150.0).contains(&distance) {
        return None;
    }
    let skewed = |a: (f32, f32), b: (f32, f32)| skew(one, a, b).max(skew(two, a, b));
    let beside = skewed((dx, dy), (-dy, dx));
    let (right, left) = ((dx + dy, dy - dx), (dx - dy, dy + dx));
    let opposite = skewed(right, left);
    if beside.min(opposite) > MAX_SKEW {
        return None;
    }
    Some(if beside < opposite {
        let from = |finder: &Finder, sign: f32| ((finder.x - sign * dy, finder.y + sign * dx), (dx, dy));
        vec![from(one, 1.0), from(one, -1.0), from(two, 1.0), from(two, -1.0)]
    } else {
        let half = |(x, y): (f32, f32)| ((one.x + x / 2.0, one.y + y / 2.0), (x / 2.0, y / 2.0));
        vec![half(right), half(left)]
    })
}

/// What is left of a pattern like `model` near a place.
fn third(frame: &Frame, model: &Finder, (x, y): (f32, f32), (dx, dy): (f32, f32)) -> Option<Finder> {
    let module = model.reach(dx, dy) / 3.5 / dx.hypot(dy);
    let (dx, dy) = (dx * module, dy * module);
    let sign = if model.light { -1.0 } else { 1.0 };
    let at = |along: f32, down: f32| (x + along * dx - down * dy, y + along * dy + down * dx);
    let agreement = |along: f32, down: f32| {
        let line = |upright: bool, beside: f32| {
            let cells = (-4..=4).map(|cell: i32| {
                let (u, v) = if upright { (beside, cell as f32) } else { (cell as f32, beside) };
                let (px, py) = at(along + u, down + v);
                (sign * frame.at(px, py), !matches!(cell.abs(), 2 | 4))
            });
            changes(cells)
        };
        let lines = [false, true].into_iter().flat_map(|upright| [-1.0, 0.0, 1.0].map(|beside| (upright, beside)));
        let (sum, least) = lines.fold((0.0, f32::MAX), |(sum, least): (f32, f32), (upright, beside)| {
            let agreement = line(upright, beside);
            (sum + agreement, least.min(agreement))
        });
        // The worst line is where the scratch runs.
        (sum - least) / 5.0
    };
    let steps = (-REACH..=REACH).flat_map(|v| (-REACH..=REACH).map(move |u| (u as f32 * STEP, v as f32 * STEP)));
    let best = steps.map(|(u, v)| (u, v, agreement(u, v))).max_by(|one, other| one.2.total_cmp(&other.2))?;
    let (x, y) = at(best.0, best.1);
    (best.2 > MIN_AGREEMENT).then(|| Finder { x, y, clearness: best.2, ..model.clone() })
}
