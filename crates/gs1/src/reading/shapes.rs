//! Characters in another shape: what word processors, input methods and people make of them.

/// Capital Cyrillic letters that look like Latin ones, and small ones; both alphabets of the country.
const LOOKALIKES: (&str, &str) = (
    "\u{410}\u{412}\u{415}\u{41a}\u{41c}\u{41d}\u{41e}\u{420}\u{421}\u{422}\u{425}\u{406}\u{405}\u{408}\u{430}\u{435}\u{43e}\u{440}\u{441}\u{443}\u{445}\u{456}\u{455}\u{458}",
    "ABEKMHOPCTXISJaeopcyxisj",
);

/// The text with wide and typographic characters as plain ones, when it has any.
pub(super) fn plain(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    let plain: String = text
        .chars()
        .filter(|c| *c != '\u{ad}')
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
            '\u{2018}' | '\u{2019}' => '\'',
            '\u{201c}' | '\u{201d}' => '"',
            '\u{2044}' | '\u{2215}' => '/',
            '\u{d7}' => '*',
            _ => c,
        })
        .collect();
    (plain != text).then_some(plain)
}

/// The text in Latin letters, when all its Cyrillic ones look like some.
pub(super) fn latin(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    let (cyrillic, latin) = LOOKALIKES;
    let mut found = false;
    let plain: Option<String> = text
        .chars()
        .map(|c| match cyrillic.chars().position(|other| other == c) {
            Some(place) => {
                found = true;
                latin.as_bytes().get(place).copied().map(char::from)
            }
            None if matches!(c, '\u{400}'..='\u{4ff}') => None,
            None => Some(c),
        })
        .collect();
    plain.filter(|_| found)
}

/// Half of a text in which every character stands twice: keys that bounce.
pub(super) fn without_bounce(text: &str) -> Option<String> {
    if text.len() > 1 && text.is_ascii() && text.as_bytes()[0] != text.as_bytes()[1] {
        return None;
    }
    let characters: Vec<char> = text.chars().collect();
    let pairs = characters.chunks(2).all(|pair| pair.len() == 2 && pair[0] == pair[1]);
    (pairs && characters.len() > 16).then(|| characters.iter().step_by(2).collect())
}

/// The first of two readings of the same code, one after the other; the second may be cut short.
pub(super) fn first_of_two(text: &str) -> Option<&str> {
    let head = text.get(..18).filter(|head| head.starts_with("01"))?;
    let second = 18 + text[18..].find(head)?;
    let edge = |c: char| c == crate::GS || c.is_whitespace() || c.is_control() || matches!(c, ';' | ',');
    let (first, again) = (text[..second].trim_end_matches(edge), &text[second..]);
    let again = again.trim_end_matches(edge);
    // Symbology identifiers and more readings may follow the second one.
    let again = again.get(..first.len()).unwrap_or(again);
    first.starts_with(again).then_some(first)
}
