//! EAN-13 and EAN-8 (ISO/IEC 15420).

use std::sync::LazyLock;

use super::pattern::{self, BLURS, Pattern};
use super::profile::Profile;
use super::{Reading, Span};
use crate::found::{Message, Symbology};

/// Widths of spaces and bars of the digits in set A; set C has bars for spaces, set B is C from right to left.
const DIGITS: [[u8; 4]; 10] = [
    [3, 2, 1, 1],
    [2, 2, 2, 1],
    [2, 1, 2, 2],
    [1, 4, 1, 1],
    [1, 1, 3, 2],
    [1, 2, 3, 1],
    [1, 1, 1, 4],
    [1, 3, 1, 2],
    [1, 2, 1, 3],
    [3, 1, 1, 2],
];

/// Which digits of the left half are of set B, from the left; the place in the list is the leading digit.
const LEADING: [[bool; 6]; 10] = {
    const A: bool = false;
    const B: bool = true;
    [
        [A, A, A, A, A, A],
        [A, A, B, A, B, B],
        [A, A, B, B, A, B],
        [A, A, B, B, B, A],
        [A, B, A, A, B, B],
        [A, B, B, A, A, B],
        [A, B, B, B, A, A],
        [A, B, A, B, A, B],
        [A, B, A, B, B, A],
        [A, B, B, A, B, A],
    ]
};

/// Modules of a digit, of the guards at the ends and of the one in the middle.
const DIGIT: usize = 7;
const GUARD: usize = 3;
const MIDDLE: usize = 5;
/// Light modules that are looked at beside the symbol; the standard asks for seven.
const QUIET: usize = 2;

/// Agreement that a symbol must have: of the guards, of each digit, of the digits in the mean. EAN-8 has no more than its
/// check digit to tell a number from chance; in EAN-13 the sets of the left half must make a leading digit.
#[derive(Clone, Copy)]
struct Least {
    guards: f32,
    digit: f32,
    mean: f32,
}

const EAN_13: Least = Least { guards: 0.7, digit: 0.7, mean: 0.9 };
const EAN_8: Least = Least { guards: 0.8, digit: 0.8, mean: 0.93 };
/// Agreement of the guards at the ends, as they lie in the span, below which it is no use to move them: what was read had
/// 0.42 or more.
const PROMISING: f32 = 0.3;
/// How many times more than the digit itself the next best must disagree.
const CLEARER: f32 = 1.3;

/// What is compared under one blur.
struct Table {
    /// The guards with the light modules around them.
    left: Pattern,
    middle: Pattern,
    right: Pattern,
    /// Digits in sets A, B and C.
    sets: [[Pattern; 10]; 3],
}

static TABLES: LazyLock<[Table; BLURS.len()]> = LazyLock::new(|| {
    BLURS.map(|blur| {
        let digit = |digit: usize, reversed: bool, dark: bool| {
            let mut widths = DIGITS[digit];
            if reversed {
                widths.reverse();
            }
            Pattern::new(&pattern::modules(&widths, dark), !dark, dark, blur)
        };
        Table {
            left: Pattern::new(&[false, false, true, false, true, false], false, false, blur),
            middle: Pattern::new(&[false, true, false, true, false], true, true, blur),
            right: Pattern::new(&[false, true, false, true, false, false], false, false, blur),
            sets: [
                std::array::from_fn(|value| digit(value, false, false)),
                std::array::from_fn(|value| digit(value, true, false)),
                std::array::from_fn(|value| digit(value, false, true)),
            ],
        }
    })
});

/// Where the modules lie: evenly between the ends, but for a bow of what is bent or leans.
#[derive(Clone, Copy, Debug)]
struct Ruler {
    start: f32,
    end: f32,
    bow: f32,
    modules: f32,
}

impl Ruler {
    fn place(&self, module: f32) -> f32 {
        let share = module / self.modules;
        self.start + (self.end - self.start) * share + self.bow * 4.0 * share * (1.0 - share)
    }

