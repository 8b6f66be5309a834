//! The application identifiers this crate knows, as a table.

use std::fmt;
use std::str::FromStr;

use crate::{Charset, ParseErrorKind, check::has_check_digit, date::is_date};

/// What an application identifier demands of its value (GenSpecs 3.2; Barcode Syntax Dictionary).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spec {
    /// The identifier's digits.
    pub ai: &'static str,
    /// The data title of GenSpecs figure 3.2-1.
    pub title: &'static str,
    /// Whether the identifier is in the table of predefined lengths (GenSpecs figure 7.8.5-2), so that no separator
    /// follows its value. AI 8005 shows the difference: its length is fixed, yet it needs the separator.
    pub predefined: bool,
    /// The fewest characters of a value.
    pub min: u8,
    /// The most characters of a value.
    pub max: u8,
    /// The characters a value may hold.
    pub charset: Charset,
    /// Whether the last digit is a check digit.
    pub check_digit: bool,
    /// Whether the value is a date `YYMMDD`, day `00` allowed.
    pub date: bool,
    /// Whether a Digital Link URI may carry the value in its query (dictionary flag `?`).
    pub link_attribute: bool,
}

const fn row(ai: &'static str, title: &'static str, charset: Charset, min: u8, max: u8) -> Spec {
    Spec { ai, title, predefined: false, min, max, charset, check_digit: false, date: false, link_attribute: true }
}

const fn key(ai: &'static str, title: &'static str, length: u8) -> Spec {
    Spec { predefined: true, check_digit: true, ..row(ai, title, Charset::Numeric, length, length) }
}

const fn date(ai: &'static str, title: &'static str) -> Spec {
    Spec { predefined: true, date: true, ..row(ai, title, Charset::Numeric, 6, 6) }
}

/// In lexical order: the position is the identifier's value in memory, and a search stops early.
static TABLE: [Spec; 22] = {
    use Charset::{Numeric, Set64, Set82};
    [
        key("00", "SSCC", 18),
        key("01", "GTIN", 14),
        key("02", "CONTENT", 14),
        row("10", "BATCH/LOT", Set82, 1, 20),
        date("11", "PROD DATE"),
        date("13", "PACK DATE"),
        date("15", "BEST BEFORE or BEST BY"),
        date("17", "USE BY or EXPIRY"),
        Spec { link_attribute: false, ..row("21", "SERIAL", Set82, 1, 20) },
        row("240", "ADDITIONAL ID", Set82, 1, 30),
        row("37", "COUNT", Numeric, 1, 8),
        row("8005", "PRICE PER UNIT", Numeric, 6, 6),
        row("8030", "DIGSIG", Set64, 1, 90),
        row("91", "INTERNAL", Set82, 1, 90),
        row("92", "INTERNAL", Set82, 1, 90),
        row("93", "INTERNAL", Set82, 1, 90),
        row("94", "INTERNAL", Set82, 1, 90),
        row("95", "INTERNAL", Set82, 1, 90),
        row("96", "INTERNAL", Set82, 1, 90),
        row("97", "INTERNAL", Set82, 1, 90),
        row("98", "INTERNAL", Set82, 1, 90),
        row("99", "INTERNAL", Set82, 1, 90),
    ]
};

/// A known application identifier.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ai(u8);

impl Ai {
    /// The digits, `"01"`.
    pub fn as_str(self) -> &'static str {
        self.spec().ai
    }

    /// What the identifier demands of its value.
    pub fn spec(self) -> &'static Spec {
        &TABLE[usize::from(self.0)]
    }

    /// Every identifier of the table, in lexical order.
    pub fn all() -> impl ExactSizeIterator<Item = Self> {
        (0..TABLE.len() as u8).map(Self)
    }

    /// The identifier a text begins with. No identifier of GS1 is the beginning of another one.
    pub fn starting(text: &str) -> Option<Self> {
        Self::all().find(|ai| text.starts_with(ai.as_str()))
    }

    /// Whether the text is the beginning of an identifier, cut off before its end.
    pub(crate) fn is_cut_short(text: &str) -> bool {
        !text.is_empty() && Self::all().any(|ai| ai.as_str().len() > text.len() && ai.as_str().starts_with(text))
    }

    /// Checks a whole value; the error carries the position inside the value.
    pub(crate) fn check(self, value: &str) -> Result<(), (usize, ParseErrorKind)> {
        let spec = self.spec();
        let (min, max) = (usize::from(spec.min), usize::from(spec.max));
        if let Some((at, c)) = spec.charset.offender(value) {
            return Err((at, ParseErrorKind::BadCharacter(c)));
        }
        // From here on every character is one byte.
        if value.len() < min {
            let (need, got) = (min, value.len());
            return Err((got, ParseErrorKind::TooShort { need, got }));
        }
        if value.len() > max {
            return Err((max, ParseErrorKind::TooLong));
        }
        if spec.check_digit && !has_check_digit(value) {
            return Err((value.len() - 1, ParseErrorKind::CheckDigit));
        }
        if spec.date && !is_date(value) {
            return Err((0, ParseErrorKind::BadDate));
        }
        Ok(())
    }
}

impl fmt::Display for Ai {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Ai {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ai({self})")
    }
}

/// The text is not an application identifier of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a known application identifier")]
pub struct UnknownAi;

impl FromStr for Ai {
    type Err = UnknownAi;

    fn from_str(text: &str) -> Result<Self, UnknownAi> {
        Self::all().find(|ai| ai.as_str() == text).ok_or(UnknownAi)
    }
}
