//! QR Code model 2 (ISO/IEC 18004): find, register, sample, correct, read.

mod codewords;
mod finder;
mod information;
mod known;
mod pair;
mod place;
mod plane;
mod refine;
mod regions;
mod stream;
mod trio;
mod walk;

#[cfg(test)]
mod tests;

use crate::corners;
use crate::effort::Effort;
use crate::found::{Message, Symbology};
use crate::frame::Frame;
use crate::grid::{self, Known, Lattice};
use crate::sighting::Sighting;

use finder::{Finder, Search};
use known::Role;
use plane::Plane;
use trio::Trio;

pub(crate) use regions::read as read_regions;

/// Finds, registers and samples the symbols of a frame, and tries to read them.
pub(crate) fn sight(frame: &Frame, effort: Effort) -> Vec<Sighting> {
    let full = Plane::of(frame);
    let half = full.halved();
    let mut finders = Vec::new();
    let mut looked = Looked::new(effort);
    let search = looked.limits.search;
    let mut examined = 0;
    for step in [Step::Half, Step::Quarter, Step::Full, Step::Pairs, Step::Sharp(2), Step::Sharp(3)] {
        let before = finders.len();
        match step {
            Step::Half => examined += finder::find(&half, (1.4, 5.0), search, &mut finders),
            Step::Quarter => examined += finder::find(&half.halved(), (1.4, 60.0), search, &mut finders),
            Step::Full => examined += finder::find(&full, (1.0, 3.2), search, &mut finders),
            Step::Pairs => looked.try_all(frame, pair::completed(frame, &finders[..finders.len().min(MAX_FINDERS)])),
            Step::Sharp(reach) => {
                // In a frame, blur is worth undoing only where something like a symbol shows, and little else.
                let is_promising = || finders.iter().any(|finder| finder.clearness >= PROMISING);
                if effort == Effort::Frame && (reach > 2 || examined > FEW_PLACES || !is_promising()) {
                    break;
                }
                finder::find(&half.sharpened(reach), (1.4, 5.0), search, &mut finders);
            }
        }
        if finders.len() > before {
            looked.look(frame, &mut finders);
        }
        if !looked.read.is_empty() {
            break;
        }
    }
    distinct(looked.sightings)
}

/// The best sighting of each symbol: what was read, then what agrees best.
fn distinct(mut sightings: Vec<Sighting>) -> Vec<Sighting> {
    let rank = |one: &Sighting| if one.message.is_some() { 2.0 } else { one.score };
    sightings.sort_by(|one, other| rank(other).total_cmp(&rank(one)));
    let mut kept: Vec<Sighting> = Vec::new();
    for sighting in sightings {
        let (x, y) = corners::middle(&sighting.corners);
        let apart = |other: &Sighting| {
            let (other_x, other_y) = corners::middle(&other.corners);
            (x - other_x).hypot(y - other_y) > other.module * other.columns as f32 / 2.0
        };
        if kept.iter().all(apart) {
            kept.push(sighting);
        }
    }
    kept
}

/// Where symbols are looked for, one after the other until one is read.
#[derive(Clone, Copy, Debug)]
enum Step {
    /// Half the size: the noise of a camera is less, and most symbols are large enough.
    Half,
    Quarter,
    Full,
    /// Beside pairs of finder patterns, of which the third is damaged.
    Pairs,
    /// Half the size with differences over so many pixels made larger.
    Sharp(usize),
}

/// Clearness of a finder pattern that is seldom chance, and places that are examined where a symbol lies in a scene rather
/// than in print: frames that were read had 311 at most.
const PROMISING: f32 = 0.8;
const FEW_PLACES: usize = 320;

/// Reads a symbol by its soft modules, from the front or from behind.
pub(crate) fn decode(side: usize, soft: &[f32]) -> Option<Message> {
    if soft.len() != side * side {
        return None;
    }
    let read = |soft: &[f32]| {
        let data = codewords::data(side, soft)?;
        stream::read(&data.codewords, data.version as u32)
    };
    read(soft).or_else(|| {
        let mirrored: Vec<f32> = (0..side * side).map(|index| soft[index % side * side + index / side]).collect();
        read(&mirrored)
    })
}

/// Finder patterns that are combined.
const MAX_FINDERS: usize = 24;

/// What is worth more work, by effort. Symbols that were read in generated frames and in photographs have a strangeness
/// below -0.1, an agreement above 0.8 and a score above 0.8; what is none lies on the other side by as much.
struct Limits {
    search: Search,
    /// Of a trio, and how many trios are registered.
    strangeness: f32,
    trios: usize,
    /// Of the timing patterns, to register at all and to look for the alignment pattern.
    agreement: f32,
    aligned: f32,
    /// Of the registered lattice, to decode.
    score: f32,
    /// Of one that cannot be read, to lay it anew by what was decided.
    certain: f32,
}

