//! From a frame to sightings: regions, outlines, lattices, modules, and as few of each as will do.

use super::outline::{self, Outline};
use super::pyramid::Pyramid;
use super::size::Size;
use super::texture::{self, Region};
use super::{decode, lines, timing};
use crate::effort::Effort;
use crate::found::Symbology;
use crate::frame::Frame;
use crate::grid::{self, Lattice};
use crate::sighting::Sighting;

/// Agreement with the finder below which there is no symbol, and below which one is not worth reporting.
const PLAUSIBLE: f32 = 0.4;
const SEEN: f32 = 0.6;

/// How many of each are tried.
struct Limits {
    regions: usize,
    outlines: usize,
    lattices: usize,
    attempts: usize,
}

impl Limits {
    fn of(effort: Effort) -> Self {
        match effort {
            Effort::Frame => Self { regions: 16, outlines: 12, lattices: 2, attempts: 3 },
            Effort::Picture => Self { regions: 40, outlines: 24, lattices: 4, attempts: 24 },
        }
    }
}

/// The symbols of a frame, read or seen.
pub(super) fn sight(frame: &Frame, effort: Effort) -> Vec<Sighting> {
    let limits = Limits::of(effort);
    let pyramid = Pyramid::new(frame);
    let mut sightings: Vec<Sighting> = Vec::new();
    // Where one symbol was read, others are looked for only where there may be as good a one.
    let mut least_rank = 0.0_f32;
    for map in 1..4_usize {
        let (small, scale) = pyramid.level(map);
        if map > 1 && (small.width().min(small.height()) < 60 || sightings.iter().any(|one| one.message.is_some())) {
            break;
        }
        for region in texture::regions(small, limits.regions) {
            let middle =
                ((region.left + region.right) as f32 / 2.0 * scale, (region.top + region.bottom) as f32 / 2.0 * scale);
            if region.rank < least_rank
                || sightings.iter().any(|one| one.message.is_some() && holds(&one.corners, middle))
            {
                continue;
            }
            if let Some(sighting) = examine(&pyramid, &region, scale, &limits) {
                if sighting.message.is_some() && effort == Effort::Frame {
                    least_rank = least_rank.max(region.rank * 0.6);
                }
                keep(&mut sightings, sighting);
            }
        }
    }
    sightings
}

/// Keeps the better of two sightings of one place.
fn keep(sightings: &mut Vec<Sighting>, sighting: Sighting) {
    let middle = centre(&sighting.corners);
    let same =
        sightings.iter().position(|one| holds(&one.corners, middle) || holds(&sighting.corners, centre(&one.corners)));
    match same {
        None => sightings.push(sighting),
        Some(index) => {
            let known = &sightings[index];
            let better = (sighting.message.is_some(), sighting.score) > (known.message.is_some(), known.score);
            if better {
                sightings[index] = sighting;
            }
        }
    }
}

fn centre(corners: &[(f32, f32); 4]) -> (f32, f32) {
    let sum = corners.iter().fold((0.0, 0.0), |sum, corner| (sum.0 + corner.0, sum.1 + corner.1));
    (sum.0 / 4.0, sum.1 / 4.0)
}

/// Whether a place lies in a quadrilateral, walked in either direction.
fn holds(corners: &[(f32, f32); 4], (x, y): (f32, f32)) -> bool {
    let side = |index: usize| {
        let ((x0, y0), (x1, y1)) = (corners[index], corners[(index + 1) % 4]);
        (x1 - x0) * (y - y0) - (y1 - y0) * (x - x0)
    };
    let sides = [side(0), side(1), side(2), side(3)];
    sides.iter().all(|&side| side >= 0.0) || sides.iter().all(|&side| side <= 0.0)
}

