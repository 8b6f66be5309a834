//! From sides to outlines: two solid sides that meet, and the two dashed ones across from them.

use super::lines::{Field, Segment};

/// A quadrilateral that may be a symbol, in pixels of the frame.
#[derive(Clone, Copy, Debug)]
pub(super) struct Outline {
    /// From the symbol's top left in the order in which the outline is walked: the solid sides meet in the last corner.
    pub(super) corners: [(f32, f32); 4],
    /// 1 if dark on light, −1 if light on dark.
    pub(super) sign: f32,
    pub(super) strength: f32,
}

type Point = (f32, f32);

/// The outlines that the sides of a field make, the strongest first.
pub(super) fn outlines(field: &Field, factor: f32, limit: usize) -> Vec<Outline> {
    let segments = field.segments();
    let mut angles: Vec<(Point, Point, Point, f32, f32)> = Vec::new();
    for (index, one) in segments.iter().enumerate() {
        for other in &segments[index + 1..] {
            angles.extend(angle(one, other));
        }
    }
    angles.sort_by(|a, b| b.4.total_cmp(&a.4));
    angles.truncate(limit);
    angles
        .into_iter()
        .filter_map(|(corner, right, top, sign, strength)| {
            let corners = closed(field, corner, right, top, sign)?;
            let shift = |(x, y): Point| ((x + field.left as f32) * factor, (y + field.top as f32) * factor);
            Some(Outline { corners: corners.map(shift), sign, strength })
        })
        .collect()
}

/// The corner in which two sides meet, the far end of the lower and of the left one, 1 if they are dark on light or −1,
/// and how strong they are.
fn angle(one: &Segment, other: &Segment) -> Option<(Point, Point, Point, f32, f32)> {
    let corner = crossing(one.from, one.to, other.from, other.to)?;
    let (end_one, gap_one) = far_end(one, corner);
    let (end_other, gap_other) = far_end(other, corner);
    let (arm_one, arm_other) = (minus(end_one, corner), minus(end_other, corner));
    let (length_one, length_other) = (length(arm_one), length(arm_other));
    let (shorter, longer) = (length_one.min(length_other), length_one.max(length_other));
    if shorter < 8.0 || longer > 6.5 * shorter || gap_one > 0.3 * length_one || gap_other > 0.3 * length_other {
        return None;
    }
    // The light side of each is away from the other, or with light on dark towards it; never one of each.
    let (side_one, side_other) = (dot(one.normal, arm_other), dot(other.normal, arm_one));
    if side_one * side_other <= 0.0 {
        return None;
    }
    let sign = if side_one < 0.0 { 1.0 } else { -1.0 };
    let cross = arm_one.0 * arm_other.1 - arm_one.1 * arm_other.0;
    if cross.abs() < 0.5 * length_one * length_other {
        return None;
    }
    let penalty = 1.0 - (gap_one + gap_other) / (length_one + length_other);
    // Sides of a square are of like length; a rectangle's are not, which is why this weighs little.
    let strength = one.strength.min(other.strength) * penalty * (0.7 + 0.3 * shorter / longer);
    let (right, top) = if cross < 0.0 { (end_one, end_other) } else { (end_other, end_one) };
    Some((corner, right, top, sign, strength))
}

/// The end of a segment farther from a place, and how far the nearer one is from it, outwards or inwards.
fn far_end(segment: &Segment, place: Point) -> (Point, f32) {
    let (from, to) = (length(minus(segment.from, place)), length(minus(segment.to, place)));
    if from > to { (segment.from, to) } else { (segment.to, from) }
}

/// The four corners, once the dashed sides are found.
fn closed(field: &Field, corner: Point, right: Point, top: Point, sign: f32) -> Option<[Point; 4]> {
    let (across, up) = (minus(right, corner), minus(top, corner));
    let upper = dashed(field, top, up, across, sign);
    let outer = dashed(field, right, across, up, sign);
    let far = crossing(upper.0, upper.1, outer.0, outer.1)?;
    let near_top = crossing(upper.0, upper.1, corner, top)?;
    let near_right = crossing(outer.0, outer.1, corner, right)?;
    Some([near_top, far, near_right, corner])
}

/// The line from near the end of one arm, across it, along which a dashed side is strongest.
fn dashed(field: &Field, end: Point, arm: Point, along: Point, sign: f32) -> (Point, Point) {
    let reach = length(arm);
    let unit = (arm.0 / reach, arm.1 / reach);
    let line = |offset: f32, slant: f32| {
        let from = (end.0 + unit.0 * offset, end.1 + unit.1 * offset);
        (from, (from.0 + along.0 + unit.0 * slant, from.1 + along.1 + unit.1 * slant))
    };
    let score = |offset: f32, slant: f32| {
        let (from, to) = line(offset, slant);
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let size = dx.hypot(dy).max(1e-3);
        let mut normal = (dy / size, -dx / size);
        if dot(normal, arm) < 0.0 {
            normal = (-normal.0, -normal.1);
        }
        let inner = (from.0 + dx * 0.06, from.1 + dy * 0.06);
        let outer = (from.0 + dx * 0.92, from.1 + dy * 0.92);
        field.mean_along(inner, outer, normal) * sign
    };
    let mut best = (f32::MIN, 0.0, 0.0);
    let mut search = |offsets: (f32, f32, f32), slants: (f32, f32, f32)| {
        let steps = |(middle, range, step): (f32, f32, f32)| {
            let count = (range / step) as i32;
            (-count..=count).map(move |index| middle + index as f32 * step)
        };
        for offset in steps(offsets) {
            for slant in steps(slants) {
                let score = score(offset, slant);
                if score > best.0 {
                    best = (score, offset, slant);
                }
            }
        }
        (best.1, best.2)
    };
    let (offset, slant) = search((0.0, (reach * 0.06).max(3.0), 1.0), (0.0, length(along) * 0.28, 3.0));
    let (offset, slant) = search((offset, 1.0, 0.5), (slant, 3.0, 1.0));
    line(offset, slant)
}

fn crossing(a: Point, b: Point, c: Point, d: Point) -> Option<Point> {
    let (one, other) = (minus(b, a), minus(d, c));
    let area = one.0 * other.1 - one.1 * other.0;
    if area.abs() < 1e-3 {
        return None;
    }
    let between = minus(c, a);
    let t = (between.0 * other.1 - between.1 * other.0) / area;
    Some((a.0 + one.0 * t, a.1 + one.1 * t))
}

fn minus(a: Point, b: Point) -> Point {
    (a.0 - b.0, a.1 - b.1)
}

fn plus(a: Point, b: Point) -> Point {
    (a.0 + b.0, a.1 + b.1)
}

fn dot(a: Point, b: Point) -> f32 {
    a.0 * b.0 + a.1 * b.1
}

fn length(a: Point) -> f32 {
    a.0.hypot(a.1)
}
