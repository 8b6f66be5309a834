//! Keyboards: a scanner that plays one presses the keys of the United States layout, whatever layout and lock are on.

/// A layout under which the keys may have been pressed.
#[derive(Clone, Copy)]
pub(super) enum Layout {
    Russian,
    Kazakh,
}

/// The keys both layouts share: what they type, and what they mean.
const LETTERS: (&str, &str) = (
    "йцукенгшщзхъфывапролджэячсмитьбюЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ",
    "qwertyuiop[]asdfghjkl;'zxcvbnm,.QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>",
);
/// Russian (KBDRU): the keys that differ from the Kazakh layout.
const RUSSIAN: (&str, &str) = (".ё,Ё\"№;:?/", "/`?~@#$^&|");
/// Kazakh (KBDKAZ): the row of digits types letters.
const KAZAKH: (&str, &str) = ("(\"әіңғ,.үұқөһ)!ӘІҢҒ;:ҮҰҚӨҺ№/", "`1234567890-=~!@#$%^&*()_+/|");

impl Layout {
    /// The text with every key read as Latin, when the text has letters of the layout and no other Cyrillic ones.
    pub(super) fn to_latin(self, text: &str) -> Option<String> {
        if !text.chars().any(is_cyrillic) {
            return None;
        }
        let own = match self {
            Self::Russian => RUSSIAN,
            Self::Kazakh => KAZAKH,
        };
        text.chars()
            .map(|c| match key(LETTERS, c).or_else(|| key(own, c)) {
                None if is_cyrillic(c) => None,
                latin => Some(latin.unwrap_or(c)),
            })
            .collect()
    }
}

fn key((typed, meant): (&str, &str), c: char) -> Option<char> {
    let place = typed.chars().position(|typed| typed == c)?;
    meant.as_bytes().get(place).copied().map(char::from)
}

pub(super) fn is_cyrillic(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{4ff}')
}

/// The text with upper and lower case exchanged, when it has a letter of a keyboard in question. Other letters stay: `è`
/// comes from a code table, not from a key.
pub(super) fn flip_case(text: &str) -> Option<String> {
    let flipped: String = text.chars().map(flip).collect();
    (flipped != text).then_some(flipped)
}

fn flip(c: char) -> char {
    let code = c as u32;
    let other = match c {
        'a'..='z' | 'A'..='Z' => code ^ 0x20,
        '\u{410}'..='\u{42f}' => code + 0x20,
        '\u{430}'..='\u{44f}' => code - 0x20,
        '\u{400}'..='\u{40f}' => code + 0x50,
        '\u{450}'..='\u{45f}' => code - 0x50,
        // Kazakh letters: capital and small alternate.
        '\u{492}'..='\u{4bb}' | '\u{4d8}'..='\u{4e9}' => code ^ 1,
        _ => code,
    };
    char::from_u32(other).unwrap_or(c)
}