    /// How well the pattern agrees with the levels from a module on.
    fn darkness(&self, profile: &Profile, from: f32, modules: usize, samples: &mut Vec<f32>) {
        let start = self.place(from);
        let module = (self.place(from + modules as f32) - start) / modules as f32;
        pattern::darkness(profile, start, module, modules, samples);
    }
}

/// Reads a span as EAN-13 or EAN-8 if its number of edges is near that of one of them.
pub(super) fn read(profile: &Profile, span: &Span) -> Option<Reading> {
    [(6, Symbology::Ean13), (4, Symbology::Ean8)].into_iter().find_map(|(half, symbology)| {
        let edges = 2 * (2 * half * 2 + 6);
        let near = span.has_edges(edges, BLURS.len());
        near.then(|| halves(profile, span, half, symbology)).flatten()
    })
}

/// Reads a symbol of two halves of `half` digits from either side; its guards are alike from both.
fn halves(profile: &Profile, span: &Span, half: usize, symbology: Symbology) -> Option<Reading> {
    let modules = 2 * (GUARD + half * DIGIT) + MIDDLE;
    let least = if symbology == Symbology::Ean8 { EAN_8 } else { EAN_13 };
    let Span { start, end, .. } = *span;
    let ruler = Ruler { start, end, bow: 0.0, modules: modules as f32 };
    let mut samples = Vec::new();
    if ends(profile, &ruler, &mut samples) < PROMISING {
        return None;
    }
    let blurs = TABLES.iter().enumerate().filter(|(blur, _)| span.has_edges(2 * (2 * half * 2 + 6), *blur));
    let fitted = blurs.map(|(_, table)| (fit(profile, ruler, table, &mut samples), table));
    let ((ruler, known), table) = fitted.max_by(|a, b| a.0.1.total_cmp(&b.0.1))?;
    if known < least.guards {
        return None;
    }
    let turned = Ruler { start: ruler.end, end: ruler.start, ..ruler };
    [ruler, turned].iter().find_map(|ruler| digits(profile, ruler, table, half, symbology))
}

/// Reads the digits of a symbol from the start of a ruler to its end.
fn digits(profile: &Profile, ruler: &Ruler, table: &Table, half: usize, symbology: Symbology) -> Option<Reading> {
    let least = if symbology == Symbology::Ean8 { EAN_8 } else { EAN_13 };
    let mut samples = Vec::new();
    let mut digits = Vec::with_capacity(13);
    let mut in_b = Vec::with_capacity(half);
    let mut sum = 0.0;
    for index in 0..2 * half {
        let right = index >= half;
        let at = GUARD + index * DIGIT + if right { MIDDLE } else { 0 };
        ruler.darkness(profile, at as f32, DIGIT, &mut samples);
        let sets = match (right, symbology) {
            (true, _) => 2..3,
            (false, Symbology::Ean13) => 0..2,
            (false, _) => 0..1,
        };
        let scored = sets.flat_map(|set| (0..10).map(move |digit| (set, digit)));
        let mut scored: Vec<(f32, usize, usize)> =
            scored.map(|(set, digit)| (table.sets[set][digit].score(&samples), set, digit)).collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0));
        let ((score, set, digit), (next, ..)) = (scored[0], scored[1]);
        if score < least.digit || 1.0 - next < CLEARER * (1.0 - score) {
            return None;
        }
        sum += score;
        digits.push(digit as u8);
        if !right {
            in_b.push(set == 1);
        }
    }
    if sum / ((2 * half) as f32) < least.mean {
        return None;
    }
    if symbology == Symbology::Ean13 {
        let leading = LEADING.iter().position(|sets| sets[..] == in_b[..])?;
        digits.insert(0, leading as u8);
    }
    let text = has_check_digit(&digits).then(|| digits.iter().map(|&digit| char::from(b'0' + digit)).collect())?;
    Some(Reading { message: Message { text, gs1: false }, symbology, start: ruler.start, end: ruler.end })
}

