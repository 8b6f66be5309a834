//! What a text is by its form, before any key is asked.

use super::{ForeignCode, Issuer, MarkingCode, MissingPart, Other, Reading, Tail};
use gs1::{ElementString, GS, Gtin};
use seal::{KeyId, KeySet, Profile, SerialFormat};

/// What an exact text is by its form.
pub(super) fn classify(text: &str, keys: &KeySet) -> Reading {
    if is_address(text) {
        return match gs1::digital_link::parse(text) {
            Ok(elements) => of_digital_link(&elements, keys),
            Err(_) => Reading::NotAMark(Other::Url),
        };
    }
    if (8..=14).contains(&text.len()) && text.parse::<Gtin>().is_ok() {
        return Reading::NotAMark(Other::ArticleNumber);
    }
    match ElementString::parse(text) {
        Ok(elements) => of_elements(&elements, keys),
        Err(error) => of_known_part(text, &error, keys).unwrap_or_else(|| of_damaged(text, &error)),
    }
}

/// Other states add identifiers that we do not know after the tail, such as a weight: what stands before them decides.
fn of_known_part(text: &str, error: &gs1::ParseError, keys: &KeySet) -> Option<Reading> {
    if error.kind != gs1::ParseErrorKind::UnknownAi {
        return None;
    }
    let known = ElementString::parse(text.get(..error.at)?.trim_end_matches(GS)).ok()?;
    let has_tail = known.get("92").is_some() || known.get("93").is_some();
    has_tail.then(|| of_elements(&known, keys))
}

fn of_digital_link(elements: &ElementString, keys: &KeySet) -> Reading {
    let (Some(gtin), Some(serial)) = (gtin_of(elements), elements.get("21")) else {
        return Reading::NotAMark(Other::Url);
    };
    if elements.get("92").is_some() || elements.get("93").is_some() {
        return of_elements(elements, keys);
    }
    if looks_like_ours(serial) {
        Reading::Mark(MarkingCode { gtin, serial: serial.to_owned(), tail: None })
    } else {
        Reading::Foreign(ForeignCode { gtin, serial: serial.to_owned(), issuer: issuer_of(serial) })
    }
}

fn gtin_of(elements: &ElementString) -> Option<Gtin> {
    elements.get("01").and_then(|value| value.parse().ok())
}

fn of_elements(elements: &ElementString, keys: &KeySet) -> Reading {
    if elements.get("00").is_some() {
        return Reading::NotAMark(Other::Package);
    }
    let is_part_of_a_mark =
        elements.elements().iter().any(|element| matches!(element.ai.as_str(), "21" | "91" | "92" | "93"));
    let Some(gtin) = gtin_of(elements) else {
        return if is_part_of_a_mark && elements.get("21").is_some() {
            Reading::Incomplete { missing: MissingPart::Gtin, gtin: None }
        } else {
            Reading::NotAMark(Other::Gs1)
        };
    };
    let Some(serial) = elements.get("21") else {
        // A GTIN alone is where a code of ours was cut; with a batch or a date it is an ordinary label.
        return if is_part_of_a_mark || elements.elements().len() == 1 {
            Reading::Incomplete { missing: MissingPart::Serial, gtin: Some(gtin) }
        } else {
            Reading::NotAMark(Other::Gs1)
        };
    };
    let mark = |profile, key, value: &str| {
        let tail = Some(Tail { profile, key, value: value.to_owned() });
        Reading::Mark(MarkingCode { gtin, serial: serial.to_owned(), tail })
    };
    let foreign = || Reading::Foreign(ForeignCode { gtin, serial: serial.to_owned(), issuer: issuer_of(serial) });
    let cut = |missing| Reading::Incomplete { missing, gtin: Some(gtin) };

    let key = elements.get("91").and_then(|id| id.parse::<KeyId>().ok());
    match (key, elements.get("92"), elements.get("93")) {
        (Some(id), Some(value), _) => match (keys.get(&id).map(|info| info.profile), value.len()) {
            (Some(profile), len) if len == profile.tail_len() => mark(profile, Some(id), value),
            (Some(profile), len) if len < profile.tail_len() => cut(MissingPart::Tail),
            // No other issuer has tails of this length.
            (_, 83) => mark(Profile::Signed, Some(id), value),
            (_, 44 | 88) => foreign(),
            (_, len) if len < 83 && looks_like_ours(serial) => cut(MissingPart::Tail),
            _ => foreign(),
        },
        (None, Some(value), _) => match value.len() {
            83 if looks_like_ours(serial) => cut(MissingPart::Key),
            44 | 88 => foreign(),
            len if len < 83 && looks_like_ours(serial) => cut(MissingPart::Key),
            _ => foreign(),
        },
        (None, None, Some(value)) => {
            let ours = looks_like_ours(serial) || looks_like_short(serial);
            match value.len() {
                4 if ours => mark(Profile::Short, None, value),
                0..4 if ours => cut(MissingPart::Tail),
                _ => foreign(),
            }
        }
        (Some(_), None, _) => cut(MissingPart::Tail),
        (None, None, None) if looks_like_ours(serial) => cut(MissingPart::Tail),
        // A serial without a tail is what medicines of other states carry.
        (None, None, None) => cut(if elements.elements().len() > 2 { MissingPart::Tail } else { MissingPart::Key }),
    }
}

