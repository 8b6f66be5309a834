//! Lost separators: keyboards swallow control characters, and then the values run into each other.

use crate::{Ai, GS};

/// A GTIN with its identifier, and the identifier of the serial after it.
const HEAD: usize = 2 + 14;

/// The text with separators put back, when it begins with a GTIN and a serial which, if it has the length given, is
/// followed by elements of the usual lengths.
pub(super) fn restore(text: &str, serial_length: usize) -> Option<String> {
    let tail = text.get(HEAD..)?.strip_prefix("21")?;
    if !text.is_ascii() || !text.starts_with("01") {
        return None;
    }
    let mut whole = text[..HEAD + 2].to_owned();
    for (place, chunk) in tail.split(GS).enumerate() {
        let (serial, mut rest) = match place {
            0 => chunk.split_at_checked(serial_length)?,
            _ => {
                whole.push(GS);
                ("", chunk)
            }
        };
        whole.push_str(serial);
        let mut separate = place == 0;
        while !rest.is_empty() {
            let (length, predefined) = element(rest)?;
            if separate {
                whole.push(GS);
            }
            whole.push_str(&rest[..length]);
            rest = &rest[length..];
            separate = !predefined;
        }
    }
    (whole != text).then_some(whole)
}

/// The length of the first element of a text that has no separators, by what is usual: a key's number (91) and a short
/// verification code (93) have four characters; a long one (92) and any other value go on to the end. Also whether no
/// separator follows.
fn element(text: &str) -> Option<(usize, bool)> {
    let ai = Ai::starting(text)?;
    let name = ai.as_str();
    let spec = ai.spec();
    let usual = match name {
        "91" | "93" => 4,
        _ if spec.min == spec.max => usize::from(spec.max),
        _ => return Some((text.len(), false)),
    };
    let length = name.len() + usual;
    if spec.predefined {
        return (length <= text.len()).then_some((length, true));
    }
    let follows = text.get(length..).is_some_and(|rest| Ai::starting(rest).is_some());
    Some((if follows { length } else { text.len() }, false))
}
