//! From sides to outlines: two solid sides that meet, and the two dashed ones across from them.

use super::lines::{Field, Segment};

/// A quadrilateral that may be a symbol, in pixels of the frame.
#[derive(Clone, Copy, Debug)]
pub(super) struct Outline {
    /// From the symbol's top left in the order in which the outline is walked: the solid sides meet in the last corner.
    pub(super) corners: [(f32, f32); 4],
    /// 1 if dark on light, −1 if light on dark.
    pub(super) sign: f32,
    /// Share of its inside that has edges, of those that its solid sides have.
    pub(super) busy: f32,
    /// Share of its solid sides along which the image is as steep as a side is.
    pub(super) solid: f32,
    /// Whether a solid side was taken to end at a gap.
    pub(super) is_cut: bool,
}

type Point = (f32, f32);
/// The corner in which two sides meet, the far end of the lower and of the left one, 1 if they are dark on light or −1,
/// and how strong they are.
type Angle = (Point, Point, Point, f32, f32);

/// The outlines that the sides of a field make, the strongest first.
pub(super) fn outlines(field: &Field, factor: f32, limit: usize, is_thorough: bool) -> impl Iterator<Item = Outline> {
    let segments = field.segments();
    let mut angles: Vec<Angle> = Vec::new();
    for (index, one) in segments.iter().enumerate() {
        for other in &segments[index + 1..] {
            angles.extend(angle(one, other));
        }
    }
    angles.sort_by(|a, b| b.4.total_cmp(&a.4));
    let mut kept: Vec<Angle> = Vec::new();
    for angle in angles {
        let near = |a: Point, b: Point| length(minus(a, b)) < 2.5;
        let is_new = |other: &Angle| !(near(other.0, angle.0) && near(other.1, angle.1) && near(other.2, angle.2));
        if kept.len() < limit && kept.iter().all(is_new) {
            kept.push(angle);
        }
    }
    let whole_and_cut = kept.into_iter().flat_map(|(corner, right, top, sign, _)| {
        let cut = unbroken(field, corner, right, top, sign).zip(unbroken(field, corner, top, right, sign));
        let cut = cut.filter(|&cut| cut != (right, top)).map(|(right, top)| (corner, right, top, sign, true));
        std::iter::once((corner, right, top, sign, false)).chain(cut)
    });
    whole_and_cut.flat_map(move |(corner, right, top, sign, is_cut)| {
        let shift = move |(x, y): Point| ((x + field.left as f32) * factor, (y + field.top as f32) * factor);
        closed(field, corner, right, top, sign, is_thorough).into_iter().flatten().map(move |corners| {
            let busy = busy(field, &corners);
            let solid = solid(field, &corners, sign);
            Outline { corners: corners.map(shift), sign, busy, solid, is_cut }
        })
    })
}

/// Where a side that begins solid has its first gap: print beyond the quiet zone may lie in line with it.
fn unbroken(field: &Field, corner: Point, end: Point, inner: Point, sign: f32) -> Option<Point> {
    /// Pixels of a gap, and how steep they are at most, of what the side is near the corner.
    const GAP: usize = 2;
    const FAINT: f32 = 0.3;
    let arm = minus(end, corner);
    let reach = length(arm).max(1e-3);
    let normal = outwards(arm, minus(inner, corner));
    let place = |step: usize| {
        let t = (step as f32 + 0.5) / reach;
        (corner.0 + arm.0 * t, corner.1 + arm.1 * t)
    };
    let steps: Vec<f32> = (0..reach as usize).map(|step| steepest(field, place(step), normal, sign)).collect();
    let (near, far) = steps.split_at(steps.len() * 2 / 5);
    let mut sorted = near.to_vec();
    sorted.sort_unstable_by(f32::total_cmp);
    let least = sorted.get(sorted.len() / 2).map_or(f32::MIN, |typical| typical * FAINT);
    if near.iter().filter(|&&step| step < least).count() * 8 > near.len() {
        return None;
    }
    let gap = far.windows(GAP).position(|gap| gap.iter().all(|&step| step < least));
    Some(gap.map_or(end, |gap| place(near.len() + gap)))
}

