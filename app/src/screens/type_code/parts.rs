//! What of a code is understood while it is typed: part by part, what is right, what is still missing, and what can never
//! become right.

use shared::code::{MarkingCode, Reading, Secrets, TailCheck, read};
use shared::gs1::reading::{Repair, candidates};
use shared::gs1::{Ai, Element, ElementString, GS, ParseErrorKind};
use shared::seal::{KeySet, SIGNED_TAIL_LEN, SerialFormat, base72};

/// Parts of a code in the profile that is printed most, in their order (DESIGN §3).
const EXPECTED: [&str; 4] = ["01", "21", "91", "92"];

/// One part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// Its application identifier.
    pub(super) ai: String,
    /// What was typed of it.
    pub(super) value: String,
    /// How it stands.
    pub(super) state: State,
}

/// How a part stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// It is whole.
    Whole,
    /// It is whole, and its check digit says so.
    CheckDigit,
    /// The signature verifies.
    Verified,
    /// Whether it is right, only the network can tell.
    Unverified,
    /// It goes on: so many characters are needed, if that is known.
    Open(Option<usize>),
    /// Nothing of it is there.
    Missing,
    /// It can never become right.
    Wrong(Fault),
}

/// Why a part can never become right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// The check digit.
    CheckDigit,
    /// The signature does not verify.
    Signature,
    /// This character.
    Character(char),
    /// It ends after too few characters: so many are needed.
    Short(usize),
    /// It has too many.
    Long,
    /// Something else.
    Other,
}

/// The parts of what is typed, in their order; none if it is no code in parts at all.
pub(super) fn of(typed: &str, keys: &KeySet) -> Vec<Part> {
    let typed = typed.trim();
    let read = read(typed, keys, &Secrets::default());
    if let (Reading::Mark(code), Some(tail)) = (&read.reading, read.tail) {
        return whole(code, tail);
    }
    if typed.contains("://") {
        return Vec::new();
    }
    let (pieces, is_open) = pieces(&separated(typed));
    let last = pieces.len().saturating_sub(1);
    let mut parts: Vec<Part> = pieces
        .into_iter()
        .enumerate()
        .map(|(at, (ai, value))| {
            let state = state(&ai, &value, at == last && is_open);
            Part { ai, value, state }
        })
        .collect();
    if parts.is_empty() {
        return parts;
    }
    // A code with AI 93 has no others to protect it.
    let is_short = parts.iter().any(|part| part.ai == "93");
    let expected = if is_short { &EXPECTED[..2] } else { &EXPECTED[..] };
    for ai in expected {
        if parts.iter().all(|part| part.ai != *ai) {
            parts.push(Part { ai: (*ai).to_owned(), value: String::new(), state: State::Missing });
        }
    }
    parts
}

/// The parts of a code of our form.
fn whole(code: &MarkingCode, tail: TailCheck) -> Vec<Part> {
    let part = |ai: &str, value: &str, state| Part { ai: ai.to_owned(), value: value.to_owned(), state };
    let mut parts = vec![part("01", code.gtin.as_str(), State::CheckDigit), part("21", &code.serial, State::Whole)];
    if let Some(protection) = &code.tail {
        if let Some(key) = &protection.key {
            parts.push(part("91", key.as_str(), State::Whole));
        }
        let ai = if protection.key.is_some() { "92" } else { "93" };
        let state = match tail {
            TailCheck::Valid => State::Verified,
            TailCheck::Invalid => State::Wrong(Fault::Signature),
            TailCheck::UnknownKey | TailCheck::CompromisedKey | TailCheck::NeedsSecret | TailCheck::Absent => {
                State::Unverified
            }
        };
        parts.push(part(ai, &protection.value, state));
    }
    parts
}

/// The text with its separators as they are in a symbol; brackets stay.
fn separated(typed: &str) -> String {
    let forms = candidates(typed);
    let notation = |repairs: &[Repair]| repairs.iter().all(|repair| *repair == Repair::SeparatorForm);
    forms.into_iter().rfind(|form| notation(&form.repairs)).map_or_else(|| typed.to_owned(), |form| form.text)
}

/// Identifiers with what follows them, and whether the last one may still go on.
fn pieces(text: &str) -> (Vec<(String, String)>, bool) {
    if text.starts_with('(') { bracketed(text) } else { plain(text) }
}

