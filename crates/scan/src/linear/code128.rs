//! Code 128 (ISO/IEC 15417): finds the characters of a span and gives what they say.

use std::sync::LazyLock;

use super::pattern::{self, BLURS, Pattern};
use super::profile::Profile;
use super::{Reading, Span, stream128};
use crate::found::Symbology;

/// Widths of bars and spaces of the characters, by value; the last three begin a symbol (ISO/IEC 15417 table 1).
const WIDTHS: [&[u8; 6]; 106] = [
    b"212222", b"222122", b"222221", b"121223", b"121322", b"131222", b"122213", b"122312", b"132212", b"221213",
    b"221312", b"231212", b"112232", b"122132", b"122231", b"113222", b"123122", b"123221", b"223211", b"221132",
    b"221231", b"213212", b"223112", b"312131", b"311222", b"321122", b"321221", b"312212", b"322112", b"322211",
    b"212123", b"212321", b"232121", b"111323", b"131123", b"131321", b"112313", b"132113", b"132311", b"211313",
    b"231113", b"231311", b"112133", b"112331", b"132131", b"113123", b"113321", b"133121", b"313121", b"211331",
    b"231131", b"213113", b"213311", b"213131", b"311123", b"311321", b"331121", b"312113", b"312311", b"332111",
    b"314111", b"221411", b"431111", b"111224", b"111422", b"121124", b"121421", b"141122", b"141221", b"112214",
    b"112412", b"122114", b"122411", b"142112", b"142211", b"241211", b"221114", b"413111", b"241112", b"134111",
    b"111242", b"121142", b"121241", b"114212", b"124112", b"124211", b"411212", b"421112", b"421211", b"212141",
    b"214121", b"412121", b"111143", b"111341", b"131141", b"114113", b"114311", b"411113", b"411311", b"113141",
    b"114131", b"311141", b"411131", b"211412", b"211214", b"211232",
];
/// The character that ends a symbol, with its last bar.
const STOP: &[u8; 7] = b"2331112";
/// Values of the characters that begin a symbol.
const START: std::ops::Range<usize> = 103..106;

/// Modules of a character and of the last.
const CHARACTER: usize = 11;
const LAST: usize = 13;
/// Light modules that are looked at beside the symbol; the standard asks for ten.
const QUIET: usize = 2;
/// Characters of a symbol: start, one of data, check; GS1 allows 48 of data (General Specifications 5.4.4.5).
const CHARACTERS: std::ops::RangeInclusive<usize> = 4..=60;
/// Ways of counting the characters that are followed up: edges may be lost to blur.
const COUNTS: usize = 3;

/// Agreement below which a character is none, and below which the mean of a symbol's characters is noise.
const LEAST_PART: f32 = 0.72;
const LEAST_MEAN: f32 = 0.9;

/// What is compared under one blur.
struct Table {
    characters: Vec<Pattern>,
    starts: Vec<Pattern>,
    stop: Pattern,
}

static TABLES: LazyLock<[Table; BLURS.len()]> = LazyLock::new(|| {
    BLURS.map(|blur| {
        let modules = |widths: &[u8]| {
            let widths: Vec<u8> = widths.iter().map(|digit| digit - b'0').collect();
            pattern::modules(&widths, true)
        };
        let start = |value: usize| {
            let mut dark = vec![false; QUIET];
            dark.extend(modules(WIDTHS[value]));
            Pattern::new(&dark, false, true, blur)
        };
        let mut stop = modules(STOP);
        stop.extend([false; QUIET]);
        Table {
            characters: WIDTHS.iter().map(|widths| Pattern::new(&modules(*widths), false, true, blur)).collect(),
            starts: START.map(start).collect(),
            stop: Pattern::new(&stop, false, false, blur),
        }
    })
});

/// A way of laying characters into a span: how many there are before the last, where the first begins, how wide a module
/// is, under which blur, and how well both ends agree.
#[derive(Clone, Copy)]
struct Layout {
    count: usize,
    start: f32,
    module: f32,
    blur: usize,
    score: f32,
}

/// Reads a span as Code 128, in both directions.
pub(super) fn read(profile: &Profile, span: &Span) -> Option<Reading> {
    let mut samples = Vec::new();
    let ends = [(span.start, span.end), (span.end, span.start)];
    ends.into_iter().find_map(|(start, end)| {
        let mut layouts: Vec<Layout> =
            counts(span.edges).filter_map(|count| fit(profile, (start, end), count, span, &mut samples)).collect();
        layouts.sort_by(|a, b| better(b, a));
        layouts.truncate(COUNTS);
        layouts.into_iter().find_map(|layout| characters(profile, &layout, end, &mut samples))
    })
}

fn better(a: &Layout, b: &Layout) -> std::cmp::Ordering {
    a.score.total_cmp(&b.score)
}

/// Numbers of characters before the last that may give so many edges: six each and eight, of which half may be lost.
fn counts(edges: usize) -> impl Iterator<Item = usize> {
    let most = (edges * 9 / 4).saturating_sub(8) / 6;
    let least = edges.saturating_sub(10) / 6;
    CHARACTERS.filter(move |count| (least..=most).contains(count))
}

