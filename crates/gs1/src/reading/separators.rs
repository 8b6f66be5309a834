//! Separators: the ways to write them, and where they do not belong.

use crate::{Ai, Charset, ElementString, GS};

/// Ways to write a separator where the control character itself would not survive. Letter case does not matter. `è` and
/// `↔` are what code 232 (the codeword of FNC1) and code 29 become in some drivers, `^]` is the key that types GS.
/// Each holds a character that no tail has.
const FORMS: [&str; 40] = [
    "\\\\u001d",
    "\\u001d",
    "\\x1d",
    "<GS>",
    "{GS}",
    "[GS]",
    "<FNC1>",
    "{FNC1}",
    "[FNC1]",
    "&#29;",
    "&#x1d;",
    "_x001d_",
    "%1d",
    "^]",
    "\u{241d}",
    "\u{e8}",
    "\u{2194}",
    "\\u{1d}",
    "\\x{1d}",
    "\\035",
    "\\F",
    "\\GS",
    "<0x1d>",
    "<U+001D>",
    "<F8>",
    "{F8}",
    "[F8]",
    "<Ctrl+]>",
    "{Ctrl+]}",
    "[Ctrl+]]",
    "Ctrl+]",
    "Ctrl-]",
    "<Alt+029>",
    "{Alt+029}",
    "[Alt+029]",
    "{GROUP_SEPARATOR}",
    "~1",
    "~d029",
    "\u{c3}\u{a8}",
    "\u{e2}\u{90}\u{9d}",
];

/// Ways to write a separator in letters and digits alone: what is left of a key press or an escape. Between a serial and
/// what follows it, they are told by lengths.
const WORDS: [&str; 14] =
    ["029", "0029", "29", "F8", "GS", "FNC1", "u001d", "x001d", "x1d", "0x1d", "1d", "001d", "d029", "Alt029"];

/// Whether a text between two elements may stand for a separator.
pub(super) fn is_stand_in(text: &str) -> bool {
    let signs = !text.contains(|c: char| c.is_ascii_alphanumeric());
    signs
        || text.starts_with(['<', '{', '[', '(', '\\', '~', '_', '^'])
        || WORDS.iter().chain(&["Alt+029"]).any(|word| word.eq_ignore_ascii_case(text))
}

/// The text with every written-out separator as the character, when there is one.
pub(super) fn plain(text: &str) -> Option<String> {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    let mut found = false;
    while let Some(c) = rest.chars().next() {
        // Hardly a form begins with a letter or a digit, and most characters are one.
        let rare = !c.is_ascii_alphanumeric() || matches!(c, 'C' | 'c');
        let form = FORMS.iter().find(|form| rare && begins(rest, form));
        let length = form.map_or(c.len_utf8(), |form| form.len());
        plain.push(if form.is_some() { GS } else { c });
        found |= form.is_some();
        rest = &rest[length..];
    }
    found.then_some(plain)
}

fn begins(text: &str, form: &str) -> bool {
    let first = |text: &str| text.as_bytes()[0].to_ascii_lowercase();
    first(text) == first(form) && text.get(..form.len()).is_some_and(|head| head.eq_ignore_ascii_case(form))
}

/// The text with one sign as the separator: no element may hold it, and with it the text is an element string.
pub(super) fn sign_to_separator(text: &str) -> Option<String> {
    let sign = text.chars().find(|&c| c != GS && !is_space(c) && !Charset::Set82.contains(c))?;
    let plain = text.trim_matches([sign, GS]).replace(sign, "\u{1d}");
    ElementString::parse(&plain).is_ok().then_some(plain)
}

/// The text with the plus signs that a web form made spaces of: those in the value of the last element.
pub(super) fn spaces_to_plus(text: &str) -> Option<String> {
    let (head, tail) = text.rsplit_once(GS)?;
    let only = tail.contains(' ') && !head.contains(is_space) && !tail.replace(' ', "").contains(is_space);
    only.then(|| format!("{head}{GS}{}", tail.replace(' ', "+")))
}

/// Spaces, line breaks, and the invisible ones that web pages and mail add.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n' | '\u{a0}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}

pub(super) fn has_spaces(text: &str) -> bool {
    text.contains(is_space)
}

/// The text without its spaces, runs of them inside it replaced by a character if one is given.
pub(super) fn spaces_to(text: &str, by: Option<char>) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(is_space).filter(|word| !word.is_empty()) {
        if let Some(by) = by.filter(|_| !out.is_empty()) {
            out.push(by);
        }
        out.push_str(word);
    }
    out
}

/// The text without separators that stand at an end, doubled, or after a value of predefined length, when there are any.
pub(super) fn without_extra(text: &str) -> Option<String> {
    let mut tidy = String::with_capacity(text.len());
    let mut rest = text.trim_matches(GS);
    let mut open = false;
    while !rest.is_empty() {
        if open {
            tidy.push(GS);
        }
        let ai = Ai::starting(rest);
        let end = rest.find(GS).unwrap_or(rest.len());
        let predefined = ai.filter(|ai| ai.spec().predefined);
        let length = predefined.map_or(end, |ai| {
            let full = ai.as_str().len() + ai.spec().max();
            let full = rest.char_indices().nth(full);
            full.map_or(rest.len(), |(at, _)| at).min(end)
        });
        tidy.push_str(&rest[..length]);
        rest = rest[length..].trim_start_matches(GS);
        open = predefined.is_none();
    }
    (tidy != text).then_some(tidy)
}
