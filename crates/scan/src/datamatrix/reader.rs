//! From a frame to sightings: regions, outlines, lattices, modules, and as few of each as will do.

use super::outline::{self, Outline};
use super::pyramid::Pyramid;
use super::size::Size;
use super::texture::{self, Region};
use super::timing::{self, Guess};
use super::{decode, lines};
use crate::effort::Effort;
use crate::found::Symbology;
use crate::frame::Frame;
use crate::grid::{self, Known, Lattice};
use crate::sighting::Sighting;
use std::cell::LazyCell;

/// Agreement with the finder below which there is no symbol, and below which one is not worth reporting.
const PLAUSIBLE: f32 = 0.4;
const SEEN: f32 = 0.6;
/// Agreement from which most modules are decided rightly.
const DECIDED: f32 = 0.55;
/// Correlation of dashed sides from which an outline is tried before others are looked for.
const CLEAR: f32 = 0.75;

/// Pixels along the longer side of a part of the frame when it is first looked at, and when looked at again.
const COARSE: f32 = 110.0;
const FINE: [f32; 1] = [220.0];
const FINEST: [f32; 2] = [220.0, 640.0];
/// Sides of a frame below which no texture is looked for.
const MIN_SIDE: usize = 32;

/// Promise and rank from which a region beside other symbols is looked at again. Of 90 generated symbols that only the second
/// look reads, 87 have both; 576 frames with bars or QR and no DataMatrix have 23 such places.
const BESIDE: (f32, f32) = (0.84, 3.0);

/// Outlines of each look that may be bent.
const STRONGEST: usize = 2;

/// How many of each are tried.
struct Limits {
    /// Sizes of the frame that are searched for texture.
    maps: usize,
    /// Regions of each that are looked at, and regions that are looked at again if none is read.
    regions: usize,
    /// Regions that are looked at before other symbologies have their turn.
    before_others: usize,
    again: usize,
    /// Pixels along the longer side of a region that is looked at again.
    sides: &'static [f32],
    /// Promise from which that is worth it.
    least_promise: f32,
    outlines: usize,
    /// Outlines that are looked at more closely.
    closer: usize,
    guesses: usize,
    attempts: usize,
}

impl Limits {
    fn of(effort: Effort) -> Self {
        match effort {
            Effort::Frame => Self {
                maps: 2,
                regions: 4,
                before_others: 4,
                again: 2,
                sides: &FINE,
                least_promise: 0.72,
                outlines: 5,
                closer: 1,
                guesses: 2,
                attempts: 2,
            },
            Effort::Picture => Self {
                maps: 4,
                regions: 40,
                before_others: 40,
                again: 16,
                sides: &FINEST,
                least_promise: 0.0,
                outlines: 24,
                closer: 6,
                guesses: 4,
                attempts: 16,
            },
        }
    }
}

/// The symbols of a frame, read or seen: first what is clear, and if that is nothing, what is likely and lies beside the
/// `others`.
pub(super) fn sight(frame: &Frame, effort: Effort, others: impl FnOnce() -> Vec<Corners>) -> Vec<Sighting> {
    let limits = Limits::of(effort);
    let pyramid = Pyramid::new(frame);
    let mut read: Vec<Sighting> = Vec::new();
    let mut open: Vec<Search> = Vec::new();
    // Where one symbol was read, others are looked for only where there may be as good a one.
    let mut least_rank = 0.0_f32;
    let others = LazyCell::new(others);
    'maps: for map in 1..=limits.maps {
        let (small, scale) = pyramid.level(map);
        if !read.is_empty() || small.width().min(small.height()) < MIN_SIDE {
            break;
        }
        for region in texture::regions(small, 3 * limits.regions) {
            let mut search = Search::new(&pyramid, &limits, &region, scale);
            let is_known = open.iter().any(|other| !is_apart(&other.bounds, &search.bounds))
                || read.iter().any(|one| holds(&one.corners, search.middle()));
            if is_known || region.rank < least_rank || open.len() >= map * limits.regions {
                continue;
            }
            search.look(search.bounds, COARSE, None, false);
            match search.best.take_if(|best| best.message.is_some()) {
                Some(sighting) => {
                    if effort == Effort::Frame {
                        least_rank = least_rank.max(region.rank * 0.6);
                    }
                    keep(&mut read, sighting);
                }
                None => open.push(search),
            }
            if read.is_empty() && open.len() >= limits.before_others && !others.is_empty() {
                break 'maps;
            }
        }
    }
    if read.is_empty() {
        open.iter_mut().for_each(|search| search.leave(&others));
    }
    open.sort_by(|a, b| b.promise().total_cmp(&a.promise()));
    if read.is_empty() {
        let (promise, rank) = if others.is_empty() { (limits.least_promise, 0.0) } else { BESIDE };
        let is_worth = |search: &&mut Search| search.promise() >= promise && search.rank >= rank;
        for search in open.iter_mut().filter(is_worth).take(limits.again) {
            search.look_again();
            if effort == Effort::Frame && search.has_message() {
                break;
            }
        }
    }
    for sighting in open.into_iter().filter_map(|search| search.best) {
        keep(&mut read, sighting);
    }
    read
}