/// Where two solid sides may meet.
fn angle(one: &Segment, other: &Segment) -> Option<Angle> {
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

/// The four corners, once the dashed sides are found; if thorough, also with the sides that lie next within them, for the
/// edge of a label is stronger than a dashed side.
fn closed(
    field: &Field,
    corner: Point,
    right: Point,
    top: Point,
    sign: f32,
    is_thorough: bool,
) -> [Option<[Point; 4]>; 2] {
    let (across, up) = (minus(right, corner), minus(top, corner));
    let upper = Dashed { field, end: top, arm: up, along: across, sign };
    let outer = Dashed { field, end: right, arm: across, along: up, sign };
    let (upper_place, outer_place) = (upper.strongest(), outer.strongest());
    let corners = |upper: (Point, Point), outer: (Point, Point)| {
        let far = crossing(upper.0, upper.1, outer.0, outer.1)?;
        let near_top = crossing(upper.0, upper.1, corner, top)?;
        let near_right = crossing(outer.0, outer.1, corner, right)?;
        Some([near_top, far, near_right, corner])
    };
    let first = corners(upper.line(upper_place), outer.line(outer_place));
    let second = || corners(upper.line(upper.within(upper_place)), outer.line(outer.within(outer_place)));
    [first, if is_thorough { second() } else { None }]
}

/// How much of a quadrilateral has a gradient that counts beside that of its solid sides.
fn busy(field: &Field, &[top, far, right, corner]: &[Point; 4]) -> f32 {
    const STEPS: usize = 12;
    let side = (field.mean_size(corner, right) + field.mean_size(corner, top)) / 2.0;
    let mut count = 0;
    for row in 1..STEPS {
        for column in 1..STEPS {
            let (u, v) = (column as f32 / STEPS as f32, row as f32 / STEPS as f32);
            let left = (top.0 + (corner.0 - top.0) * v, top.1 + (corner.1 - top.1) * v);
            let end = (far.0 + (right.0 - far.0) * v, far.1 + (right.1 - far.1) * v);
            let size = field.size(left.0 + (end.0 - left.0) * u, left.1 + (end.1 - left.1) * u);
            count += usize::from(size > 0.2 * side);
        }
    }
    count as f32 / ((STEPS - 1) * (STEPS - 1)) as f32
}

/// How much of the solid sides of a quadrilateral is a step from dark to light: the lesser share of the two.
fn solid(field: &Field, &[top, _, right, corner]: &[Point; 4], sign: f32) -> f32 {
    const COUNT: usize = 32;
    let share = |end: Point, inner: Point| {
        let arm = minus(end, corner);
        let normal = outwards(arm, minus(inner, corner));
        let steps: [f32; COUNT] = std::array::from_fn(|index| {
            let t = (index as f32 + 0.5) / COUNT as f32;
            steepest(field, (corner.0 + arm.0 * t, corner.1 + arm.1 * t), normal, sign)
        });
        let mut sorted = steps;
        sorted.sort_unstable_by(f32::total_cmp);
        let typical = sorted[COUNT * 3 / 4];
        steps.iter().filter(|&&step| step > 0.4 * typical && step > 8.0).count() as f32 / COUNT as f32
    };
    share(right, top).min(share(top, right))
}

/// The unit vector across an arm, away from what lies inside.
fn outwards(arm: Point, inner: Point) -> Point {
    let reach = length(arm).max(1e-3);
    let normal = (arm.1 / reach, -arm.0 / reach);
    if dot(normal, inner) > 0.0 { (-normal.0, -normal.1) } else { normal }
}

/// The gradient along a unit vector at a place or a pixel before or behind it, where it is most; none below 0.
fn steepest(field: &Field, (x, y): Point, normal: Point, sign: f32) -> f32 {
    let near = [-1.0, 0.0, 1.0].map(|d| field.along(x + normal.0 * d, y + normal.1 * d, normal) * sign);
    near.into_iter().fold(0.0, f32::max)
}

/// The search for a dashed side: lines from near the end of one arm, across it.
struct Dashed<'a> {
    field: &'a Field,
    end: Point,
    arm: Point,
    along: Point,
    sign: f32,
}

/// Pixels of a side from which it is looked for at half the size.
const LARGE: f32 = 110.0;

/// How far a line begins beyond the end of the arm, and how much farther it ends.
type Place = (f32, f32);

impl Dashed<'_> {
    fn line(&self, (offset, slant): Place) -> (Point, Point) {
        let reach = length(self.arm);
        let unit = (self.arm.0 / reach, self.arm.1 / reach);
        let from = (self.end.0 + unit.0 * offset, self.end.1 + unit.1 * offset);
        (from, (from.0 + self.along.0 + unit.0 * slant, from.1 + self.along.1 + unit.1 * slant))
    }

    /// Mean gradient outwards along a line.
    fn score(&self, place: Place) -> f32 {
        let (from, to) = self.line(place);
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let size = dx.hypot(dy).max(1e-3);
        let mut normal = (dy / size, -dx / size);
        if dot(normal, self.arm) < 0.0 {
            normal = (-normal.0, -normal.1);
        }
        let inner = (from.0 + dx * 0.06, from.1 + dy * 0.06);
        let outer = (from.0 + dx * 0.92, from.1 + dy * 0.92);
        self.field.mean_along(inner, outer, normal) * self.sign
    }

    /// The strongest line: of a large symbol first in a field made smaller, where there are fewer lines to try.
    fn strongest(&self) -> Place {
        let (reach, side) = (length(self.arm), length(self.along));
        let (offset, slant) = if reach.max(side) > LARGE {
            let half = |(x, y): Point| (x / 2.0, y / 2.0);
            let smaller = Dashed {
                field: self.field.half(),
                end: half(self.end),
                arm: half(self.arm),
                along: half(self.along),
                sign: self.sign,
            };
            let (offset, slant) = smaller.strongest();
            (2.0 * offset, 2.0 * slant)
        } else {
            self.search((0.0, (reach * 0.06).max(3.0), 1.5), (0.0, side * 0.28, 4.0))
        };
        self.search((offset, 1.0, 0.5), (slant, 3.0, 1.0))
    }

    /// The strongest line a label's margin within another.
    fn within(&self, (offset, slant): Place) -> Place {
        let reach = length(self.arm);
        let spread = (reach * 0.04).max(1.5);
        self.search((offset - 2.5 - spread, spread, 0.7), (slant, length(self.along) * 0.03, 1.0))
    }

    /// The best of a range of offsets and of slants, each by its middle, its half and its step.
    fn search(&self, offsets: (f32, f32, f32), slants: (f32, f32, f32)) -> Place {
        let steps = |(middle, range, step): (f32, f32, f32)| {
            let count = (range / step) as i32;
            (-count..=count).map(move |index| middle + index as f32 * step)
        };
        let mut best = (f32::MIN, (offsets.0, slants.0));
        for offset in steps(offsets) {
            for slant in steps(slants) {
                let score = self.score((offset, slant));
                if score > best.0 {
                    best = (score, (offset, slant));
                }
            }
        }
        best.1
    }
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

fn dot(a: Point, b: Point) -> f32 {
    a.0 * b.0 + a.1 * b.1
}

fn length(a: Point) -> f32 {
    a.0.hypot(a.1)
}
