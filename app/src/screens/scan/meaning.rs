//! What the text of a symbol is, as far as choosing among several needs it.

use crate::device::scanning::{Found, Symbology};
use shared::code::{MarkingCode, Other, Reading, Secrets, TailCheck, read};
use shared::seal::KeySet;

/// What a symbol is to the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// Some text.
    Text,
    /// An address on the web that is no Digital Link of a unit.
    Website,
    /// A plain barcode.
    Barcode,
    /// A transport package.
    Package,
    /// A marking code cut short or damaged.
    Part,
    /// A marking code, of whatever issuer.
    Mark,
}

impl Kind {
    /// Id of its name.
    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::Text => "scan-kind-text",
            Self::Website => "scan-kind-website",
            Self::Barcode => "scan-kind-barcode",
            Self::Package => "scan-kind-package",
            Self::Part => "scan-kind-part",
            Self::Mark => "scan-kind-mark",
        }
    }
}

/// What a text means.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Meaning {
    /// The text to check: as it was read, or as it was meant if the signature says so.
    pub(super) text: String,
    /// What it is.
    pub(super) kind: Kind,
    /// Its signature verifies: no misreading does that.
    pub(super) is_sure: bool,
    /// The product number and the end of the serial, for telling marks apart.
    pub(super) name: Option<(String, String)>,
}

/// Characters of a serial that are enough to tell two units of a product apart.
const END: usize = 5;

/// What a symbol means.
pub(super) fn of(found: &Found, keys: &KeySet) -> Meaning {
    let read = read(&found.text, keys, &Secrets::default());
    let is_sure = matches!(read.tail, Some(TailCheck::Valid | TailCheck::CompromisedKey));
    let (kind, name) = match &read.reading {
        Reading::Mark(code) => (Kind::Mark, Some((code.gtin.to_string(), end(&code.serial)))),
        Reading::Foreign(code) => (Kind::Mark, Some((code.gtin.to_string(), end(&code.serial)))),
        Reading::Incomplete { .. } => (Kind::Part, None),
        Reading::NotAMark(Other::Package) => (Kind::Package, None),
        Reading::NotAMark(Other::Url) => (Kind::Website, None),
        Reading::NotAMark(_) if found.symbology == Symbology::Bars => (Kind::Barcode, None),
        Reading::NotAMark(Other::ArticleNumber) => (Kind::Barcode, None),
        Reading::NotAMark(Other::Gs1 | Other::Text) => (Kind::Text, None),
    };
    // A part of a mark is never printed in bars: those that look so are a plain barcode with a product number.
    let kind = if kind == Kind::Part && found.symbology == Symbology::Bars { Kind::Barcode } else { kind };
    let text = match &read.reading {
        Reading::Mark(code) if is_sure => meant(found, code),
        _ => found.text.clone(),
    };
    Meaning { text, kind, is_sure, name }
}

/// A Digital Link stays what it is; in an element string nothing is lost when it is written as it was signed.
fn meant(found: &Found, code: &MarkingCode) -> String {
    if found.text.contains("://") { found.text.clone() } else { code.element_string() }
}

fn end(serial: &str) -> String {
    serial.chars().skip(serial.chars().count().saturating_sub(END)).collect()
}