/// Outer corners of a symbol.
type Corners = [(f32, f32); 4];

/// Whether one of two symbols lies over the middle of the other.
fn overlap(one: &Corners, other: &Corners) -> bool {
    holds(one, centre(other)) || holds(other, centre(one))
}

/// Keeps the better of two sightings of one place.
fn keep(sightings: &mut Vec<Sighting>, sighting: Sighting) {
    let same = sightings.iter().position(|one| overlap(&one.corners, &sighting.corners));
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

/// Whether two bounds are not nearly the same.
fn is_apart(a: &[f32; 4], b: &[f32; 4]) -> bool {
    let side = (a[2] - a[0]).max(a[3] - a[1]);
    a.iter().zip(b).any(|(a, b)| (a - b).abs() > 0.12 * side)
}

/// A region and what was found in it so far.
struct Search<'a> {
    pyramid: &'a Pyramid,
    limits: &'a Limits,
    /// Left, top, right and bottom in pixels of the frame.
    bounds: [f32; 4],
    /// How much like that of a symbol its texture is.
    rank: f32,
    outlines: Vec<Outline>,
    guesses: Vec<Guess>,
    best: Option<Sighting>,
}

impl<'a> Search<'a> {
    fn new(pyramid: &'a Pyramid, limits: &'a Limits, region: &Region, scale: f32) -> Self {
        let bounds = [region.left, region.top, region.right, region.bottom].map(|value| value as f32 * scale);
        Self { pyramid, limits, bounds, rank: region.rank, outlines: Vec::new(), guesses: Vec::new(), best: None }
    }

    fn middle(&self) -> (f32, f32) {
        let [left, top, right, bottom] = self.bounds;
        (left.midpoint(right), top.midpoint(bottom))
    }

    /// Gives up what lies where other symbols do.
    fn leave(&mut self, others: &[Corners]) {
        let is_free = |corners: &Corners| !others.iter().any(|other| overlap(other, corners));
        self.outlines.retain(|outline| is_free(&outline.corners));
        self.guesses.retain(|guess| is_free(&guess.lattice.corners()));
        self.best.take_if(|best| !is_free(&best.corners));
    }

    /// How busy the outlines are inside, at most: symbols are, labels and words are not.
    fn promise(&self) -> f32 {
        self.outlines.iter().fold(0.0, |most, outline| most.max(outline.busy))
    }

    fn has_message(&self) -> bool {
        self.best.as_ref().is_some_and(|best| best.message.is_some())
    }

    /// The outlines within bounds, in the frame made small enough for these to have so many pixels a side; only what lies
    /// inside a quadrilateral, if there is one. What is clearly a symbol is read at once.
    fn look(
        &mut self,
        [left, top, right, bottom]: [f32; 4],
        side: f32,
        inside: Option<&[(f32, f32); 4]>,
        is_thorough: bool,
    ) {
        let longer = (right - left).max(bottom - top);
        let (small, factor) = self.pyramid.level((longer / side).log2().ceil().max(0.0) as usize);
        let margin = longer * 0.12 + 6.0 * factor;
        let low = |value: f32| ((value - margin) / factor).max(0.0) as usize;
        let high = |value: f32| ((value + margin) / factor).ceil().max(0.0) as usize;
        let mut field = lines::Field::new(small, low(left), low(top), high(right), high(bottom));
        if let Some(corners) = inside {
            field.keep(|x, y| holds(corners, (x * factor, y * factor)));
        }
        for outline in outline::outlines(&field, factor, self.limits.outlines, is_thorough) {
            for guess in timing::guesses(self.pyramid, &outline, false, self.limits.guesses) {
                if guess.clearness < CLEAR {
                    self.guesses.push(guess);
                } else if self.attempt(&guess) {
                    return;
                }
            }
            self.outlines.push(outline);
        }
    }

