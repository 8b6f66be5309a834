//! From soft modules to corrected data codewords (ISO/IEC 16022, 5.5 to 5.8 and annex E).

use super::placement;
use super::size::Size;
use crate::reed_solomon::{self, DATA_MATRIX};

/// Evidence that a correction must leave, in bits: a word of chance passes for one in 2³⁰.
const EVIDENCE: f32 = 30.0;
/// Evidence that is enough without erasures: the finder of a symbol around it is evidence as well, and the smallest
/// symbols have no more.
const EVIDENCE_OF_ERRORS: f32 = 18.0;

/// The data codewords of a symbol, errors corrected; `None` if there are more than it can bear with certainty.
///
/// A codeword is as sure as its least sure module. The least sure ones are given up first, a few more each time
/// (generalised minimum distance decoding: G. D. Forney, "Generalized Minimum Distance Decoding", 1966).
pub(super) fn data(size: &Size, soft: &[f32]) -> Option<Vec<u8>> {
    let received: Vec<(u8, f32)> = placement::modules(size)
        .iter()
        .map(|modules| {
            let byte = modules.iter().fold(0, |byte, &module| byte << 1 | u8::from(soft[module] > 0.0));
            (byte, modules.iter().fold(f32::MAX, |least, &module| least.min(soft[module].abs())))
        })
        .collect();
    // Encoders disagree on how 144×144 deals out its check codewords; both ways are in use.
    let shifts: &[usize] = if size.blocks == 10 { &[0, 8] } else { &[0] };
    shifts.iter().find_map(|&shift| {
        let mut data = vec![0; size.data];
        for block in 0..size.blocks {
            let places: Vec<usize> = (block..size.data)
                .step_by(size.blocks)
                .chain((size.data + (block + size.blocks - shift) % size.blocks..received.len()).step_by(size.blocks))
                .collect();
            let word = corrected(&places, &received, size.check / size.blocks)?;
            for (&place, &codeword) in places.iter().zip(&word).take_while(|(place, _)| **place < size.data) {
                data[place] = codeword;
            }
        }
        Some(data)
    })
}

/// One block, corrected with as few erasures as will do.
fn corrected(places: &[usize], received: &[(u8, f32)], redundant: usize) -> Option<Vec<u8>> {
    let mut doubtful: Vec<usize> = (0..places.len()).collect();
    doubtful.sort_by(|&a, &b| received[places[a]].1.total_cmp(&received[places[b]].1));
    for erasures in (0..redundant.saturating_sub(3)).step_by(2) {
        let mut word: Vec<u8> = places.iter().map(|&place| received[place].0).collect();
        let erased = &doubtful[..erasures];
        let Some(errors) = reed_solomon::correct(&DATA_MATRIX, &mut word, redundant, erased) else {
            continue;
        };
        let needed = if erasures == 0 { EVIDENCE_OF_ERRORS } else { EVIDENCE };
        if evidence(places.len() - erasures, redundant - erasures, errors) >= needed {
            return Some(word);
        }
    }
    None
}

/// Bits by which a correction is unlikely to be chance: those of the check, less those that tell the errors.
fn evidence(length: usize, redundant: usize, errors: usize) -> f32 {
    let choices: f32 = (0..errors).map(|index| ((length - index) as f32 / (index + 1) as f32).log2()).sum();
    8.0 * (redundant as f32 - errors as f32) - choices
}
