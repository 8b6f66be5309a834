//! Lost separators: keyboards swallow control characters, and then the values run into each other.

use super::{frame, separators};
use crate::{Ai, Charset, ElementString, GS};

/// The identifiers that stand beside a serial in the marking of goods. A guess by lengths looks for no others: among all
/// of GS1's, chance would find some in any text.
const USUAL: [&str; 22] = [
    "00", "01", "02", "10", "11", "13", "15", "17", "21", "240", "37", "8005", "8030", "91", "92", "93", "94", "95",
    "96", "97", "98", "99",
];

fn usual(text: &str) -> Option<Ai> {
    Ai::starting(text).filter(|ai| USUAL.contains(&ai.as_str()))
}

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
    let ai = usual(text)?;
    let name = ai.as_str();
    let spec = ai.spec();
    let length = match name {
        "91" | "93" => 4,
        _ if spec.is_fixed() => spec.max(),
        _ => return Some((text.len(), false)),
    };
    let length = name.len() + length;
    if spec.predefined {
        return (length <= text.len()).then_some((length, true));
    }
    let follows = text.get(length..).is_some_and(|rest| usual(rest).is_some());
    Some((if follows { length } else { text.len() }, false))
}

/// The text with separators put back where anything at all stands between a serial of the length given, the elements 91
/// and 92, or 93, and the end.
pub(super) fn replace_unknown(text: &str, serial_length: usize) -> Option<String> {
    let tail = text.get(HEAD..)?.strip_prefix("21")?;
    let head = text.get(..HEAD + 2).filter(|head| head.starts_with("01") && head.is_ascii())?;
    let (serial, rest) = tail.split_at_checked(serial_length)?;
    let (between, rest) = (1..=LONGEST_STAND_IN).find_map(|at| {
        let (between, rest) = rest.split_at_checked(at)?;
        let follows = rest.starts_with("91") || rest.starts_with("93");
        (follows && between != "\u{1d}" && separators::is_stand_in(between)).then_some((between, rest))
    })?;
    let whole = if rest.starts_with("93") {
        format!("{head}{serial}{GS}{rest}")
    } else {
        let (key, rest) = rest.split_at_checked(2 + 4)?;
        // A separator may have been lost here alone.
        let tail = rest.strip_prefix(between).unwrap_or(rest);
        let tail = tail.strip_prefix(GS).unwrap_or(tail);
        format!("{head}{serial}{GS}{key}{GS}{tail}")
    };
    // Any text has something that could be a separator: with it, the whole has to make sense.
    ElementString::parse(&whole).is_ok().then_some(whole)
}

/// The longest text that may stand for a separator, in bytes.
const LONGEST_STAND_IN: usize = 20;

/// The text without what follows a tail of a known length: 4 characters after 93; 83, or 44 that end with `=`, after 92.
pub(super) fn without_excess(text: &str) -> Option<String> {
    let (at, last) = text.rfind(GS).map(|at| (at + 1, &text[at + 1..]))?;
    let value = last.get(2..)?;
    let length = match (last.get(..2)?, value.len()) {
        ("93", 5..) => 4,
        ("92", 84..) => 83,
        ("92", 45..=82) if value.as_bytes()[43] == b'=' => 44,
        _ => return None,
    };
    let end = at + 2 + length;
    let kept = text.get(at..end)?;
    // Of two codes neither is the one meant.
    let two = text[end..].char_indices().any(|(at, _)| frame::begins_like_a_code(&text[end + at..]));
    (!two && Charset::Set82.offender(kept).is_none()).then(|| text[..end].to_owned())
}
