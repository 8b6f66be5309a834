//! Reed–Solomon correction of errors and erasures in bytes (ISO/IEC 16022 annex E, ISO/IEC 18004 annex B).

/// GF(256) by its primitive polynomial, with the first of the consecutive roots of the generator polynomial.
pub(crate) struct Field {
    exp: [u8; 510],
    log: [u8; 256],
    first_root: usize,
}

/// ISO/IEC 16022, annex E: x⁸ + x⁵ + x³ + x² + 1, roots from α¹.
pub(crate) static DATA_MATRIX: Field = Field::new(0x12d, 1);
/// ISO/IEC 18004, annex B: x⁸ + x⁴ + x³ + x² + 1, roots from α⁰.
pub(crate) static QR: Field = Field::new(0x11d, 0);

/// Longest word over GF(256).
const MAX_LENGTH: usize = 255;

impl Field {
    const fn new(polynomial: usize, first_root: usize) -> Self {
        let mut exp = [0; 510];
        let mut log = [0; 256];
        let mut power = 1;
        let mut index = 0;
        while index < 255 {
            exp[index] = power as u8;
            exp[index + 255] = power as u8;
            log[power] = index as u8;
            power <<= 1;
            if power > 255 {
                power ^= polynomial;
            }
            index += 1;
        }
        Self { exp, log, first_root }
    }

    fn times(&self, a: u8, b: u8) -> u8 {
        if a == 0 || b == 0 {
            return 0;
        }
        self.exp[usize::from(self.log[usize::from(a)]) + usize::from(self.log[usize::from(b)])]
    }

    /// α to a power.
    fn power(&self, exponent: usize) -> u8 {
        self.exp[exponent % 255]
    }

    /// The quotient; the divisor is not 0.
    fn over(&self, a: u8, b: u8) -> u8 {
        if a == 0 {
            return 0;
        }
        self.exp[usize::from(self.log[usize::from(a)]) + 255 - usize::from(self.log[usize::from(b)])]
    }

    /// A polynomial, lowest power first, at a point.
    fn value(&self, polynomial: &[u8], at: u8) -> u8 {
        polynomial.iter().rev().fold(0, |sum, &coefficient| self.times(sum, at) ^ coefficient)
    }
}

/// A word as it was received, the last of its codewords redundant, and what is wrong with it.
pub(crate) struct Received<'a> {
    field: &'a Field,
    codewords: &'a [u8],
    syndromes: Vec<u8>,
}

impl<'a> Received<'a> {
    /// `None` if no word has so many codewords, or so many of them redundant.
    pub(crate) fn new(field: &'a Field, codewords: &'a [u8], redundant: usize) -> Option<Self> {
        if codewords.len() > MAX_LENGTH || redundant > codewords.len() {
            return None;
        }
        let syndrome = |index| {
            let root = field.power(field.first_root + index);
            codewords.iter().fold(0, |sum, &codeword| field.times(sum, root) ^ codeword)
        };
        Some(Self { field, codewords, syndromes: (0..redundant).map(syndrome).collect() })
    }

    /// The word corrected, knowing that its codewords at the places `erased` may be wrong, and the number of errors found
    /// elsewhere; `None` if there are more than the redundancy bears: twice the errors and the erasures may not exceed it.
    ///
    /// R. Blahut, "Algebraic Codes for Data Transmission" (2003), 7.4: Berlekamp–Massey begun with the erasure locator.
    pub(crate) fn corrected(&self, erased: &[usize]) -> Option<(Vec<u8>, usize)> {
        let Self { field, codewords, syndromes } = self;
        let (length, redundant, known) = (codewords.len(), syndromes.len(), erased.len());
        if known > redundant || erased.iter().any(|&place| place >= length) {
            return None;
        }
        let mut word = codewords.to_vec();
        if syndromes.iter().all(|&syndrome| syndrome == 0) {
            return Some((word, 0));
        }
        let locator = self.locator(erased);
        let degree = locator.len() - 1;
        if 2 * degree > redundant + known {
            return None;
        }
        let evaluator: Vec<u8> = (0..redundant)
            .map(|power| (0..=power.min(degree)).fold(0, |sum, i| sum ^ field.times(locator[i], syndromes[power - i])))
            .collect();
        let (mut roots, mut errors) = (0, 0);
        for (place, codeword) in word.iter_mut().enumerate() {
            let exponent = length - 1 - place;
            let inverse = field.power(255 - exponent);
            if field.value(&locator, inverse) != 0 {
                continue;
            }
            // The derivative keeps the odd powers (Forney's formula).
            let slope = (1..=degree)
                .step_by(2)
                .fold(0, |sum, i| sum ^ field.times(locator[i], field.power((255 - exponent) * (i - 1))));
            if slope == 0 {
                return None;
            }
            let shift = field.power(exponent * (255 + 1 - field.first_root));
            let value = field.over(field.times(shift, field.value(&evaluator, inverse)), slope);
            *codeword ^= value;
            roots += 1;
            errors += usize::from(value != 0 && !erased.contains(&place));
        }
        (roots == degree).then_some((word, errors))
    }

