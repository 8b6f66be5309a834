//! Where the modules of a symbol lie, from three finder patterns and the timing patterns between them.

use super::finder::Finder;
use super::known;
use super::trio::Trio;
use crate::frame::Frame;
use crate::grid::Lattice;

/// How strongly a cylinder bends a symbol, from flat to what shows half of it.
const BENDS: [f32; 4] = [0.0, 0.1, 0.2, 0.3];

/// How much the agreement of the timing patterns may grow by refining.
const REFINEMENT: f32 = 0.15;
/// Versions whose lattices are refined.
const REFINED: usize = 2;

/// Lattices that may fit, the best first, with how well the timing patterns agree (-1 to 1), which is `least` or more.
pub(super) fn lattices(frame: &Frame, trio: &Trio, least: f32) -> Vec<(Lattice, f32)> {
    let (across, down) = (Profile::new(frame, trio, false), Profile::new(frame, trio, true));
    let rough = least - REFINEMENT;
    let mut fits: Vec<(usize, Shape, f32)> = versions(trio.modules)
        .filter_map(|version| {
            let side = known::side(version);
            let (yaw, bend_across, score_across) = across.fit(side, rough)?;
            let (pitch, bend_down, score_down) = down.fit(side, rough)?;
            Some((side, Shape { yaw, pitch, bend_across, bend_down }, score_across.midpoint(score_down)))
        })
        .collect();
    fits.sort_by(|one, other| other.2.total_cmp(&one.2));
    fits.truncate(REFINED);
    let refined = fits.into_iter().filter_map(|(side, shape, _)| refined(frame, trio, side, shape));
    let mut lattices: Vec<(Lattice, f32)> = refined.filter(|(_, agreement)| *agreement >= least).collect();
    lattices.sort_by(|one, other| other.1.total_cmp(&one.1));
    lattices
}

/// Samples a module of a profile.
const DENSITY: f32 = 5.0;

/// Levels along the line through two finder patterns, and along the timing pattern beside it.
struct Profile {
    finders: Vec<f32>,
    timing: Vec<f32>,
    /// Share of the distance between the centres that the profiles reach beyond them.
    beyond: f32,
    modules: f32,
}

impl Profile {
    fn new(frame: &Frame, trio: &Trio, down: bool) -> Self {
        let (corner, end, other) =
            if down { (&trio.corner, &trio.below, &trio.right) } else { (&trio.corner, &trio.right, &trio.below) };
        let (dx, dy) = (other.x - corner.x, other.y - corner.y);
        let length = dx.hypot(dy);
        let beside = |finder: &Finder| {
            let reach = finder.reach(dx, dy) * 3.0 / 3.5 / length;
            (finder.x + dx * reach, finder.y + dy * reach)
        };
        let modules = trio.modules;
        let beyond = 5.5 / modules;
        let sign = if corner.light { -1.0 } else { 1.0 };
        let count = (modules * (1.0 + 2.0 * beyond) * DENSITY) as usize;
        let line = |(x0, y0): (f32, f32), (x1, y1): (f32, f32)| {
            let at = |index: usize| {
                let t = index as f32 / (modules * DENSITY) - beyond;
                sign * frame.at(x0 + (x1 - x0) * t, y0 + (y1 - y0) * t)
            };
            (0..count).map(at).collect()
        };
        Self {
            finders: line((corner.x, corner.y), (end.x, end.y)),
            timing: line(beside(corner), beside(end)),
            beyond,
            modules,
        }
    }

    /// The perspective and the bend along the line that fit best for a side, and how well: `least` or more.
    fn fit(&self, side: usize, least: f32) -> Option<(f32, f32, f32)> {
        let cells = timing(side, false);
        let step = 1.5 / side as f32;
        let turns = (0.45 / step) as i32;
        let mut best = (0.0, 0.0, -1.0);
        let mut places = Vec::with_capacity(cells.len());
        for bend in BENDS {
            let inset = bent(3.5 / side as f32, bend);
            places.clear();
            places.extend(cells.iter().map(|cell| (bent(cell.0 / side as f32, bend) - inset) / (1.0 - 2.0 * inset)));
            for turn in -turns..=turns {
                let perspective = turn as f32 * step;
                let score = self.contrast(&cells, &places, perspective);
                if score > best.2 {
                    best = (perspective, bend, score);
                }
            }
            // What a bend makes fit, a plane fits somewhat.
            if best.2 < least / 2.0 {
                return None;
            }
        }
        (best.2 >= least).then_some(best)
    }

    fn contrast(&self, cells: &[(f32, f32, bool)], places: &[f32], perspective: f32) -> f32 {
        let levels = cells.iter().zip(places).map(|(&(_, line, dark), &place)| {
            let t = (1.0 + perspective) * place / (1.0 + perspective * place);
            let index = ((t + self.beyond) * self.modules * DENSITY + 0.5) as usize;
            let profile = if line == 3.5 { &self.finders } else { &self.timing };
            (profile[index.min(profile.len() - 1)], dark)
        });
        changes(levels)
    }
}

