//! From a region to what it shows: outlines, lattices, modules, and as few of each as will do.

use super::laid::Laid;
use super::lines;
use super::outline::{self, Outline};
use super::pyramid::Pyramid;
use super::reader::{COARSE, FINE, FINEST, LIKELY, Limits};
use super::texture::Region;
use super::timing::{self, Guess};
use crate::corners::{self, Corners, holds, overlap};
use crate::homography::Homography;
use crate::sighting::Sighting;

/// Agreement with the finder below which a symbol is not worth reporting.
const SEEN: f32 = 0.6;
/// Correlation of dashed sides from which an outline is tried before others are looked for.
const CLEAR: f32 = 0.75;

/// Guesses that are tried at last.
const AT_LAST: usize = 2;
/// Outlines of each look that may be bent.
const STRONGEST: usize = 2;

/// How closely a region was looked at: once; at what was not clear; in more detail; inside of labels.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Once,
    Doubtful,
    Closer,
    Inside,
}

/// A region and what was found in it so far.
pub(super) struct Search<'a> {
    pyramid: &'a Pyramid<'a>,
    limits: &'a Limits,
    /// Left, top, right and bottom in pixels of the frame.
    pub(super) bounds: [f32; 4],
    /// How much like that of a symbol its texture is.
    pub(super) rank: f32,
    outlines: Vec<Outline>,
    guesses: Vec<Guess>,
    /// The strongest outlines of each look, and labels that may bear a symbol.
    strongest: Vec<Outline>,
    labels: Vec<[(f32, f32); 4]>,
    /// What was sampled already.
    laid: Vec<Laid>,
    step: Step,
    pub(super) best: Option<Sighting>,
}

impl<'a> Search<'a> {
    pub(super) fn new(pyramid: &'a Pyramid<'a>, limits: &'a Limits, region: &Region, scale: f32) -> Self {
        let bounds = [region.left, region.top, region.right, region.bottom].map(|value| value as f32 * scale);
        Self {
            pyramid,
            limits,
            bounds,
            rank: region.rank,
            outlines: Vec::new(),
            guesses: Vec::new(),
            strongest: Vec::new(),
            labels: Vec::new(),
            laid: Vec::new(),
            step: Step::Once,
            best: None,
        }
    }

    pub(super) fn middle(&self) -> (f32, f32) {
        let [left, top, right, bottom] = self.bounds;
        (left.midpoint(right), top.midpoint(bottom))
    }

    /// Gives up what lies where other symbols do.
    pub(super) fn leave(&mut self, others: &[Corners]) {
        let is_free = |corners: &Corners| !others.iter().any(|other| overlap(other, corners));
        self.outlines.retain(|outline| is_free(&outline.corners));
        self.strongest.retain(|outline| is_free(&outline.corners));
        self.labels.retain(is_free);
        self.guesses.retain(|guess| is_free(&guess.lattice.corners()));
        self.best.take_if(|best| !is_free(&best.corners));
    }

    /// How unbroken the dark sides of a busy outline are, at most: a label is lighter than what it lies on.
    pub(super) fn solid(&self) -> f32 {
        let busy = self.outlines.iter().filter(|outline| outline.busy >= LIKELY && outline.sign > 0.0);
        busy.fold(0.0, |most, outline| most.max(solid(self.pyramid, outline)))
    }

    /// Whether an outline is busy between sides that are steep nearly everywhere.
    pub(super) fn is_likely(&self, least: f32) -> bool {
        self.outlines.iter().any(|outline| outline.busy * outline.solid >= least)
    }

    /// How busy the outlines are inside, at most: symbols are, labels and words are not.
    pub(super) fn promise(&self) -> f32 {
        self.outlines.iter().fold(0.0, |most, outline| most.max(outline.busy))
    }

    pub(super) fn has_message(&self) -> bool {
        self.best.as_ref().is_some_and(|best| best.message.is_some())
    }

