//! From a frame to sightings: where is looked, in which order, and when that is enough.

use super::pyramid::Pyramid;
use super::search::{Search, Step, is_apart};
use super::texture::{self, Region};
use crate::corners::{Corners, holds, overlap};
use crate::effort::{Effort, Place, Turn};
use crate::frame::Frame;
use crate::sighting::Sighting;
use std::cell::LazyCell;

/// Share of an outline's inside that is busy, and of its solid sides that are unbroken, from which it is likely.
pub(super) const LIKELY: f32 = 0.72;
const SOLID: f32 = 0.85;

/// Pixels along the longer side of a part of the frame when it is first looked at, when looked at again, and at last.
pub(super) const COARSE: f32 = 110.0;
pub(super) const FINE: f32 = 220.0;
pub(super) const FINEST: f32 = 640.0;
/// Sides of a frame below which no texture is looked for.
const MIN_SIDE: usize = 32;

/// Promise and rank from which a region beside other symbols is looked at again. Of 90 generated symbols that only the second
/// look reads, 87 have both; 576 frames with bars or QR and no DataMatrix have 23 such places.
const BESIDE: (f32, f32) = (0.84, 3.0);

/// How many of each are tried.
pub(super) struct Limits {
    /// Sizes of the frame that are searched for texture.
    pub(super) maps: usize,
    /// Regions of each that are looked at, and regions that are looked at again if none is read.
    pub(super) regions: usize,
    /// Regions that are looked at before other symbologies have their turn.
    pub(super) before_others: usize,
    pub(super) again: usize,
    /// Promise from which that is worth it.
    pub(super) least_promise: f32,
    /// Busy share times steep share of the sides from which it is.
    pub(super) least_solid: f32,
    /// Weight from which a guess that is not clear is tried.
    pub(super) least_weight: f32,
    /// Agreement with the finder from which a lattice is equalised and decoded: what has less is not reported either.
    pub(super) least_score: f32,
    pub(super) outlines: usize,
    /// Outlines that are looked at more closely.
    pub(super) closer: usize,
    pub(super) guesses: usize,
    pub(super) attempts: usize,
}

impl Limits {
    fn of(effort: Effort) -> Self {
        match effort {
            Effort::Frame => Self {
                maps: 2,
                regions: 4,
                before_others: 4,
                again: 2,
                least_promise: LIKELY,
                least_solid: 0.62,
                least_weight: 5.2,
                least_score: 0.5,
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
                least_promise: 0.0,
                least_solid: 0.0,
                least_weight: 0.0,
                least_score: 0.0,
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
pub(super) fn sight(
    frame: &Frame,
    effort: Effort,
    turn: &Turn,
    others: impl FnOnce() -> Vec<Corners>,
) -> Vec<Sighting> {
    let limits = Limits::of(effort);
    let pyramid = Pyramid::new(frame);
    let mut read: Vec<Sighting> = Vec::new();
    let mut open: Vec<Search> = Vec::new();
    // Where one symbol was read, others are looked for only where there may be as good a one.
    let mut least_rank = 0.0_f32;
    let others = LazyCell::new(others);
    let mut last_map = limits.maps;
    let is_deep = matches!(turn, Turn::Deep { .. });
    let mut is_first = effort == Effort::Frame && *turn == Turn::Alone;
    for (map, region) in candidates(&pyramid, &limits) {
        let mut search = Search::new(&pyramid, &limits, &region, pyramid.level(map).1);
        let is_known = open.iter().any(|other| !is_apart(&other.bounds, &search.bounds))
            || read.iter().any(|one| holds(&one.corners, search.middle()));
        if is_known || map > last_map || region.rank < least_rank || open.len() >= limits.maps * limits.regions {
            continue;
        }
        search.look(search.bounds, COARSE, None, false);
        match search.best.take_if(|best| best.message.is_some()) {
            Some(sighting) => {
                // In its turn what is less clear is looked for beside it.
                if effort == Effort::Frame && !is_deep {
                    last_map = map;
                    least_rank = least_rank.max(region.rank * 0.6);
                }
                keep(&mut read, sighting);
            }
            None => open.push(search),
        }
        if read.is_empty() && open.len() >= limits.before_others {
            if std::mem::take(&mut is_first) && look_closer(&mut open) {
                break;
            }
            // What lies farther down has its turn in the next frame.
            if *turn == Turn::Wide || !others.is_empty() {
                break;
            }
        }
    }
    let is_read = !read.is_empty() || open.iter().any(Search::has_message) || is_first && look_closer(&mut open);
    // A still picture, and a video in its turn, is looked at for the marks beside the first one too: which is meant is for the
    // person to say.
    if !is_read || effort == Effort::Picture || is_deep {
        open.iter_mut().for_each(|search| search.leave(&others));
        open.sort_by(|a, b| b.rank.total_cmp(&a.rank));
        let is_alone = others.is_empty() && !is_read;
        let (promise, rank) = if is_alone { (limits.least_promise, 0.0) } else { BESIDE };
        let likely = |search: &Search| {
            search.promise() >= promise && search.rank >= rank && search.is_likely(limits.least_solid)
        };
        let mut likely: Vec<&mut Search> = open.iter_mut().filter(|search| likely(search)).collect();
        let (begin, count) = match turn {
            Turn::Alone => (0, limits.again),
            Turn::Wide => (0, 0),
            Turn::Deep { place: Place::Number(number), .. } => (number % likely.len().max(1), 1),
            Turn::Deep { place: Place::Near((x, y)), .. } => {
                likely.sort_by_key(|search| {
                    let middle = search.middle();
                    (middle.0 - x).hypot(middle.1 - y) as u32
                });
                (0, 1)
            }
        };
        for search in likely.iter_mut().skip(begin).take(count) {
            search.look_again(Step::Inside);
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

/// Looks more closely at the likeliest place if its sides are as unbroken as those of a DataMatrix mostly are, and of other
/// symbols seldom; whether it is read.
fn look_closer(open: &mut [Search]) -> bool {
    let likely = open.iter_mut().filter(|search| search.promise() >= LIKELY && search.solid() >= SOLID);
    likely.max_by(|a, b| a.promise().total_cmp(&b.promise())).is_some_and(|search| {
        search.look_again(Step::Closer);
        search.has_message()
    })
}

/// The regions of all sizes of the frame with the number of the size, the likeliest first.
fn candidates(pyramid: &Pyramid, limits: &Limits) -> Vec<(usize, Region)> {
    let mut all = Vec::new();
    for map in 1..=limits.maps {
        let (small, _) = pyramid.level(map);
        if small.width().min(small.height()) < MIN_SIDE {
            break;
        }
        all.extend(texture::regions(small, 3 * limits.regions).into_iter().map(|region| (map, region)));
    }
    all.sort_by(|a, b| b.1.rank.total_cmp(&a.1.rank));
    all
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