fn bracketed(text: &str) -> (Vec<(String, String)>, bool) {
    let mut pieces = Vec::new();
    for piece in text.split('(').skip(1) {
        match piece.split_once(')') {
            Some((ai, value)) => pieces.push((ai.trim().to_owned(), value.replace([GS, ' '], ""))),
            // The bracket is still being typed, so that the part before it is over.
            None => return (pieces, false),
        }
    }
    (pieces, true)
}

fn plain(text: &str) -> (Vec<(String, String)>, bool) {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(ai) = Ai::starting(rest) {
        let after = &rest[ai.as_str().len()..];
        let length = after.find(GS).unwrap_or(after.len());
        let length = match own_length(ai.as_str(), after) {
            Some(own) if after.is_char_boundary(own) && own < length => own,
            _ => length,
        };
        pieces.push((ai.as_str().to_owned(), after[..length].to_owned()));
        let next = &after[length..];
        rest = next.strip_prefix(GS).unwrap_or(next);
        if rest.is_empty() {
            return (pieces, next.is_empty());
        }
    }
    if !pieces.is_empty() && !rest.is_empty() {
        // One digit may be the beginning of an identifier.
        let is_begun = rest.len() < 2 && rest.bytes().all(|byte| byte.is_ascii_digit());
        if !is_begun {
            pieces.push((String::new(), rest.to_owned()));
        }
        return (pieces, false);
    }
    (pieces, true)
}

/// Where a part ends though no separator was typed: by its fixed length, or by what must follow it.
fn own_length(ai: &str, after: &str) -> Option<usize> {
    let followed = |length: usize, by: &[&str]| {
        by.iter().any(|by| after.get(length..).is_some_and(|rest| rest.starts_with(by))).then_some(length)
    };
    match ai {
        "21" => followed(SerialFormat::LEN_13.len(), &["91", "93"]).filter(|_| is_ours(after)),
        "91" => followed(KEY, &["92"]),
        _ => ai.parse::<Ai>().ok().filter(|ai| ai.spec().predefined).map(|ai| ai.spec().max()),
    }
}

/// Characters of a key id.
const KEY: usize = 4;

fn is_ours(serial: &str) -> bool {
    serial.starts_with(SerialFormat::LEN_13.prefix())
}

/// How a part stands by itself. `is_open` says that the person may be typing it.
fn state(ai: &str, value: &str, is_open: bool) -> State {
    let got = value.chars().count();
    if value.is_empty() && is_open {
        return State::Open(needed(ai, value));
    }
    if let Some(character) = foreign(ai, value) {
        return State::Wrong(Fault::Character(character));
    }
    let Ok(known) = ai.parse::<Ai>() else { return State::Wrong(Fault::Other) };
    let element = Element { ai: known, value: value.to_owned() };
    match ElementString::new([element]).map_err(|error| error.kind) {
        Ok(_) => match needed(ai, value) {
            Some(need) if got < need && is_open => State::Open(Some(need)),
            Some(need) if got < need => State::Wrong(Fault::Short(need)),
            Some(need) if got > need && ai != "21" => State::Wrong(Fault::Long),
            None if is_open => State::Open(None),
            _ if ai == "01" => State::CheckDigit,
            _ if matches!(ai, "92" | "93") => State::Unverified,
            _ => State::Whole,
        },
        Err(ParseErrorKind::TooShort { need, .. } | ParseErrorKind::Incomplete { need, .. }) => {
            let need = needed(ai, value).unwrap_or(need);
            if is_open { State::Open(Some(need)) } else { State::Wrong(Fault::Short(need)) }
        }
        Err(ParseErrorKind::CheckDigit) => State::Wrong(Fault::CheckDigit),
        Err(ParseErrorKind::BadCharacter(character)) => State::Wrong(Fault::Character(character)),
        Err(ParseErrorKind::TooLong) => State::Wrong(Fault::Long),
        Err(_) => State::Wrong(Fault::Other),
    }
}

/// Characters that the part has in a code of ours, as far as what is typed says that it is one.
fn needed(ai: &str, value: &str) -> Option<usize> {
    match ai {
        "01" => Some(14),
        "21" if value.is_empty() || is_ours(value) => Some(SerialFormat::LEN_13.len()),
        "91" => Some(KEY),
        "92" => Some(SIGNED_TAIL_LEN),
        "93" => Some(shared::seal::SHORT_TAIL_LEN),
        _ => None,
    }
}