/// Whether the serial has the form of ours: thirteen characters that begin with Kazakhstan's 3 (DESIGN §3).
pub(super) fn looks_like_ours(serial: &str) -> bool {
    has_form(serial, &SerialFormat::LEN_13) || has_form(serial, &SerialFormat::LEN_20)
}

/// Seven characters have no room for the country; the key decides.
fn looks_like_short(serial: &str) -> bool {
    has_form(serial, &SerialFormat::LEN_7)
}

fn has_form(serial: &str, format: &SerialFormat) -> bool {
    serial.len() == format.len()
        && serial.strip_prefix(format.prefix()).is_some_and(|rest| rest.chars().all(|c| format.alphabet().contains(c)))
}

fn issuer_of(serial: &str) -> Issuer {
    if serial.len() != 13 {
        return Issuer::Unknown;
    }
    match serial.as_bytes().first() {
        Some(b'1') => Issuer::Armenia,
        Some(b'2') => Issuer::Belarus,
        Some(b'3') => Issuer::Kazakhstan,
        Some(b'4') => Issuer::Kyrgyzstan,
        Some(b'5') => Issuer::Russia,
        _ => Issuer::Unknown,
    }
}

/// What a text is that is no well-formed element string: a code cut in the middle of a part, or something else.
fn of_damaged(text: &str, error: &gs1::ParseError) -> Reading {
    if text.starts_with("http") || text.starts_with("www.") {
        return Reading::NotAMark(Other::Url);
    }
    let Some(rest) = text.strip_prefix("01") else {
        return Reading::NotAMark(Other::Text);
    };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if digits < 14 {
        // Digits to the end of the text: a GTIN that was cut. Anything else only happens to begin with 01.
        let is_cut = digits == rest.len() && digits >= 6;
        return if is_cut {
            Reading::Incomplete { missing: MissingPart::Gtin, gtin: None }
        } else {
            Reading::NotAMark(Other::Text)
        };
    }
    let Ok(gtin) = rest[..14].parse::<Gtin>() else {
        return if rest[14..].starts_with("21") {
            Reading::Incomplete { missing: MissingPart::Gtin, gtin: None }
        } else {
            Reading::NotAMark(Other::Text)
        };
    };
    let missing = match error.ai.as_deref() {
        Some("21") => MissingPart::Serial,
        Some("91") => MissingPart::Key,
        Some("92" | "93") => MissingPart::Tail,
        _ if !rest[14..].starts_with("21") => MissingPart::Serial,
        _ if !rest.contains(GS) => MissingPart::Key,
        _ => MissingPart::Tail,
    };
    Reading::Incomplete { missing, gtin: Some(gtin) }
}

/// Whether the text begins as an address does: a scheme and `://` (RFC 3986, section 3.1). A scheme begins with a letter, a
/// code with a digit; `://` alone would not do, because a tail may hold it.
fn is_address(text: &str) -> bool {
    text.split_once("://").is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
    })
}