/// One region: its outlines, looked at again more closely if they are a small part of it, and what they may be.
fn examine(pyramid: &Pyramid, region: &Region, scale: f32, limits: &Limits) -> Option<Sighting> {
    let bounds = [region.left, region.top, region.right, region.bottom].map(|value| value as f32 * scale);
    let mut outlines = look(pyramid, bounds, limits.outlines);
    let side = |bounds: [f32; 4]| (bounds[2] - bounds[0]).max(bounds[3] - bounds[1]);
    let near: Vec<[f32; 4]> = outlines.iter().map(|outline| extent(&outline.corners)).collect();
    let mut closer: Vec<[f32; 4]> = Vec::new();
    for bounds_near in near.into_iter().filter(|near| side(*near) < 0.6 * side(bounds)) {
        if closer.len() < 2
            && closer
                .iter()
                .all(|other| other.iter().zip(&bounds_near).any(|(a, b)| (a - b).abs() > 0.2 * side(bounds_near)))
        {
            closer.push(bounds_near);
        }
    }
    if !closer.is_empty() {
        let found: Vec<Outline> =
            closer.into_iter().flat_map(|bounds| look(pyramid, bounds, limits.outlines)).collect();
        outlines.splice(0..0, found);
    }
    let mut best: Option<Sighting> = None;
    let mut tried = Vec::new();
    for outline in &outlines {
        tried.extend(
            timing::lattices(pyramid, &outline.corners, outline.sign, limits.lattices)
                .into_iter()
                .map(|one| (one, outline.sign)),
        );
    }
    tried.sort_by(|a, b| b.0.2.total_cmp(&a.0.2));
    tried.truncate(limits.attempts);
    for ((lattice, size, score), sign) in tried {
        let Some(sighting) = attempt(pyramid, &lattice, size, sign) else {
            continue;
        };
        if sighting.message.is_some() {
            return Some(sighting);
        }
        if sighting.score > SEEN && best.as_ref().is_none_or(|best| best.score < sighting.score) {
            best = Some(sighting);
        }
    }
    best
}

/// The outlines within bounds, at the size at which these have about a hundred pixels a side.
fn look(pyramid: &Pyramid, [left, top, right, bottom]: [f32; 4], limit: usize) -> Vec<Outline> {
    let longer = (right - left).max(bottom - top);
    let (small, factor) = pyramid.level((longer / 110.0).log2().ceil().max(0.0) as usize);
    let margin = longer * 0.12 + 6.0 * factor;
    let low = |value: f32| ((value - margin) / factor).max(0.0) as usize;
    let high = |value: f32| ((value + margin) / factor).ceil().max(0.0) as usize;
    let field = lines::Field::new(small, low(left), low(top), high(right), high(bottom));
    outline::outlines(&field, factor, limit)
}

/// Left, top, right and bottom of a quadrilateral.
fn extent(corners: &[(f32, f32); 4]) -> [f32; 4] {
    corners.iter().fold([f32::MAX, f32::MAX, f32::MIN, f32::MIN], |[left, top, right, bottom], &(x, y)| {
        [left.min(x), top.min(y), right.max(x), bottom.max(y)]
    })
}

/// Registers one lattice, samples and decodes it.
fn attempt(pyramid: &Pyramid, lattice: &Lattice, size: &Size, sign: f32) -> Option<Sighting> {
    let known = size.known();
    let (frame, scale) = pyramid.for_module(lattice.module());
    let lattice = Lattice { homography: lattice.homography.scaled(1.0 / scale), ..*lattice };
    let (lattice, score) = grid::register(frame, &lattice, &known);
    let clock = grid::agreement(frame, &lattice, &size.clock()) * sign;
    if clock < PLAUSIBLE {
        return None;
    }
    let soft = grid::equalise(size.columns, size.rows, &grid::sample(frame, &lattice), &known);
    let message = decode(size.columns, size.rows, &soft);
    let corners = lattice.corners();
    let sighting = Sighting {
        symbology: Symbology::DataMatrix,
        columns: size.columns,
        rows: size.rows,
        soft,
        corners,
        module: lattice.module(),
        score: clock.min(score.abs()),
        message,
    };
    Some(sighting.placed(scale, 0.0, 0.0))
}
