//! What is left to do for a symbol whose fixed modules agree and whose others do not: one that is bent between its
//! patterns, or whose thin places a copier or a threshold has filled.

use super::known::{self, Role};
use super::{decode, fixed};
use crate::frame::Frame;
use crate::grid::{self, Known, Lattice};
use crate::sighting::Sighting;

/// How often a lattice is laid by what was decided, and decided by the lattice.
const ROUNDS: usize = 4;
/// Certainty from which a module tells where the lattice lies.
const DECIDED: f32 = 0.5;

/// The sighting of a symbol that can be read after all.
pub(super) fn refined(frame: &Frame, lattice: &Lattice, sighting: &Sighting) -> Option<Sighting> {
    let side = sighting.columns;
    let version = known::version(side)?;
    let known = fixed(version);
    let roles = known::roles(version);
    let (mut lattice, mut soft) = (*lattice, sighting.soft.clone());
    for _ in 0..ROUNDS {
        lattice = grid::register(frame, &lattice, &decided(&roles, &soft, &known)).0;
        soft = grid::equalise(side, side, &grid::sample(frame, &lattice), &known);
        let doubted = doubted(side, &roles, &soft);
        if let Some(message) = decode(side, &soft).or_else(|| decode(side, &doubted)) {
            let (corners, module) = (lattice.corners(), lattice.module());
            return Some(Sighting { soft, corners, module, message: Some(message), ..*sighting });
        }
    }
    None
}

/// The modules that are fixed, and those decided with some certainty.
fn decided(roles: &[Role], soft: &[f32], known: &Known) -> Known {
    let side = soft.len().isqrt();
    let decided = (0..soft.len()).filter(|&at| !matches!(roles[at], Role::Fixed { .. }) && soft[at].abs() > DECIDED);
    let decided = decided.map(|at| ((at % side) as i16, (at / side) as i16, soft[at] > 0.0));
    Known::new(known.modules().iter().copied().chain(decided).collect())
}

/// The modules with less certainty where their surroundings speak against them.
///
/// Masking makes modules light or dark by halves whatever lies around them (ISO/IEC 18004, 7.8). If among those with, say,
/// four dark neighbours far more were decided dark than light, then some of the light ones were filled, and which, nothing
/// shows: all of the more frequent kind are as doubtful as the numbers say.
fn doubted(side: usize, roles: &[Role], soft: &[f32]) -> Vec<f32> {
    let is_dark = |x: usize, y: usize| x < side && y < side && soft[y * side + x] > 0.0;
    let around = |at: usize| {
        let (x, y) = (at % side, at / side);
        let sides = [(x.wrapping_sub(1), y), (x + 1, y), (x, y.wrapping_sub(1)), (x, y + 1)];
        sides.into_iter().filter(|&(x, y)| is_dark(x, y)).count()
    };
    // Light and dark modules by how many of their neighbours are dark.
    let mut counts = [[1.0_f32; 2]; 5];
    let data = roles.iter().enumerate().filter(|(_, role)| **role == Role::Data);
    data.for_each(|(at, _)| counts[around(at)][usize::from(soft[at] > 0.0)] += 1.0);
    let doubted = soft.iter().enumerate().map(|(at, &value)| {
        let [light, dark] = counts[around(at)];
        let share = if value > 0.0 { light / dark } else { dark / light };
        value * share.min(1.0)
    });
    doubted.collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{drawn, soft, text};
    use super::*;
    use qrcodegen::QrCodeEcc;

    /// The modules of a symbol of which every other light one among four dark ones is filled.
    fn filled(side: usize, roles: &[Role], soft: &[f32]) -> Vec<f32> {
        let is_dark = |x: usize, y: usize| soft[y * side + x] > 0.0;
        let mut filled = soft.to_vec();
        let mut lost = false;
        for (at, value) in filled.iter_mut().enumerate().filter(|(at, _)| roles[*at] == Role::Data) {
            let (x, y) = (at % side, at / side);
            let inside = x > 0 && y > 0 && x + 1 < side && y + 1 < side;
            if inside
                && *value < 0.0
                && is_dark(x - 1, y)
                && is_dark(x + 1, y)
                && is_dark(x, y - 1)
                && is_dark(x, y + 1)
            {
                lost = !lost;
                *value = if lost { 1.0 } else { -1.0 };
            }
        }
        filled
    }

    #[test]
    fn what_may_be_filled_is_doubted() {
        let expected = "https://id.example.org/01/04600000000015/21/3ABCDEF";
        for (version, level, is_read_as_is) in [
            (4, QrCodeEcc::Low, false),
            (5, QrCodeEcc::Low, false),
            (17, QrCodeEcc::Medium, false),
            (10, QrCodeEcc::Quartile, true),
        ] {
            let code = drawn(expected, level, version, Some(5));
            let side = code.size() as usize;
            let roles = known::roles(usize::from(version));
            let filled = filled(side, &roles, &soft(&code));
            let read = |soft: &[f32]| text(decode(side, soft)).is_some_and(|text| text == expected);
            assert_eq!(read(&filled), is_read_as_is, "version {version}");
            assert!(read(&doubted(side, &roles, &filled)), "version {version}, doubted");
        }
    }
}
