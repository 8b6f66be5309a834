//! What a transmission puts around the data.

use crate::GS;

/// Takes off the line end a scanner sends after the data, the symbology identifier before it (`]d2`, `]Q3`, `]C1`, `]e0`
/// for GS1 symbols, others for the rest; ISO/IEC 15424), and the separator that stands for the leading FNC1.
pub(super) fn strip(text: &str) -> &str {
    let text = text.trim_end_matches(['\r', '\n', '\t']);
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let text = text.trim_start_matches(GS);
    let text = symbology(text).map_or(text, |length| &text[length..]);
    text.trim_start_matches(GS)
}

fn symbology(text: &str) -> Option<usize> {
    match text.as_bytes() {
        [b']', kind, modifier, ..] if kind.is_ascii_alphabetic() => modifier.is_ascii_alphanumeric().then_some(3),
        _ => None,
    }
}