impl Limits {
    /// Of 875 frames that were read, none had a finder pattern that failed to show in more than 3 directions, more than 25
    /// patterns in all, or was read by a trio after the third.
    const FRAME: Self = Self {
        search: Search { places: 800, patterns: 48, hidden: 6 },
        strangeness: 0.2,
        trios: 4,
        agreement: 0.6,
        aligned: 0.75,
        score: 0.7,
        certain: f32::INFINITY,
    };
    const PICTURE: Self = Self {
        search: Search { places: 1500, patterns: usize::MAX, hidden: 16 },
        strangeness: 1.0,
        trios: 80,
        agreement: 0.45,
        aligned: 0.6,
        score: 0.6,
        certain: 0.8,
    };
}

/// What has been looked at in a frame.
struct Looked {
    effort: Effort,
    limits: Limits,
    tried: Vec<[(f32, f32); 3]>,
    /// Centres of finder patterns whose symbol was read.
    read: Vec<(f32, f32)>,
    sightings: Vec<Sighting>,
}

impl Looked {
    fn new(effort: Effort) -> Self {
        let limits = match effort {
            Effort::Frame => Limits::FRAME,
            Effort::Picture => Limits::PICTURE,
        };
        Self { effort, limits, tried: Vec::new(), read: Vec::new(), sightings: Vec::new() }
    }

    /// Registers the likeliest trios.
    fn look(&mut self, frame: &Frame, finders: &mut [Finder]) {
        finders.sort_by_key(|finder| std::cmp::Reverse((finder.clearness * 1000.0) as u32 + finder.hits.min(20) * 20));
        let finders = &finders[..finders.len().min(MAX_FINDERS)];
        self.try_all(frame, trio::trios(finders));
    }

    /// Registers trios, in a frame until one is read.
    fn try_all(&mut self, frame: &Frame, trios: Vec<Trio>) {
        for trio in trios {
            if trio.strangeness > self.limits.strangeness || self.tried.len() >= self.limits.trios {
                break;
            }
            let centres = trio.centres();
            if self.tried.contains(&centres) || centres.iter().any(|centre| self.read.contains(centre)) {
                continue;
            }
            self.tried.push(centres);
            let Some(sighting) = register(frame, &trio, &self.limits) else { continue };
            if sighting.message.is_some() {
                self.read.extend(centres);
            }
            self.sightings.push(sighting);
            if !self.read.is_empty() && self.effort == Effort::Frame {
                break;
            }
        }
    }
}

fn register(frame: &Frame, trio: &Trio, limits: &Limits) -> Option<Sighting> {
    let mut best: Option<(Lattice, Sighting)> = None;
    let mut settled = |lattice: &Lattice| {
        let (lattice, sighting) = settle(frame, lattice, trio, limits)?;
        let read = sighting.message.is_some();
        if read || best.as_ref().is_none_or(|(_, best)| best.score < sighting.score) {
            best = Some((lattice, sighting));
        }
        read.then_some(())
    };
    let lattices = place::lattices(frame, trio, limits.agreement);
    let read = lattices.iter().find_map(|(lattice, _)| settled(lattice));
    if read.is_none() {
        for (lattice, _) in
            lattices.iter().filter(|(lattice, agreement)| lattice.columns > 21 && *agreement > limits.aligned)
        {
            if place::aligned(frame, trio, lattice).iter().find_map(&mut settled).is_some() {
                break;
            }
        }
    }
    let (lattice, sighting) = best?;
    let is_open = sighting.message.is_none() && sighting.score >= limits.certain;
    let refined = if is_open { refine::refined(frame, &lattice, &sighting) } else { None };
    refined.or(Some(sighting))
}

fn settle(frame: &Frame, lattice: &Lattice, trio: &Trio, limits: &Limits) -> Option<(Lattice, Sighting)> {
    let side = lattice.columns;
    let version = known::version(side)?;
    let known = fixed(version);
    let (lattice, score) = grid::register(frame, lattice, &known);
    let score = if trio.corner.light { -score } else { score };
    if score < limits.score {
        return None;
    }
    let levels = grid::sample(frame, &lattice);
    let soft = grid::equalise(side, side, &levels, &known);
    let message = decode(side, &soft);
    let sighting = Sighting {
        symbology: Symbology::Qr,
        columns: side,
        rows: side,
        soft,
        corners: lattice.corners(),
        module: lattice.module(),
        score,
        message,
    };
    Some((lattice, sighting))
}

/// The modules that a version fixes, and the quiet zone beside its finder patterns.
fn fixed(version: usize) -> Known {
    let side = known::side(version);
    let roles = known::roles(version);
    let mut modules: Vec<(i16, i16, bool)> = Vec::new();
    for (index, role) in roles.iter().enumerate() {
        if let Role::Fixed { dark } = role {
            modules.push(((index % side) as i16, (index / side) as i16, *dark));
        }
    }
    let side = side as i16;
    for near in 0..7 {
        let far = side - 1 - near;
        modules.extend([(-1, near, false), (near, -1, false), (far, -1, false), (side, near, false)]);
        modules.extend([(-1, far, false), (near, side, false)]);
    }
    Known::new(modules)
}
