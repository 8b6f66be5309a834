//! Format information, decided on soft modules (ISO/IEC 18004, 7.9).

/// How much of a symbol is redundant (ISO/IEC 18004, 7.5.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    L,
    M,
    Q,
    H,
}

/// What format information says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Format {
    pub(super) level: Level,
    pub(super) mask: usize,
}

/// Formats by how well their code words agree with both copies, the best first.
pub(super) fn formats(side: usize, soft: &[f32]) -> Vec<(Format, f32)> {
    let at = |(x, y): (usize, usize)| soft[y * side + x].clamp(-1.0, 1.0);
    let bits: Vec<f32> = (0..15).map(|bit| format_places(side, bit).into_iter().map(at).sum()).collect();
    let mut formats: Vec<(Format, f32)> = (0..32)
        .map(|data| {
            let level = [Level::M, Level::L, Level::H, Level::Q][data >> 3];
            let word = format_word(data as u32);
            (Format { level, mask: data & 7 }, agreement(word, &bits))
        })
        .collect();
    formats.sort_by(|one, other| other.1.total_cmp(&one.1));
    formats
}

/// The two places of a bit of the format information, the least significant being bit 0.
fn format_places(side: usize, bit: usize) -> [(usize, usize); 2] {
    let first = match bit {
        0..=5 => (8, bit),
        6 | 7 => (8, bit + 1),
        8 => (7, 8),
        _ => (14 - bit, 8),
    };
    let second = if bit < 8 { (side - 1 - bit, 8) } else { (8, side - 15 + bit) };
    [first, second]
}

/// Sum over the bits, each counted for or against.
fn agreement(word: u32, bits: &[f32]) -> f32 {
    bits.iter().enumerate().map(|(bit, &value)| if word >> bit & 1 == 1 { value } else { -value }).sum()
}

/// BCH (15, 5), masked (ISO/IEC 18004, annex C).
fn format_word(data: u32) -> u32 {
    (data << 10 | remainder(data << 10, 0x537, 10)) ^ 0x5412
}

/// The remainder of a binary polynomial by a generator of a degree.
fn remainder(mut value: u32, generator: u32, degree: u32) -> u32 {
    for bit in (degree..32).rev() {
        if value >> bit & 1 == 1 {
            value ^= generator << (bit - degree);
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn word_of_the_standard() {
        // ISO/IEC 18004, annex C.2: level M, mask 5.
        assert_eq!(format_word(0b00101), 0b100_0000_1100_1110);
    }

    #[test]
    fn three_flipped_bits_of_either_copy_do_not_matter() {
        let side = 25;
        for data in 0..32_usize {
            let word = format_word(data as u32);
            for flips in [[0, 1, 2], [0, 7, 14], [3, 8, 9], [12, 13, 14]] {
                let mut soft = vec![0.0; side * side];
                for bit in 0..15 {
                    let value = if word >> bit & 1 == 1 { 1.0 } else { -1.0 };
                    let value = if flips.contains(&bit) { -value } else { value };
                    for (x, y) in format_places(side, bit) {
                        soft[y * side + x] = value;
                    }
                }
                let (format, _) = formats(side, &soft)[0];
                assert_eq!(format.mask, data & 7);
                assert_eq!(format.level, [Level::M, Level::L, Level::H, Level::Q][data >> 3]);
            }
        }
    }
}
