//! From soft modules to corrected data codewords (ISO/IEC 18004, 7.5 to 7.10 and 12).

use super::information::{self, Format, Level};
use super::known::{self, Role};
use crate::reed_solomon::{QR, Received};

/// Check codewords of a block, by version (ISO/IEC 18004, table 9).
const CHECKS: [[u8; 40]; 4] = [
    [
        7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28, 28, 28, 30, 30, 26, 28, 30, 30,
        30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
    ],
    [
        10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28, 28, 28, 28, 28, 28,
        28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28,
    ],
    [
        13, 22, 18, 26, 18, 24, 18, 22, 20, 24, 28, 26, 24, 20, 30, 24, 28, 28, 26, 30, 28, 30, 30, 30, 30, 28, 30, 30,
        30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
    ],
    [
        17, 28, 22, 16, 22, 28, 26, 26, 24, 28, 24, 28, 22, 24, 24, 30, 28, 28, 26, 28, 30, 24, 30, 30, 30, 30, 30, 30,
        30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
    ],
];

/// Blocks of a symbol, by version (ISO/IEC 18004, table 9).
const BLOCKS: [[u8; 40]; 4] = [
    [
        1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8, 8, 9, 9, 10, 12, 12, 12, 13, 14, 15, 16, 17, 18,
        19, 19, 20, 21, 22, 24, 25,
    ],
    [
        1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31,
        33, 35, 37, 38, 40, 43, 45, 47, 49,
    ],
    [
        1, 1, 2, 2, 4, 4, 6, 6, 8, 8, 8, 10, 12, 16, 12, 17, 16, 18, 21, 20, 23, 23, 25, 27, 29, 34, 34, 35, 38, 40,
        43, 45, 48, 51, 53, 56, 59, 62, 65, 68,
    ],
    [
        1, 1, 2, 4, 4, 4, 5, 6, 8, 8, 11, 11, 16, 16, 18, 16, 19, 21, 25, 25, 25, 34, 30, 32, 35, 37, 40, 42, 45, 48,
        51, 54, 57, 60, 63, 66, 70, 74, 77, 81,
    ],
];

/// Format code words that are tried: the nearest, and the next if it is nearly as near.
const FORMATS: usize = 2;
/// Check codewords of each block that are left to tell a symbol from chance.
const MARGIN: usize = 2;
/// Share of the certainty of a symbol that a correction may turn over. A true one turns what was doubtful; a false one
/// turns about half of all.
const MAX_TURNED: f32 = 0.2;

/// The corrected data of a symbol and its version, which says how long its counts are.
pub(super) struct Data {
    pub(super) codewords: Vec<u8>,
    pub(super) version: usize,
}

/// The data codewords of a symbol seen from the front, errors corrected.
pub(super) fn data(side: usize, soft: &[f32]) -> Option<Data> {
    let version = known::version(side)?;
    let roles = known::roles(version);
    let formats = information::formats(side, soft);
    let enough = formats[0].1 * 0.75;
    let near = formats.iter().take(FORMATS).filter(|(_, agreement)| *agreement >= enough);
    near.map(|(format, _)| *format).find_map(|format| with_format(version, &roles, format, soft))
}

/// A codeword as it was sampled.
#[derive(Clone, Copy, Debug, Default)]
struct Codeword {
    value: u8,
    /// The certainty of each bit, the most significant first.
    certainty: [f32; 8],
}

impl Codeword {
    /// How likely it is to be right, for ordering.
    fn reliability(&self) -> f32 {
        self.certainty.iter().fold(f32::MAX, |least, &certainty| least.min(certainty))
    }

    /// The certainty of the bits that another value turns over.
    fn turned(&self, value: u8) -> f32 {
        let bits = self.value ^ value;
        self.certainty
            .iter()
            .enumerate()
            .filter(|(bit, _)| bits >> (7 - bit) & 1 == 1)
            .map(|(_, certainty)| certainty)
            .sum()
    }
}

fn with_format(version: usize, roles: &[Role], format: Format, soft: &[f32]) -> Option<Data> {
    let sampled = sampled(known::side(version), roles, format.mask, soft);
    let blocks = blocks(version, format.level, &sampled)?;
    let redundant = usize::from(CHECKS[format.level as usize][version - 1]);
    let mut codewords = Vec::with_capacity(sampled.len());
    let (mut turned, mut whole) = (0.0, f32::EPSILON);
    for block in &blocks {
        let corrected = correct(block, redundant)?;
        for (codeword, &value) in block.iter().zip(&corrected) {
            turned += codeword.turned(value);
            whole += codeword.certainty.iter().sum::<f32>();
        }
        codewords.extend_from_slice(&corrected[..block.len() - redundant]);
    }
    (turned < whole * MAX_TURNED).then_some(Data { codewords, version })
}

/// The codewords in the order in which they are placed.
fn sampled(side: usize, roles: &[Role], mask: usize, soft: &[f32]) -> Vec<Codeword> {
    let mut codewords = Vec::with_capacity(side * side / 8);
    let (mut codeword, mut bits) = (Codeword::default(), 0);
    for (x, y) in known::placement(side, roles) {
        let level = soft[y * side + x];
        let one = (level > 0.0) != known::masked(mask, x, y);
        codeword.value = codeword.value << 1 | u8::from(one);
        codeword.certainty[bits] = level.abs().min(1.5);
        bits += 1;
        if bits == 8 {
            codewords.push(std::mem::take(&mut codeword));
            bits = 0;
        }
    }
    codewords
}

/// Takes the interleaved codewords apart (ISO/IEC 18004, 7.6).
fn blocks(version: usize, level: Level, codewords: &[Codeword]) -> Option<Vec<Vec<Codeword>>> {
    let redundant = usize::from(CHECKS[level as usize][version - 1]);
    let count = usize::from(BLOCKS[level as usize][version - 1]);
    let data = codewords.len().checked_sub(redundant * count)?;
    let (short, longer) = (data / count, data % count);
    let mut blocks = vec![Vec::with_capacity(short + 1 + redundant); count];
    // The last blocks have one data codeword more.
    let places = (0..short * count).map(|index| index % count).chain(count - longer..count);
    let places = places.chain((0..redundant * count).map(|index| index % count));
    for (place, &codeword) in places.zip(codewords) {
        blocks[place].push(codeword);
    }
    Some(blocks)
}

/// Corrects a block, giving up its least certain codewords step by step.
fn correct(block: &[Codeword], redundant: usize) -> Option<Vec<u8>> {
    let mut order: Vec<usize> = (0..block.len()).collect();
    order.sort_by(|&one, &other| block[one].reliability().total_cmp(&block[other].reliability()));
    let values: Vec<u8> = block.iter().map(|codeword| codeword.value).collect();
    let received = Received::new(&QR, &values, redundant)?;
    let most = redundant.saturating_sub(MARGIN);
    (0..=most).step_by(2).find_map(|erased| {
        let (corrected, errors) = received.corrected(&order[..erased])?;
        (2 * errors + erased <= most.max(redundant.min(2))).then_some(corrected)
    })
}
