//! QR Code model 2 (ISO/IEC 18004): find, register, sample, correct, read.

mod codewords;
mod finder;
mod information;
mod known;
mod place;
mod plane;
mod stream;
mod trio;

use crate::effort::Effort;
use crate::found::{Message, Symbology};
use crate::frame::Frame;
use crate::grid::{self, Known, Lattice};
use crate::sighting::Sighting;

use finder::Finder;
use known::Role;
use plane::Plane;
use trio::Trio;

/// Finds, registers and samples the symbols of a frame, and tries to read them.
pub(crate) fn sight(frame: &Frame, effort: Effort) -> Vec<Sighting> {
    let full = Plane::of(frame);
    let half = full.halved();
    let quarter = half.halved();
    let mut finders = Vec::new();
    finder::find(&full, full.noise(), 2, (1.0, 4.0), &mut finders);
    finder::find(&half, half.noise(), 2, (1.4, 5.0), &mut finders);
    finder::find(&quarter, quarter.noise(), 2, (1.4, 60.0), &mut finders);
    let mut sightings = look(frame, &mut finders, effort);
    if sightings.iter().all(|sighting| sighting.message.is_none()) {
        for reach in [2, 3] {
            let sharp = half.sharpened(reach);
            finder::find(&sharp, sharp.noise(), 2, (1.4, 5.0), &mut finders);
        }
        let more = look(frame, &mut finders, effort);
        sightings.extend(more);
    }
    sightings
}

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
/// Trios that are registered in a frame.
const MAX_TRIOS: usize = 6;

fn look(frame: &Frame, finders: &mut [Finder], effort: Effort) -> Vec<Sighting> {
    finders.sort_by_key(|finder| std::cmp::Reverse((finder.clearness * 1000.0) as u32 + finder.hits.min(20) * 20));
    let trios = trio::trios(&finders[..finders.len().min(MAX_FINDERS)]);
    let most = match effort {
        Effort::Frame => MAX_TRIOS,
        Effort::Picture => MAX_TRIOS * 10,
    };
    let mut sightings: Vec<Sighting> = Vec::new();
    for trio in trios.iter().take(most) {
        if let Some(sighting) = register(frame, trio) {
            let done = sighting.message.is_some();
            sightings.push(sighting);
            if done {
                break;
            }
        }
    }
    sightings
}

/// Least agreement of the known modules that is worth decoding.
const MIN_SCORE: f32 = 0.5;

fn register(frame: &Frame, trio: &Trio) -> Option<Sighting> {
    let mut best: Option<Sighting> = None;
    for (lattice, _) in place::lattices(frame, trio) {
        let sighting = settle(frame, &lattice, trio);
        if let Some(sighting) = sighting {
            if sighting.message.is_some() {
                return Some(sighting);
            }
            if best.as_ref().is_none_or(|best| best.score < sighting.score) {
                best = Some(sighting);
            }
        }
    }
    best
}

fn settle(frame: &Frame, lattice: &Lattice, trio: &Trio) -> Option<Sighting> {
    let side = lattice.columns;
    let version = known::version(side)?;
    let known = fixed(version);
    let (lattice, score) = grid::register(frame, lattice, &known);
    let score = if trio.corner.light { -score } else { score };
    if score < MIN_SCORE {
        return None;
    }
    let levels = grid::sample(frame, &lattice);
    let soft = grid::equalise(side, side, &levels, &known);
    let message = decode(side, &soft);
    Some(Sighting {
        symbology: Symbology::Qr,
        columns: side,
        rows: side,
        soft,
        corners: lattice.corners(),
        module: lattice.module(),
        score,
        message,
    })
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