    /// The outlines within bounds, in the frame made small enough for these to have so many pixels a side; only what lies
    /// inside a quadrilateral, if there is one. What is clearly a symbol is read at once.
    pub(super) fn look(
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
                if guess.clearness >= CLEAR {
                    if self.attempt(&guess) {
                        return;
                    }
                } else if !outline.is_cut {
                    self.guesses.push(guess);
                }
            }
            // Parts of letters abound: what is cut off counts if it is clear.
            if !outline.is_cut {
                self.outlines.push(outline);
            }
        }
    }

    /// Looks again, up to a step: at what was not clear, then where small outlines were and at all of the region in more
    /// detail, then inside the strongest outlines, which may be the label that bears the symbol, and at what is not clear
    /// of all that.
    pub(super) fn look_again(&mut self, last: Step) {
        while self.step < last && !self.has_message() {
            self.step = match self.step {
                Step::Once => {
                    self.try_doubtful(0);
                    Step::Doubtful
                }
                Step::Doubtful => {
                    self.look_closer();
                    Step::Closer
                }
                Step::Closer | Step::Inside => {
                    self.look_inside();
                    Step::Inside
                }
            };
        }
    }

    /// Where small outlines were, and all of the region in more detail.
    fn look_closer(&mut self) {
        let mut closer: Vec<([f32; 4], f32)> = Vec::new();
        for outline in &self.outlines {
            let near = extent(&outline.corners);
            let is_small = longer_side(&near) < 0.6 * longer_side(&self.bounds);
            if is_small && closer.len() < self.limits.closer && closer.iter().all(|other| is_apart(&other.0, &near)) {
                closer.push((near, COARSE));
            }
        }
        if longer_side(&self.bounds) > COARSE {
            closer.push((self.bounds, FINE));
        }
        let first = std::mem::take(&mut self.outlines);
        self.strongest = first.iter().copied().take(STRONGEST).collect();
        self.labels.extend(first.first().map(|outline| outline.corners));
        for (bounds, side) in closer {
            self.look_thoroughly(bounds, side);
            if self.has_message() {
                return;
            }
        }
        self.outlines = first;
    }

    fn look_thoroughly(&mut self, bounds: [f32; 4], side: f32) {
        self.look(bounds, side, None, true);
        let label = self.outlines.first().map(|outline| outline.corners);
        self.labels
            .extend(label.filter(|label| self.labels.iter().all(|other| is_apart(&extent(other), &extent(label)))));
        self.strongest.extend(self.outlines.drain(..).take(STRONGEST));
    }

    /// All of the region in still more detail, inside the strongest outlines, and what is not clear of all that was seen.
    fn look_inside(&mut self) {
        self.outlines.clear();
        if longer_side(&self.bounds) > FINE {
            self.look_thoroughly(self.bounds, FINEST);
        }
        for label in std::mem::take(&mut self.labels).into_iter().take(self.limits.closer) {
            if self.has_message() {
                return;
            }
            self.look(extent(&label), FINE, Some(&shrunk(&label, 0.94)), true);
            self.strongest.extend(self.outlines.drain(..).take(STRONGEST));
        }
        if !self.has_message() {
            self.outlines = std::mem::take(&mut self.strongest);
            self.try_doubtful(AT_LAST);
        }
    }

    /// What is not clear: first on a plane, then on cylinders. At least so many of it are tried, however unlikely.
    fn try_doubtful(&mut self, least: usize) {
        for outline in &self.outlines {
            self.guesses.extend(timing::guesses(self.pyramid, outline, true, self.limits.guesses));
        }
        let mut guesses = std::mem::take(&mut self.guesses);
        guesses.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        let likely = guesses.partition_point(|guess| guess.weight >= self.limits.least_weight);
        for guess in guesses.iter().take(likely.min(self.limits.attempts).max(least)) {
            if self.attempt(guess) {
                return;
            }
        }
    }

    /// Whether a guess is a symbol that can be read; the best that cannot is kept.
    fn attempt(&mut self, guess: &Guess) -> bool {
        let Some(laid) = Laid::new(self.pyramid, guess, self.limits.least_score) else {
            return false;
        };
        // Many guesses come to the same.
        if self.laid.iter().any(|other| laid.is_same(other)) {
            return false;
        }
        let sighting = laid.read(self.pyramid);
        self.laid.push(laid);
        let is_read = sighting.message.is_some();
        if is_read || sighting.score > SEEN && self.best.as_ref().is_none_or(|best| best.score < sighting.score) {
            self.best = Some(sighting);
        }
        is_read
    }
}

/// A quadrilateral made smaller around its middle.
fn shrunk(corners: &[(f32, f32); 4], share: f32) -> [(f32, f32); 4] {
    let middle = corners::middle(corners);
    corners.map(|(x, y)| (middle.0 + (x - middle.0) * share, middle.1 + (y - middle.1) * share))
}

/// How much of the solid sides of an outline is dark on light, or the reverse: the lesser share of the two.
fn solid(pyramid: &Pyramid, outline: &Outline) -> f32 {
    const COUNT: usize = 48;
    const OFF: f32 = 0.02;
    let [left, top, right, bottom] = extent(&outline.corners);
    let (frame, scale) = pyramid.level(((right - left).max(bottom - top) / 200.0).log2().ceil().max(0.0) as usize);
    let Some(plane) = Homography::onto(&outline.corners) else { return 0.0 };
    let at = |u: f32, v: f32| {
        let (x, y) = plane.map(u, v);
        frame.at(x / scale, y / scale)
    };
    let share = |step: &dyn Fn(f32) -> f32| {
        let steps: [f32; COUNT] = std::array::from_fn(|index| step((index as f32 + 0.5) / COUNT as f32) * outline.sign);
        let mut sorted = steps;
        sorted.sort_unstable_by(f32::total_cmp);
        let typical = sorted[COUNT * 2 / 3];
        steps.iter().filter(|&&step| step > 0.5 * typical && step > 3.0).count() as f32 / COUNT as f32
    };
    share(&|t| at(-OFF, t) - at(OFF, t)).min(share(&|t| at(t, 1.0 + OFF) - at(t, 1.0 - OFF)))
}

/// Left, top, right and bottom of a quadrilateral.
fn extent(corners: &[(f32, f32); 4]) -> [f32; 4] {
    corners.iter().fold([f32::MAX, f32::MAX, f32::MIN, f32::MIN], |[left, top, right, bottom], &(x, y)| {
        [left.min(x), top.min(y), right.max(x), bottom.max(y)]
    })
}

fn longer_side(bounds: &[f32; 4]) -> f32 {
    (bounds[2] - bounds[0]).max(bounds[3] - bounds[1])
}

/// Whether two bounds are not nearly the same.
pub(super) fn is_apart(a: &[f32; 4], b: &[f32; 4]) -> bool {
    let side = (a[2] - a[0]).max(a[3] - a[1]);
    a.iter().zip(b).any(|(a, b)| (a - b).abs() > 0.12 * side)
}
