//! Which three finder patterns may be those of one symbol.

use super::finder::Finder;

/// Three finder patterns: the one in the symbol's top left corner, and those to its right and below.
#[derive(Clone, Debug)]
pub(super) struct Trio {
    pub(super) corner: Finder,
    pub(super) right: Finder,
    pub(super) below: Finder,
    /// Modules between the centres of two finder patterns, about.
    pub(super) modules: f32,
    /// How unlike a symbol they are.
    pub(super) strangeness: f32,
}

impl Trio {
    /// The trio of three patterns in any order, if they stand like those of a symbol.
    pub(super) fn of(one: &Finder, two: &Finder, three: &Finder) -> Option<Self> {
        let square = |a: &Finder, b: &Finder| (a.x - b.x).powi(2) + (a.y - b.y).powi(2);
        // The corner lies opposite the longest side.
        let (far_from_one, far_from_two, far_from_three) = (square(two, three), square(one, three), square(one, two));
        let (corner, a, b) = if far_from_one >= far_from_two.max(far_from_three) {
            (one, two, three)
        } else if far_from_two >= far_from_three {
            (two, one, three)
        } else {
            (three, one, two)
        };
        let ((ax, ay), (bx, by)) = (towards(corner, a), towards(corner, b));
        let (right, below, across, down) =
            if ax * by - ay * bx > 0.0 { (a, b, (ax, ay), (bx, by)) } else { (b, a, (bx, by), (ax, ay)) };
        let (width, height) = (across.0.hypot(across.1), down.0.hypot(down.1));
        let slant = ((ax * bx + ay * by) / (width * height)).abs();
        let columns = 7.0 * width / (corner.reach(across.0, across.1) + right.reach(-across.0, -across.1));
        let rows = 7.0 * height / (corner.reach(down.0, down.1) + below.reach(-down.0, -down.1));
        let modules = (columns + rows) / 2.0;
        if slant > 0.7 || !(0.55..1.8).contains(&(columns / rows)) || !(10.0..200.0).contains(&modules) {
            return None;
        }
        let sizes = [corner.module, right.module, below.module];
        let spread = sizes.iter().fold(0.0_f32, |most, size| most.max((size / corner.module).ln().abs()));
        let corners = skew(corner, across, down)
            + skew(right, (-across.0, -across.1), down)
            + skew(below, across, (-down.0, -down.1));
        let clearness = corner.clearness + right.clearness + below.clearness;
        let strangeness = (columns / rows).ln().abs() + 0.5 * slant + 0.5 * spread + corners - clearness / 3.0;
        Some(Self { corner: corner.clone(), right: right.clone(), below: below.clone(), modules, strangeness })
    }

    /// Centres in pixels.
    pub(super) fn centres(&self) -> [(f32, f32); 3] {
        [&self.corner, &self.right, &self.below].map(|finder| (finder.x, finder.y))
    }
}

/// The trios that may be symbols, the likeliest first.
pub(super) fn trios(finders: &[Finder]) -> Vec<Trio> {
    let mut trios = Vec::new();
    for (index, one) in finders.iter().enumerate() {
        for (place, two) in finders.iter().enumerate().skip(index + 1) {
            if !alike(one, two) {
                continue;
            }
            for three in &finders[place + 1..] {
                if alike(one, three) && alike(two, three) {
                    trios.extend(Trio::of(one, two, three));
                }
            }
        }
    }
    trios.sort_by(|one, other| one.strangeness.total_cmp(&other.strangeness));
    trios
}

pub(super) fn alike(one: &Finder, other: &Finder) -> bool {
    let sizes = one.module / other.module;
    let contrasts = one.contrast / other.contrast;
    one.light == other.light && (0.45..2.2).contains(&sizes) && (0.25..4.0).contains(&contrasts)
}

pub(super) fn towards(from: &Finder, to: &Finder) -> (f32, f32) {
    (to.x - from.x, to.y - from.y)
}

/// How far a pattern is from having its sides along two directions: its corner lies where its two halves lead.
pub(super) fn skew(finder: &Finder, (ax, ay): (f32, f32), (bx, by): (f32, f32)) -> f32 {
    let (a, b) = (finder.reach(ax, ay) / ax.hypot(ay), finder.reach(bx, by) / bx.hypot(by));
    let mut sum = 0.0;
    for sign in [1.0, -1.0] {
        let (x, y) = (ax * a + sign * bx * b, ay * a + sign * by * b);
        sum += (finder.reach(x, y) / x.hypot(y)).ln().abs();
    }
    sum / 2.0
}