/// A place along a side that a cylinder bends, both from 0 to 1.
fn bent(s: f32, bend: f32) -> f32 {
    s + bend * s * (1.0 - s) * (2.0 * s - 1.0)
}

/// Versions that the distance between the centres allows; perspective and bending make it uncertain.
fn versions(modules: f32) -> impl Iterator<Item = usize> {
    let version = |modules: f32| (modules - 10.0) / 4.0;
    let first = version(modules * 0.78).round().max(1.0) as usize;
    let last = version(modules * 1.15).round().clamp(1.0, 40.0) as usize;
    first..=last
}

/// A plane, or a cylinder, through the centres of three finder patterns.
#[derive(Clone, Copy, Debug, Default)]
struct Shape {
    /// How much nearer the right side is than the left.
    yaw: f32,
    /// How much nearer the lower side is than the upper.
    pitch: f32,
    bend_across: f32,
    bend_down: f32,
}

impl Shape {
    /// The shape of which the centre of the last alignment pattern lies at a place, bent as a lattice is.
    fn through(trio: &Trio, side: usize, lattice: &Lattice, place: (f32, f32)) -> Option<Self> {
        let (bend_across, bend_down) = (lattice.bend.along_u[1], lattice.bend.along_v[1]);
        let share = |bend: f32| {
            let inset = bent(3.5 / side as f32, bend);
            (bent(1.0 - 6.5 / side as f32, bend) - inset) / (1.0 - 2.0 * inset)
        };
        let (x, y) = (share(bend_across), share(bend_down));
        let (corner, right, below) = (&trio.corner, &trio.right, &trio.below);
        // With the depth 1 + yaw·x + pitch·y the place is linear in yaw and pitch.
        let (ax, ay) = (x * (right.x - place.0), x * (right.y - place.1));
        let (bx, by) = (y * (below.x - place.0), y * (below.y - place.1));
        let cx = place.0 - corner.x - x * (right.x - corner.x) - y * (below.x - corner.x);
        let cy = place.1 - corner.y - x * (right.y - corner.y) - y * (below.y - corner.y);
        let area = ax * by - ay * bx;
        let (yaw, pitch) = ((cx * by - cy * bx) / area, (ax * cy - ay * cx) / area);
        (yaw.abs() < 0.8 && pitch.abs() < 0.8).then_some(Self { yaw, pitch, bend_across, bend_down })
    }

    fn lattice(&self, trio: &Trio, side: usize) -> Option<Lattice> {
        let (corner, right, below) = (&trio.corner, &trio.right, &trio.below);
        let (wide, high) = (1.0 + self.yaw, 1.0 + self.pitch);
        let across = (right.x * wide - corner.x, right.y * wide - corner.y);
        let down = (below.x * high - corner.x, below.y * high - corner.y);
        let inset = |bend: f32| {
            let bent = bent(3.5 / side as f32, bend);
            bent / (1.0 - 2.0 * bent)
        };
        let (left, top) = (-inset(self.bend_across), -inset(self.bend_down));
        let at = |x: f32, y: f32| {
            let depth = 1.0 + self.yaw * x + self.pitch * y;
            let place = (corner.x + across.0 * x + down.0 * y, corner.y + across.1 * x + down.1 * y);
            (place.0 / depth, place.1 / depth)
        };
        let corners = [at(left, top), at(1.0 - left, top), at(1.0 - left, 1.0 - top), at(left, 1.0 - top)];
        let mut lattice = Lattice::flat(side, side, &corners)?;
        lattice.bend.along_u[1] = self.bend_across;
        lattice.bend.along_v[1] = self.bend_down;
        Some(lattice)
    }
}

/// The shape turned and bent a little for the best agreement along its own timing patterns.
fn refined(frame: &Frame, trio: &Trio, side: usize, mut shape: Shape) -> Option<(Lattice, f32)> {
    let sign = if trio.corner.light { -1.0 } else { 1.0 };
    let (across, down) = (timing(side, false), timing(side, true));
    let agree = |shape: &Shape, cells: &[(f32, f32, bool)]| {
        let contrast =
            |lattice: Lattice| changes(cells.iter().map(|&(x, y, dark)| (sign * level(frame, &lattice, x, y), dark)));
        shape.lattice(trio, side).map_or(-1.0, contrast)
    };
    let step = 0.75 / side as f32;
    let mut best_across = (shape, agree(&shape, &across));
    for (bend, turn) in around() {
        let candidate = Shape { yaw: shape.yaw + turn * step, bend_across: shape.bend_across + bend, ..shape };
        let score = agree(&candidate, &across);
        if score > best_across.1 {
            best_across = (candidate, score);
        }
    }
    shape = best_across.0;
    let mut best_down = (shape, agree(&shape, &down));
    for (bend, turn) in around() {
        let candidate = Shape { pitch: shape.pitch + turn * step, bend_down: shape.bend_down + bend, ..shape };
        let score = agree(&candidate, &down);
        if score > best_down.1 {
            best_down = (candidate, score);
        }
    }
    let lattice = best_down.0.lattice(trio, side)?;
    Some((lattice, best_across.1.midpoint(best_down.1)))
}

