//! Symbology identifiers at the head of a text (ISO/IEC 15424).

use crate::found::Message;

/// Identifiers that announce GS1 data: GS1 DataMatrix, GS1 QR, GS1-128, GS1 DataBar, GS1 DotCode.
const GS1: [&str; 5] = ["]d2", "]Q3", "]C1", "]e0", "]J1"];
/// Identifiers of the same symbologies without FNC1 in first position.
const PLAIN: [&str; 6] = ["]d0", "]d1", "]d3", "]Q0", "]Q1", "]Q2"];

/// Removes an identifier that an encoder wrote into the data itself, as if a reader's output had been printed.
pub(crate) fn strip(message: Message) -> Message {
    let starts = |known: &&str| message.text.starts_with(*known);
    let announces_gs1 = GS1.iter().any(starts);
    if !announces_gs1 && !PLAIN.iter().any(starts) {
        return message;
    }
    Message { text: message.text[3..].to_owned(), gs1: message.gs1 || announces_gs1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers() {
        for (text, gs1, expected, expected_gs1) in [
            ("]d20104601234567893", false, "0104601234567893", true),
            ("]Q30104601234567893", false, "0104601234567893", true),
            ("]d1abc", false, "abc", false),
            ("]d2", true, "", true),
            ("0104601234567893", true, "0104601234567893", true),
            ("]x2abc", false, "]x2abc", false),
            ("]d", false, "]d", false),
            ("", false, "", false),
            ("]ж", false, "]ж", false),
        ] {
            let message = Message { text: text.to_owned(), gs1 };
            let expected = Message { text: expected.to_owned(), gs1: expected_gs1 };
            assert_eq!(strip(message), expected, "{text}");
        }
    }
}