/// How well the guards at the ends agree before anything is moved, under the blur under which they do best.
fn ends(profile: &Profile, ruler: &Ruler, samples: &mut Vec<f32>) -> f32 {
    let mut agree = |from: f32, pattern: fn(&Table) -> &Pattern| {
        ruler.darkness(profile, from, GUARD + QUIET + 1, samples);
        TABLES.each_ref().map(|table| pattern(table).score(samples))
    };
    let left = agree(-(QUIET as f32), |table| &table.left);
    let right = agree(ruler.modules - (GUARD + 1) as f32, |table| &table.right);
    left.iter().zip(&right).fold(-1.0, |best, (left, right)| best.max(left.midpoint(*right)))
}

/// Moves the ends and the middle to where the guards agree best.
fn fit(profile: &Profile, ruler: Ruler, table: &Table, samples: &mut Vec<f32>) -> (Ruler, f32) {
    let module = (ruler.end - ruler.start) / ruler.modules;
    let mut score = |ruler: &Ruler| {
        let quiet = QUIET as f32;
        let middle = (ruler.modules - MIDDLE as f32) / 2.0;
        let right = ruler.modules - (GUARD + 1) as f32;
        let mut sum = 0.0;
        for (from, modules, pattern) in [
            (-quiet, GUARD + QUIET + 1, &table.left),
            (middle, MIDDLE, &table.middle),
            (right, GUARD + QUIET + 1, &table.right),
        ] {
            ruler.darkness(profile, from, modules, samples);
            sum += pattern.score(samples);
        }
        sum / 3.0
    };
    let mut best = (ruler, score(&ruler));
    for (reach, step) in [(4, 0.2), (2, 0.1)] {
        for part in 0..3 {
            let from = best.0;
            for offset in (-reach..=reach).map(|offset| offset as f32 * step * module) {
                let mut moved = from;
                match part {
                    0 => moved.start += offset,
                    1 => moved.end += offset,
                    _ => moved.bow += 2.0 * offset,
                }
                let score = score(&moved);
                if score > best.1 {
                    best = (moved, score);
                }
            }
        }
    }
    best
}

/// GS1 General Specifications 7.9.
fn has_check_digit(digits: &[u8]) -> bool {
    let weighed =
        digits.iter().rev().enumerate().map(|(at, &digit)| u32::from(digit) * if at % 2 == 0 { 1 } else { 3 });
    weighed.sum::<u32>().is_multiple_of(10)
}

#[cfg(test)]
pub(super) mod drawn {
    use super::*;

    /// The modules of an EAN-13 or EAN-8 symbol, without its quiet zones.
    pub(in super::super) fn ean(text: &str) -> Vec<bool> {
        let digits: Vec<usize> = text.bytes().map(|byte| usize::from(byte - b'0')).collect();
        let (sets, digits) = if digits.len() == 13 {
            (LEADING[digits[0]].to_vec(), &digits[1..])
        } else {
            (vec![false; 4], &digits[..])
        };
        let mut modules = vec![true, false, true];
        for (&in_b, &digit) in sets.iter().zip(digits) {
            let mut widths = DIGITS[digit];
            if in_b {
                widths.reverse();
            }
            modules.extend(pattern::modules(&widths, false));
        }
        modules.extend([false, true, false, true, false]);
        for &digit in &digits[sets.len()..] {
            modules.extend(pattern::modules(&DIGITS[digit], true));
        }
        modules.extend([true, false, true]);
        modules
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits() {
        for (text, good) in [("4006381333931", true), ("4006381333932", false), ("96385074", true), ("69385074", false)]
        {
            let digits: Vec<u8> = text.bytes().map(|byte| byte - b'0').collect();
            assert_eq!(has_check_digit(&digits), good, "{text}");
        }
    }

    #[test]
    fn symbols_have_their_number_of_modules() {
        assert_eq!((drawn::ean("4006381333931").len(), drawn::ean("96385074").len()), (95, 67));
    }
}