/// Modules around its expected place in which an alignment pattern is looked for, and the step.
const ALIGNMENT_REACH: f32 = 4.0;
const ALIGNMENT_STEP: f32 = 0.5;
/// Places of the alignment pattern that are tried.
const ALIGNMENTS: usize = 3;

/// The lattice laid through the places near the expected one that look like the last alignment pattern, the likeliest
/// first. A finder pattern a little off puts the far corner off by much.
pub(super) fn aligned(frame: &Frame, trio: &Trio, lattice: &Lattice) -> Vec<Lattice> {
    let side = lattice.columns;
    let sign = if trio.corner.light { -1.0 } else { 1.0 };
    let middle = side as f32 - 6.5;
    let steps = (ALIGNMENT_REACH / ALIGNMENT_STEP) as i32;
    let offsets = (-steps..=steps).flat_map(|y| (-steps..=steps).map(move |x| (x as f32, y as f32)));
    let mut places: Vec<((f32, f32), f32)> = offsets
        .map(|(x, y)| {
            let (x, y) = (middle + x * ALIGNMENT_STEP, middle + y * ALIGNMENT_STEP);
            let rows = (-3..=3).map(|dy| {
                let cells = (-3..=3).map(|dx: i32| {
                    let dark = matches!(dx.abs().max(i32::abs(dy)), 0 | 2);
                    (sign * level(frame, lattice, x + dx as f32, y + dy as f32), dark)
                });
                cells.collect::<Vec<_>>()
            });
            let rows: Vec<Vec<(f32, bool)>> = rows.collect();
            let across = rows[1..6].iter().map(|row| row[1..6].to_vec());
            let down = (1..6).map(|column| rows[1..6].iter().map(|row| row[column]).collect());
            ((x, y), across.chain(down).map(|line: Vec<_>| changes(line.into_iter())).sum())
        })
        .collect();
    places.sort_by(|one, other| other.1.total_cmp(&one.1));
    let mut chosen: Vec<(f32, f32)> = Vec::new();
    for ((x, y), _) in places {
        let apart = |&(other_x, other_y): &(f32, f32)| (x - other_x).hypot(y - other_y) > 1.6;
        if chosen.iter().all(apart) {
            chosen.push((x, y));
        }
        if chosen.len() == ALIGNMENTS {
            break;
        }
    }
    let through = |(x, y): (f32, f32)| Shape::through(trio, side, lattice, lattice.at(x, y))?.lattice(trio, side);
    chosen.into_iter().filter_map(through).collect()
}

/// Small changes of bend and perspective.
fn around() -> impl Iterator<Item = (f32, f32)> {
    [-0.05, 0.0, 0.05].into_iter().flat_map(|bend| (-4..=4).map(move |turn| (bend, turn as f32)))
}

fn level(frame: &Frame, lattice: &Lattice, x: f32, y: f32) -> f32 {
    let (x, y) = lattice.at(x, y);
    frame.at(x, y)
}

/// Places along the timing pattern and through the finder patterns at its ends, in order, and whether they are dark.
fn timing(side: usize, down: bool) -> Vec<(f32, f32, bool)> {
    let mut cells = Vec::with_capacity(side + 24);
    let mut add = |along: usize, line: f32, dark: bool| {
        // Counted from a module outside.
        let along = along as f32 - 0.5;
        cells.push(if down { (line, along, dark) } else { (along, line, dark) });
    };
    const FINDER: [bool; 9] = [false, true, false, true, true, true, false, true, false];
    for (place, dark) in FINDER.into_iter().enumerate() {
        add(place, 3.5, dark);
    }
    for along in 8..side - 6 {
        add(along, 6.5, along % 2 == 1);
    }
    for (place, dark) in FINDER.into_iter().enumerate() {
        add(side - 7 + place, 3.5, dark);
    }
    cells
}

/// How well the changes from level to level agree with what they should be, from -1 to 1.
pub(super) fn changes(levels: impl Iterator<Item = (f32, bool)>) -> f32 {
    let (mut sum, mut squares, mut count) = (0.0, 1.0, 0.0);
    let mut before = None::<(f32, bool)>;
    for (level, dark) in levels {
        if let Some((other, was_dark)) = before
            && was_dark != dark
        {
            let change = if dark { other - level } else { level - other };
            sum += change;
            squares += change * change;
            count += 1.0;
        }
        before = Some((level, dark));
    }
    sum / f32::sqrt(squares * count)
}
