//! The human-readable form as people write it: round or square brackets, spaces anywhere around them.

use crate::{Ai, GS};

/// The exact form of a bracketed text, when it begins with an identifier in brackets. Values are not checked, so that a
/// code cut short stays one.
pub(super) fn open(text: &str) -> Option<String> {
    let mut rest = text.trim();
    head(rest)?;
    let mut out = String::with_capacity(rest.len());
    let mut separate = false;
    while let Some((digits, value)) = head(rest) {
        let end = value.char_indices().find(|&(at, _)| head(&value[at..]).is_some()).map_or(value.len(), |(at, _)| at);
        if separate {
            out.push(GS);
        }
        out.push_str(digits);
        out.push_str(value[..end].trim());
        separate = !Ai::starting(digits).is_some_and(|ai| ai.spec().predefined);
        rest = &value[end..];
    }
    Some(out)
}

/// A known identifier in brackets at the beginning, and what follows it. One whose end was cut off counts at the end of
/// the text.
fn head(text: &str) -> Option<(&str, &str)> {
    let close = match text.chars().next()? {
        '(' => ')',
        '[' => ']',
        _ => return None,
    };
    let inner = &text[1..];
    // An identifier has at most four digits; the rest of the window is for spaces.
    let end = inner.char_indices().take(8).find(|&(_, c)| c == close);
    let (digits, rest) = match end {
        Some((end, _)) => (&inner[..end], &inner[end + 1..]),
        None if inner.len() <= 8 => (inner, ""),
        None => return None,
    };
    let digits = digits.trim();
    let cut = end.is_none() && (digits.is_empty() || Ai::is_cut_short(digits));
    (cut || digits.parse::<Ai>().is_ok()).then_some((digits, rest))
}