/// The first character that no code of ours has there: letters that look like digits are the usual slip.
fn foreign(ai: &str, value: &str) -> Option<char> {
    let serial = SerialFormat::LEN_13;
    match ai {
        "21" if is_ours(value) && value.len() <= serial.len() => {
            value.chars().find(|c| !serial.alphabet().contains(*c))
        }
        "92" => value.chars().find(|c| !u8::try_from(*c).is_ok_and(|byte| base72::ALPHABET.contains(&byte))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::seal::{KeyInfo, KeyState, Profile, SigningKey};

    fn keys() -> KeySet {
        let key = KeyInfo {
            id: "KZ01".parse().unwrap(),
            group: "footwear".into(),
            profile: Profile::Signed,
            state: KeyState::Active,
            public: Some(SigningKey::from_seed(&[3; 32]).public()),
        };
        KeySet { version: 1, issued_at: 0, keys: vec![key], report_key: [0; 32] }
    }

    const GTIN: &str = "04870001234560";
    const SERIAL: &str = "3ABCDEFGHJKMN";

    fn signed() -> (String, String) {
        let prefix = format!("01{GTIN}21{SERIAL}\u{1d}91KZ01");
        let tail = SigningKey::from_seed(&[3; 32]).sign_tail(&prefix);
        (prefix, tail)
    }

    /// Identifier and state of each part.
    fn states(typed: &str) -> Vec<(String, State)> {
        of(typed, &keys()).into_iter().map(|part| (part.ai, part.state)).collect()
    }

    #[test]
    fn every_part_is_told_as_it_is_typed() {
        use State::{CheckDigit, Missing, Open, Unverified, Verified, Whole, Wrong};
        let (prefix, tail) = signed();
        let other = if tail.ends_with('A') { "B" } else { "A" };
        let all = |states: [State; 4]| EXPECTED.map(str::to_owned).into_iter().zip(states).collect::<Vec<_>>();
        for (typed, expected) in [
            ("01".to_owned(), [Open(Some(14)), Missing, Missing, Missing]),
            ("(01)048700".to_owned(), [Open(Some(14)), Missing, Missing, Missing]),
            (format!("(01){GTIN}"), [CheckDigit, Missing, Missing, Missing]),
            ("(01)04870001234561".to_owned(), [Wrong(Fault::CheckDigit), Missing, Missing, Missing]),
            ("(01)0487O".to_owned(), [Wrong(Fault::Character('O')), Missing, Missing, Missing]),
            (format!("(01){GTIN}(21"), [CheckDigit, Missing, Missing, Missing]),
            (format!("(01){GTIN}(21)3AB"), [CheckDigit, Open(Some(13)), Missing, Missing]),
            (format!("01{GTIN}213AB"), [CheckDigit, Open(Some(13)), Missing, Missing]),
            (format!("(01){GTIN}(21)3AO"), [CheckDigit, Wrong(Fault::Character('O')), Missing, Missing]),
            (format!("(01){GTIN}(21)3AB(91)K"), [CheckDigit, Wrong(Fault::Short(13)), Open(Some(4)), Missing]),
            (format!("01{GTIN}21{SERIAL}<GS>91KZ01"), [CheckDigit, Whole, Whole, Missing]),
            (format!("01{GTIN}21{SERIAL}91KZ0192ab"), [CheckDigit, Whole, Whole, Open(Some(83))]),
            (format!("{prefix}\u{1d}92{tail}"), [CheckDigit, Whole, Whole, Verified]),
            (format!("{prefix}\u{1d}92{}{other}", &tail[..82]), [CheckDigit, Whole, Whole, Wrong(Fault::Signature)]),
            (format!("(01){GTIN}(21){SERIAL}(91)KZ99(92){tail}"), [CheckDigit, Whole, Whole, Unverified]),
            (
                format!("(01){GTIN}(21){SERIAL}(91)KZ01(92)ab\"c"),
                [CheckDigit, Whole, Whole, Wrong(Fault::Character('"'))],
            ),
        ] {
            assert_eq!(states(&typed), all(expected), "{typed}");
        }
    }

    #[test]
    fn what_a_hand_scanner_garbles_is_understood() {
        let (prefix, tail) = signed();
        // The separators are lost.
        let lost = format!("]d2{prefix}92{tail}").replace('\u{1d}', "");
        assert_eq!(states(&lost).last(), Some(&("92".to_owned(), State::Verified)));
    }

    #[test]
    fn what_is_no_code_has_no_parts() {
        for typed in ["", "  ", "https://example.com", "hello", "(", "(0"] {
            assert_eq!(states(typed), [], "{typed}");
        }
        assert_eq!(states("(01)04870001234560(93)abc")[1], ("93".to_owned(), State::Open(Some(4))));
    }
}
