//! What a scanned text is: a marking code of ours, somebody else's, a part of one, or something else.

mod classify;

use crate::string_enum::string_enum;
use classify::{classify, looks_like_ours};
use gs1::reading::{Candidate, Repair, candidates};
use gs1::{GS, Gtin};
use seal::{KeyId, KeySet, KeyState, MacKey, Profile};

/// Longest text that is read at all, in bytes. The longest of our codes has 131.
pub const CODE_LIMIT: usize = 512;

/// A marking code by its form; whether it was issued is another question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkingCode {
    /// GTIN of the product.
    pub gtin: Gtin,
    /// Serial number.
    pub serial: String,
    /// What protects it; nothing when a Digital Link names the unit without its tail.
    pub tail: Option<Tail>,
}

/// The protecting part of a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tail {
    /// Its profile.
    pub profile: Profile,
    /// The key it names; `short` names none.
    pub key: Option<KeyId>,
    /// The characters after AI 92 or 93.
    pub value: String,
}

impl MarkingCode {
    /// The protected text: the element string up to the tail (DESIGN §3).
    pub fn prefix(&self) -> String {
        let mut prefix = format!("01{}21{}", self.gtin, self.serial);
        if let Some(key) = self.tail.as_ref().and_then(|tail| tail.key.as_ref()) {
            prefix.push(GS);
            prefix.push_str("91");
            prefix.push_str(key.as_str());
        }
        prefix
    }

    /// The whole element string, as it stands in the symbol without the leading FNC1.
    pub fn element_string(&self) -> String {
        let mut text = self.prefix();
        if let Some(tail) = &self.tail {
            text.push(GS);
            text.push_str(if tail.profile == Profile::Short { "93" } else { "92" });
            text.push_str(&tail.value);
        }
        text
    }
}

string_enum! {
    /// Whose code a foreign one is, by the first character of its serial (the Union's numbering of its states).
    Issuer {
        /// Armenia.
        Armenia = "AM",
        /// Belarus.
        Belarus = "BY",
        /// Kazakhstan, by a key that is not ours.
        Kazakhstan = "KZ",
        /// Kyrgyzstan.
        Kyrgyzstan = "KG",
        /// Russia.
        Russia = "RU",
        /// Not told by the code.
        Unknown = "unknown",
    }
}

/// Another issuer's code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForeignCode {
    /// GTIN of the product.
    pub gtin: Gtin,
    /// Serial number.
    pub serial: String,
    /// Whose it seems to be.
    pub issuer: Issuer,
}

string_enum! {
    /// The part that a cut or damaged code lacks.
    MissingPart {
        /// The GTIN, AI 01.
        Gtin = "gtin",
        /// The serial number, AI 21.
        Serial = "serial",
        /// The key id, AI 91.
        Key = "key",
        /// The tail, AI 92 or 93.
        Tail = "tail",
    }
}

string_enum! {
    /// What a text is that is no marking code.
    Other {
        /// An article number: EAN-8, UPC, EAN-13, GTIN-14.
        ArticleNumber = "article_number",
        /// A transport package (SSCC).
        Package = "package",
        /// An address on the web.
        Url = "url",
        /// Some other element string of GS1.
        Gs1 = "gs1",
        /// Some other text.
        Text = "text",
    }
}

/// What a scanned text is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// A code of our form.
    Mark(MarkingCode),
    /// Another issuer's.
    Foreign(ForeignCode),
    /// A marking code cut short or damaged.
    Incomplete {
        /// The first part that is missing.
        missing: MissingPart,
        /// The GTIN, if that much was read.
        gtin: Option<Gtin>,
    },
    /// Something else.
    NotAMark(Other),
}

/// Symmetric keys, held by edge and backend only. A phone has none.
#[derive(Default)]
pub struct Secrets {
    /// Keys of the `mac` profile.
    pub mac: Vec<(KeyId, MacKey)>,
    /// Keys of the `short` profile, which codes do not name.
    pub short: Vec<(KeyId, MacKey)>,
}

string_enum! {
    /// What checking the tail gave.
    TailCheck {
        /// It verifies.
        Valid = "valid",
        /// It does not.
        Invalid = "invalid",
        /// It names a key that is not in the set.
        UnknownKey = "unknown_key",
        /// Its key is compromised: anyone may have made it, so only the ledger can tell.
        CompromisedKey = "compromised_key",
        /// It takes a secret to check, which this reader does not have.
        NeedsSecret = "needs_secret",
        /// There is none: a Digital Link.
        Absent = "absent",
    }
}