    /// The polynomial, lowest power first, whose roots tell the places of errors and erasures; longer than may be if there
    /// are too many.
    fn locator(&self, erased: &[usize]) -> Vec<u8> {
        let Self { field, codewords, syndromes } = self;
        let known = erased.len();
        let mut locator = vec![0; syndromes.len() + 2];
        locator[0] = 1;
        for (count, &place) in erased.iter().enumerate() {
            let at = field.power(codewords.len() - 1 - place);
            for i in (0..=count).rev() {
                locator[i + 1] ^= field.times(locator[i], at);
            }
        }
        let mut before = locator.clone();
        let mut degree = known;
        for step in known..syndromes.len() {
            let last = before.len() - 1;
            before.copy_within(..last, 1);
            before[0] = 0;
            let discrepancy = (0..=step).fold(0, |sum, i| sum ^ field.times(locator[i], syndromes[step - i]));
            if discrepancy == 0 {
                continue;
            }
            let grows = 2 * degree <= step + known;
            for (coefficient, before) in locator.iter_mut().zip(&mut before) {
                let old = *coefficient;
                *coefficient ^= field.times(discrepancy, *before);
                if grows {
                    *before = field.over(old, discrepancy);
                }
            }
            if grows {
                degree = step + 1 + known - degree;
            }
        }
        locator.resize(degree + 1, 0);
        locator
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A generator of test values that needs no library: 64-bit xorshift.
    struct Draw(u64);

    impl Draw {
        fn below(&mut self, limit: usize) -> usize {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            (self.0 >> 20) as usize % limit
        }
    }

    fn correct(field: &Field, word: &[u8], redundant: usize, erased: &[usize]) -> Option<(Vec<u8>, usize)> {
        Received::new(field, word, redundant)?.corrected(erased)
    }

    /// Appends check codewords by long division.
    fn encode(field: &Field, data: &[u8], redundant: usize) -> Vec<u8> {
        let mut generator = vec![1];
        for index in 0..redundant {
            let root = field.power(field.first_root + index);
            generator.push(0);
            for i in (1..generator.len()).rev() {
                generator[i] ^= field.times(generator[i - 1], root);
            }
        }
        let mut rest = data.to_vec();
        rest.resize(data.len() + redundant, 0);
        for i in 0..data.len() {
            let lead = rest[i];
            for (j, &coefficient) in generator.iter().enumerate() {
                rest[i + j] ^= field.times(lead, coefficient);
            }
        }
        [data, &rest[data.len()..]].concat()
    }

    #[test]
    fn example_of_the_standard() {
        // ISO/IEC 16022, annex O: "123456" in a 10×10 symbol.
        let word = encode(&DATA_MATRIX, &[142, 164, 186], 5);
        assert_eq!(word[3..], [114, 25, 5, 88, 102]);
        // ISO/IEC 18004, annex I: "01234567" in a version 1-M symbol.
        let data = [16, 32, 12, 86, 97, 128, 236, 17, 236, 17, 236, 17, 236, 17, 236, 17];
        assert_eq!(encode(&QR, &data, 10)[16..], [165, 36, 212, 193, 237, 54, 199, 135, 44, 85]);
    }

    #[test]
    fn up_to_the_bound_and_not_beyond() {
        let mut draw = Draw(0x9e37_79b9_7f4a_7c15);
        for (kept, redundant) in [(3, 5), (30, 20), (43, 14), (187, 68), (16, 10), (1, 1), (100, 0)] {
            for field in [&DATA_MATRIX, &QR] {
                for known in 0..=redundant {
                    let data: Vec<u8> = (0..kept).map(|_| draw.below(256) as u8).collect();
                    let truth = encode(field, &data, redundant);
                    let errors = (redundant - known) / 2;
                    let mut places: Vec<usize> = (0..truth.len()).collect();
                    for i in 0..places.len() {
                        let j = i + draw.below(places.len() - i);
                        places.swap(i, j);
                    }
                    let (erased, rest) = places.split_at(known);
                    let mut word = truth.clone();
                    for &place in erased {
                        word[place] = draw.below(256) as u8;
                    }
                    for &place in &rest[..errors.min(rest.len())] {
                        word[place] ^= 1 + draw.below(255) as u8;
                    }
                    let found = correct(field, &word, redundant, erased);
                    assert_eq!(found, Some((truth, errors.min(rest.len()))), "{kept}+{redundant}, {known} erased");
                }
            }
        }
    }

    #[test]
    fn too_many_errors_are_refused() {
        let mut draw = Draw(7);
        let truth = encode(&DATA_MATRIX, &[9; 30], 20);
        let mut refused = 0;
        for _ in 0..200 {
            let word: Vec<u8> = truth.iter().map(|_| draw.below(256) as u8).collect();
            refused += usize::from(correct(&DATA_MATRIX, &word, 20, &[]).is_none());
        }
        assert!(refused >= 199, "a random word is as good as never near a code word: {refused}");
    }

    #[test]
    fn hostile_arguments() {
        assert_eq!(correct(&QR, &[], 0, &[]), Some((Vec::new(), 0)));
        assert_eq!(correct(&QR, &[1, 2], 3, &[]), None);
        assert_eq!(correct(&QR, &[1, 2, 3], 2, &[3]), None);
        assert_eq!(correct(&QR, &[1, 2, 3], 1, &[0, 1]), None);
        assert_eq!(correct(&QR, &[1; 256], 2, &[]), None);
        assert_eq!(correct(&QR, &[1, 2, 3, 4], 4, &[1, 1, 1]), None);
    }
}