    /// Looks where small outlines were, then at all of the region in more detail, then inside the strongest outlines, which
    /// may be the label that bears the symbol, and last at what is not clear.
    fn look_again(&mut self) {
        self.try_doubtful();
        if self.has_message() {
            return;
        }
        let side = |bounds: &[f32; 4]| (bounds[2] - bounds[0]).max(bounds[3] - bounds[1]);
        let mut closer: Vec<([f32; 4], f32)> = Vec::new();
        for outline in &self.outlines {
            let near = extent(&outline.corners);
            let is_small = side(&near) < 0.6 * side(&self.bounds);
            if is_small && closer.len() < self.limits.closer && closer.iter().all(|other| is_apart(&other.0, &near)) {
                closer.push((near, COARSE));
            }
        }
        let mut coarser = COARSE;
        for &finer in self.limits.sides {
            if side(&self.bounds) > coarser {
                closer.push((self.bounds, finer));
            }
            coarser = finer;
        }
        let mut labels: Vec<[(f32, f32); 4]> = Vec::new();
        let first = std::mem::take(&mut self.outlines);
        let mut strongest: Vec<Outline> = first.iter().copied().take(STRONGEST).collect();
        labels.extend(first.first().map(|outline| outline.corners));
        for (bounds, side) in closer {
            self.look(bounds, side, None, true);
            if self.has_message() {
                return;
            }
            let label = self.outlines.first().map(|outline| outline.corners);
            labels.extend(label.filter(|label| labels.iter().all(|other| is_apart(&extent(other), &extent(label)))));
            strongest.extend(self.outlines.drain(..).take(STRONGEST));
        }
        for label in labels.into_iter().take(self.limits.closer) {
            self.look(extent(&label), FINE[0], Some(&shrunk(&label, 0.94)), true);
            if self.has_message() {
                return;
            }
            strongest.extend(self.outlines.drain(..).take(STRONGEST));
        }
        self.outlines = strongest;
        self.try_doubtful();
    }

    /// What is not clear: first on a plane, then on cylinders.
    fn try_doubtful(&mut self) {
        for outline in &self.outlines {
            self.guesses.extend(timing::guesses(self.pyramid, outline, true, self.limits.guesses));
        }
        let mut guesses = std::mem::take(&mut self.guesses);
        guesses.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        for guess in guesses.iter().take(self.limits.attempts) {
            if self.attempt(guess) {
                return;
            }
        }
    }

    /// Whether a guess is a symbol that can be read; the best that cannot is kept.
    fn attempt(&mut self, guess: &Guess) -> bool {
        let Some(sighting) = register(self.pyramid, guess) else {
            return false;
        };
        let is_read = sighting.message.is_some();
        if is_read || sighting.score > SEEN && self.best.as_ref().is_none_or(|best| best.score < sighting.score) {
            self.best = Some(sighting);
        }
        is_read
    }
}

/// A quadrilateral made smaller around its middle.
fn shrunk(corners: &[(f32, f32); 4], share: f32) -> [(f32, f32); 4] {
    let middle = centre(corners);
    corners.map(|(x, y)| (middle.0 + (x - middle.0) * share, middle.1 + (y - middle.1) * share))
}

/// Left, top, right and bottom of a quadrilateral.
fn extent(corners: &[(f32, f32); 4]) -> [f32; 4] {
    corners.iter().fold([f32::MAX, f32::MAX, f32::MIN, f32::MIN], |[left, top, right, bottom], &(x, y)| {
        [left.min(x), top.min(y), right.max(x), bottom.max(y)]
    })
}

/// Registers one lattice, samples and decodes it.
fn register(pyramid: &Pyramid, guess: &Guess) -> Option<Sighting> {
    let Guess { lattice, size, sign, .. } = *guess;
    let known = size.known();
    let (frame, scale) = pyramid.for_module(lattice.module());
    let lattice = Lattice { homography: lattice.homography.scaled(1.0 / scale), ..lattice };
    let (lattice, score) = grid::register(frame, &lattice, &known);
    let clock = grid::agreement(frame, &lattice, &size.clock()) * sign;
    if clock < PLAUSIBLE {
        return None;
    }
    let (mut lattice, mut soft, mut message) = (lattice, Vec::new(), None);
    for round in 0..2 {
        if round > 0 {
            // What was decided is known now: every module tells where the lattice should be.
            lattice = grid::register(frame, &lattice, &decided(size, &soft)).0;
        }
        soft = grid::equalise(size.columns, size.rows, &grid::sample(frame, &lattice), &known);
        message = decode(size.columns, size.rows, &soft);
        if message.is_some() || clock < DECIDED {
            break;
        }
    }
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

/// The modules that are fixed, and those decided with some certainty.
fn decided(size: &Size, soft: &[f32]) -> Known {
    Known::new(size.finder(|x, y| {
        let value = soft[y * size.columns + x];
        (value.abs() > 0.5).then_some(value > 0.0)
    }))
}
