//! Letters as strokes, for the print around a symbol: readers must not take it for one.

/// The strokes of a capital, a digit or a bracket, in a box 4 wide and 6 high; nothing for others.
pub(crate) fn of(letter: char) -> impl Iterator<Item = Vec<(f32, f32)>> {
    let found = GLYPHS.iter().find(|(glyph, _)| *glyph == letter);
    let point = |pair: &str| {
        let digit = |index: usize| f32::from(pair.as_bytes()[index] - b'0');
        (digit(0), digit(1))
    };
    found
        .map_or("", |(_, strokes)| strokes)
        .split(", ")
        .map(move |stroke| stroke.split_whitespace().map(point).collect())
}

/// Points as pairs of digits, across and down.
const GLYPHS: [(char, &str); 38] = [
    ('A', "06 20 46, 14 34"),
    ('B', "06 00 30 41 42 33 03, 33 44 45 36 06"),
    ('C', "41 30 10 01 05 16 36 45"),
    ('D', "00 30 41 45 36 06 00"),
    ('E', "40 00 06 46, 03 33"),
    ('F', "40 00 06, 03 33"),
    ('G', "41 30 10 01 05 16 36 45 43 23"),
    ('H', "00 06, 40 46, 03 43"),
    ('I', "10 30, 20 26, 16 36"),
    ('J', "40 45 36 16 05"),
    ('K', "00 06, 40 03 46"),
    ('L', "00 06 46"),
    ('M', "06 00 23 40 46"),
    ('N', "06 00 46 40"),
    ('O', "10 30 41 45 36 16 05 01 10"),
    ('P', "06 00 30 41 42 33 03"),
    ('Q', "10 30 41 45 36 16 05 01 10, 24 46"),
    ('R', "06 00 30 41 42 33 03, 23 46"),
    ('S', "41 30 10 01 02 13 33 44 45 36 16 05"),
    ('T', "00 40, 20 26"),
    ('U', "00 05 16 36 45 40"),
    ('V', "00 26 40"),
    ('W', "00 16 23 36 40"),
    ('X', "00 46, 40 06"),
    ('Y', "00 23 40, 23 26"),
    ('Z', "00 40 06 46"),
    ('0', "10 30 41 45 36 16 05 01 10, 41 05"),
    ('1', "11 20 26, 16 36"),
    ('2', "01 10 30 41 42 06 46"),
    ('3', "01 10 30 41 42 33 13, 33 44 45 36 16 05"),
    ('4', "36 30 04 44"),
    ('5', "40 00 03 33 44 45 36 06"),
    ('6', "30 10 01 05 16 36 45 44 33 03"),
    ('7', "00 40 16"),
    ('8', "13 02 01 10 30 41 42 33 13 04 05 16 36 45 44 33"),
    ('9', "43 13 02 01 10 30 41 45 36 16"),
    ('(', "30 21 25 36"),
    (')', "10 21 25 16"),
];
