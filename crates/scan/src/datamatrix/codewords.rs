//! From soft modules to corrected data codewords (ISO/IEC 16022, 5.5 to 5.8 and annex E).

use super::placement;
use super::size::Size;
use crate::reed_solomon::{DATA_MATRIX, Received};

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
    let word: Vec<u8> = places.iter().map(|&place| received[place].0).collect();
    let word = Received::new(&DATA_MATRIX, &word, redundant)?;
    for erasures in (0..redundant.saturating_sub(3)).step_by(2) {
        let Some((word, errors)) = word.corrected(&doubtful[..erasures]) else { continue };
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

#[cfg(test)]
mod tests {
    use datamatrix::{DataMatrix, SymbolList};

    use super::super::size::SIZES;
    use super::*;

    /// The modules that another implementation draws for a text, 1 dark and −1 light.
    fn drawn(text: &str, size: &Size) -> Option<Vec<f32>> {
        let fits = |one: &datamatrix::SymbolSize| {
            let bitmap =
                DataMatrix::encode_str("1", *one).map(|symbol| (symbol.bitmap().width(), symbol.bitmap().height()));
            bitmap.is_ok_and(|sides| sides == (size.columns, size.rows))
        };
        let list = SymbolList::default().into_iter().find(fits)?;
        let bitmap = DataMatrix::encode_str(text, list).ok()?.bitmap();
        let mut soft = vec![-1.0; size.columns * size.rows];
        bitmap.pixels().for_each(|(x, y)| soft[y * size.columns + x] = 1.0);
        Some(soft)
    }

    #[test]
    fn every_size_decodes_from_a_drawn_grid() {
        for size in &SIZES {
            let text = "12ab".repeat(size.data / 8 + 1);
            let text = &text[..(size.data / 2).max(2)];
            let soft = drawn(text, size).unwrap_or_else(|| panic!("{size:?} is drawn"));
            let data = data(size, &soft).unwrap_or_else(|| panic!("{size:?} decodes"));
            assert_eq!(data.len(), size.data);
            let message = super::super::decode(size.columns, size.rows, &soft).expect("says something");
            assert_eq!(message.text, text, "{size:?}");
        }
    }

    #[test]
    fn doubtful_codewords_are_given_up_but_not_all() {
        let size = Size::of(22, 22).expect("is a size");
        let text = "0104600000000015";
        let clean = drawn(text, size).expect("fits");
        let places = placement::modules(size);
        for (doubtful, decodes) in [(0, true), (12, true), (15, true), (19, false), (20, false), (30, false)] {
            let mut soft = clean.clone();
            for modules in places.iter().step_by(2).chain(places.iter().skip(1).step_by(2)).take(doubtful) {
                modules.iter().for_each(|&module| soft[module] *= -0.1);
            }
            assert_eq!(data(size, &soft).is_some(), decodes, "{doubtful} doubtful codewords");
        }
        // The same errors with all codewords equally sure: half as many are borne.
        for (wrong, decodes) in [(10, true), (11, false)] {
            let mut soft = clean.clone();
            for modules in &places[places.len() - wrong..] {
                soft[modules[0]] *= -1.0;
            }
            assert_eq!(data(size, &soft).is_some(), decodes, "{wrong} wrong codewords");
        }
    }

    #[test]
    fn noise_is_no_symbol() {
        let mut state = 88_172_645_463_325_252_u64;
        let mut random = move || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 40) as f32 / 8_388_608.0 - 1.0
        };
        for size in SIZES.iter().filter(|size| size.check >= 7) {
            for _ in 0..40 {
                let soft: Vec<f32> = (0..size.columns * size.rows).map(|_| random()).collect();
                assert_eq!(data(size, &soft), None, "{size:?}");
            }
        }
    }

    #[test]
    fn hostile_sizes() {
        for (columns, rows, length) in [(0, 0, 0), (1, 1, 1), (10, 10, 99), (11, 11, 121), (usize::MAX, 2, 4)] {
            assert_eq!(super::super::decode(columns, rows, &vec![1.0; length]), None);
        }
        assert_eq!(super::super::decode(10, 10, &[f32::NAN; 100]), None);
    }
}