/// Moves both ends to where the first and the last character agree best, under the blur under which they do.
fn fit(
    profile: &Profile,
    (start, end): (f32, f32),
    count: usize,
    span: &Span,
    samples: &mut Vec<f32>,
) -> Option<Layout> {
    let module = (end - start) / (count * CHARACTER + LAST) as f32;
    let blurs = (0..BLURS.len()).filter(|&blur| span.has_edges(6 * count + 8, blur));
    // Sampling costs more than comparing, so each place is compared under all blurs at once.
    let mut best = |at: f32, modules: usize, patterns: fn(&Table) -> &[Pattern]| {
        let mut best = [(-1.0, 0.0); BLURS.len()];
        for offset in (-3..=3).map(|offset| offset as f32 * 0.2 * module) {
            pattern::darkness(profile, at + offset, module, modules, samples);
            for blur in blurs.clone() {
                let scores = patterns(&TABLES[blur]).iter().map(|pattern| pattern.score(samples));
                let score = scores.fold(-1.0, f32::max);
                if score > best[blur].0 {
                    best[blur] = (score, offset);
                }
            }
        }
        best.iter().any(|(score, _)| *score >= LEAST_PART).then_some(best)
    };
    // The end first: it has one pattern, the start three.
    let last = best(end - LAST as f32 * module, LAST + QUIET, |table| std::slice::from_ref(&table.stop))?;
    let first = best(start - QUIET as f32 * module, CHARACTER + QUIET, |table| &table.starts)?;
    let layouts = (0..BLURS.len()).map(|blur| {
        let ((first, left), (last, right)) = (first[blur], last[blur]);
        let module = (end + right - start - left) / (count * CHARACTER + LAST) as f32;
        Layout { count, start: start + left, module, blur, score: first.min(last) }
    });
    layouts.max_by(better).filter(|layout| layout.score >= LEAST_PART)
}

/// Reads the characters one after another, each where it agrees best near the place that the one before it suggests.
fn characters(profile: &Profile, layout: &Layout, end: f32, samples: &mut Vec<f32>) -> Option<Reading> {
    let table = &TABLES[layout.blur];
    let mut values = Vec::with_capacity(layout.count);
    let mut drift = 0.0;
    let mut sum = 0.0;
    for index in 0..layout.count {
        let place = layout.start + drift + (index * CHARACTER) as f32 * layout.module;
        let mut best = (-1.0, 0, 0.0);
        for offset in [0.0, -0.2, 0.2, -0.4, 0.4] {
            pattern::darkness(profile, place + offset * layout.module, layout.module, CHARACTER, samples);
            for (value, pattern) in table.characters.iter().enumerate() {
                let score = pattern.score(samples);
                if score > best.0 {
                    best = (score, value, offset);
                }
            }
        }
        let (score, value, offset) = best;
        if score < LEAST_PART || START.contains(&value) != (index == 0) {
            return None;
        }
        values.push(value as u8);
        drift += 0.5 * offset * layout.module;
        sum += score;
    }
    if sum / (layout.count as f32) < LEAST_MEAN || !has_check_character(&values) {
        return None;
    }
    values.pop();
    let message = stream128::read(&values)?;
    Some(Reading { message, symbology: Symbology::Code128, start: layout.start, end })
}

/// The start has weight 1, each character its place (ISO/IEC 15417, annex A).
fn has_check_character(values: &[u8]) -> bool {
    let Some((&check, [start, data @ ..])) = values.split_last() else {
        return false;
    };
    let weighed = data.iter().zip(1..).map(|(&value, place): (&u8, u32)| u32::from(value) * place);
    (u32::from(*start) + weighed.sum::<u32>()) % 103 == u32::from(check)
}

#[cfg(test)]
pub(super) mod drawn {
    use super::*;

    /// The modules of a symbol of the given characters, start included, check not.
    pub(in super::super) fn code_128(values: &[u8]) -> Vec<bool> {
        let data: u32 = values[1..].iter().zip(1..).map(|(&value, place)| u32::from(value) * place).sum();
        let check = (u32::from(values[0]) + data) % 103;
        let mut widths: Vec<u8> = Vec::new();
        values.iter().chain(&[check as u8]).for_each(|&value| widths.extend(WIDTHS[usize::from(value)]));
        widths.extend(STOP);
        widths.iter_mut().for_each(|digit| *digit -= b'0');
        pattern::modules(&widths, true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_as_the_standard_says() {
        for (value, widths) in WIDTHS.iter().enumerate() {
            let widths = widths.map(|digit| u32::from(digit - b'0'));
            assert_eq!(widths.iter().sum::<u32>(), 11, "{value}");
            assert_eq!((widths[0] + widths[2] + widths[4]) % 2, 0, "bars of {value} have an even number of modules");
            assert!(WIDTHS[..value].iter().all(|other| *other != WIDTHS[value]), "{value} is another's");
        }
    }

    #[test]
    fn check_characters() {
        // "Wikipedia" from set B, with its check character 88.
        let values = [104, 55, 73, 75, 73, 80, 69, 68, 73, 65, 88];
        assert!(has_check_character(&values));
        for at in 0..values.len() {
            let mut wrong = values;
            wrong[at] = (wrong[at] + 1) % 103;
            assert!(!has_check_character(&wrong), "{at}");
        }
        assert!(!has_check_character(&[]) && !has_check_character(&[104]));
    }
}
