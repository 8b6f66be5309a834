//! Separators: the ways to write them, and where they do not belong.

use crate::{Ai, GS};

/// Ways to write a separator where the control character itself would not survive. Letter case does not matter. `è` and
/// `↔` are what code 232 (the codeword of FNC1) and code 29 become in some drivers, `^]` is the key that types GS.
const FORMS: [&str; 17] = [
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
];

/// The text with every written-out separator as the character, when there is one.
pub(super) fn plain(text: &str) -> Option<String> {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    let mut found = false;
    while let Some(c) = rest.chars().next() {
        // No form begins with a letter or a digit, and most characters are one.
        let form = FORMS.iter().find(|form| !c.is_ascii_alphanumeric() && begins(rest, form));
        let length = form.map_or(c.len_utf8(), |form| form.len());
        plain.push(if form.is_some() { GS } else { c });
        found |= form.is_some();
        rest = &rest[length..];
    }
    found.then_some(plain)
}

fn begins(text: &str, form: &str) -> bool {
    text.get(..form.len()).is_some_and(|head| head.eq_ignore_ascii_case(form))
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
            let full = ai.as_str().len() + usize::from(ai.spec().max);
            let full = rest.char_indices().nth(full);
            full.map_or(rest.len(), |(at, _)| at).min(end)
        });
        tidy.push_str(&rest[..length]);
        rest = rest[length..].trim_start_matches(GS);
        open = predefined.is_none();
    }
    (tidy != text).then_some(tidy)
}