/// Checks the tail of a code of our form. No I/O, so the edge does it before anything else.
pub fn check_tail(code: &MarkingCode, keys: &KeySet, secrets: &Secrets) -> TailCheck {
    let Some(tail) = &code.tail else {
        return TailCheck::Absent;
    };
    let prefix = code.prefix();
    let Some(id) = &tail.key else {
        if secrets.short.is_empty() {
            return TailCheck::NeedsSecret;
        }
        let made_by = secrets.short.iter().find(|(_, key)| key.verify_short(&prefix, &tail.value));
        return made_by.map_or(TailCheck::Invalid, |(id, _)| by_state(keys, id));
    };
    let Some(info) = keys.get(id).filter(|info| info.profile == tail.profile) else {
        return TailCheck::UnknownKey;
    };
    let valid = match tail.profile {
        Profile::Signed => info.public.as_ref().is_some_and(|key| seal::verify_signed(key, &prefix, &tail.value)),
        Profile::Mac | Profile::Short => {
            let Some((_, key)) = secrets.mac.iter().find(|(held, _)| held == id) else {
                return TailCheck::NeedsSecret;
            };
            key.verify(&prefix, &tail.value)
        }
    };
    if valid { by_state(keys, id) } else { TailCheck::Invalid }
}

/// What a tail that verifies is worth, by the state of its key.
fn by_state(keys: &KeySet, id: &KeyId) -> TailCheck {
    match keys.get(id).map(|info| info.state) {
        Some(KeyState::Active | KeyState::VerifyOnly | KeyState::Retired) => TailCheck::Valid,
        Some(KeyState::Compromised) => TailCheck::CompromisedKey,
        // A key that is not in use yet has signed nothing.
        Some(KeyState::PreActive) | None => TailCheck::UnknownKey,
    }
}

/// A text read: what it is, and which repairs it took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// What it is.
    pub reading: Reading,
    /// The tail, for a code of our form.
    pub tail: Option<TailCheck>,
    /// Whether the text had to be repaired (layout, Caps Lock, separators lost).
    pub repaired: bool,
}

/// Reads a text as a scanner, a keyboard or a person gave it. Repairs are tried in a fixed order and count only if the
/// tail then verifies; otherwise the text is what it is as it stands (DESIGN §3).
pub fn read(raw: &str, keys: &KeySet, secrets: &Secrets) -> Read {
    if raw.len() > CODE_LIMIT {
        return Read { reading: Reading::NotAMark(Other::Text), tail: None, repaired: false };
    }
    let all = candidates(raw);
    let mut exact = None;
    for candidate in &all {
        let (reading, tail) = match classify(&candidate.text, keys) {
            Reading::Mark(code) => checked(code, keys, secrets),
            reading => (reading, None),
        };
        let repaired = !is_notation_only(candidate);
        if matches!(tail, Some(TailCheck::Valid | TailCheck::CompromisedKey)) {
            return Read { reading, tail, repaired };
        }
        if exact.is_none() || (!repaired && is_better(&reading, exact.as_ref())) {
            exact = Some(Read { reading, tail, repaired: false });
        }
    }
    exact.unwrap_or(Read { reading: Reading::NotAMark(Other::Text), tail: None, repaired: false })
}

/// A code with its tail checked. A serial of seven characters does not tell its country, so a short tail that none of
/// our keys made is as likely another state's as a forgery, and is not called one (DESIGN §3).
fn checked(code: MarkingCode, keys: &KeySet, secrets: &Secrets) -> (Reading, Option<TailCheck>) {
    let tail = check_tail(&code, keys, secrets);
    let tells_no_country = code.tail.as_ref().is_some_and(|tail| tail.key.is_none()) && !looks_like_ours(&code.serial);
    if tail == TailCheck::Invalid && tells_no_country {
        let MarkingCode { gtin, serial, .. } = code;
        return (Reading::Foreign(ForeignCode { gtin, serial, issuer: Issuer::Unknown }), None);
    }
    (Reading::Mark(code), Some(tail))
}

/// Whether the candidate is the same text in another notation of separators, which is no repair.
fn is_notation_only(candidate: &Candidate) -> bool {
    candidate
        .repairs
        .iter()
        .all(|repair| matches!(repair, Repair::DigitalLink | Repair::SeparatorForm | Repair::Brackets))
}

/// A code in bracket notation says more than the same characters taken as text.
fn is_better(reading: &Reading, than: Option<&Read>) -> bool {
    let rank = |reading: &Reading| match reading {
        Reading::Mark(_) => 3,
        Reading::Foreign(_) => 2,
        Reading::Incomplete { .. } => 1,
        Reading::NotAMark(_) => 0,
    };
    than.is_none_or(|than| rank(reading) > rank(&than.reading))
}
