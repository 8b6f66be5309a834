//! Application identifiers: which there are, and what each demands of its value.

mod format;
mod table;

use std::fmt;
use std::str::FromStr;

use crate::ParseErrorKind;
use crate::lint::{Fault, Linter};
pub use format::Component;
use table::TABLE;

/// What an application identifier demands of its value (GenSpecs 3.2; Barcode Syntax Dictionary).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spec {
    /// The digits of one identifier or of several neighbours.
    ais: &'static str,
    /// How many digits an identifier has.
    digits: u8,
    /// The data title of GenSpecs figure 3.2-1.
    pub title: &'static str,
    /// Whether the identifier is in the table of predefined lengths (GenSpecs figure 7.8.5-2), so that no separator
    /// follows its value. AI 8005 shows the difference: its length is fixed, yet it needs the separator.
    pub predefined: bool,
    /// Whether a Digital Link URI may carry the value in its query (dictionary flag `?`).
    pub link_attribute: bool,
    /// What the value is made of.
    pub components: &'static [Component],
}

impl Spec {
    /// The fewest characters of a value.
    pub fn min(&self) -> usize {
        self.components.iter().filter(|part| !part.optional).map(|part| usize::from(part.min)).sum()
    }

    /// The most characters of a value.
    pub fn max(&self) -> usize {
        self.components.iter().map(|part| usize::from(part.max)).sum()
    }

    /// Whether all values have the same length.
    pub fn is_fixed(&self) -> bool {
        self.components.iter().all(|part| part.min == part.max && !part.optional)
    }

    fn names(&self) -> impl ExactSizeIterator<Item = &'static str> {
        let (ais, digits) = (self.ais, usize::from(self.digits));
        (0..ais.len() / digits).map(move |place| &ais[place * digits..][..digits])
    }

    /// Checks a whole value; the error carries the position inside the value.
    fn check(&self, value: &str) -> Result<(), (usize, ParseErrorKind)> {
        let (min, max) = (self.min(), self.max());
        if let Some((at, c)) = self.offender(value) {
            return Err((at, ParseErrorKind::BadCharacter(c)));
        }
        // From here on every character is one byte.
        let got = value.len();
        let short = |need| Err((got, ParseErrorKind::TooShort { need, got }));
        if got < min {
            return short(min);
        }
        if got > max {
            return Err((max, ParseErrorKind::TooLong));
        }
        let mut start = 0;
        for part in self.components {
            if start == got && part.optional {
                break;
            }
            let need = start + usize::from(part.min);
            if got < need {
                return short(need);
            }
            let end = got.min(start + usize::from(part.max));
            for linter in part.linters {
                linter.check(&value[start..end]).map_err(|(at, fault)| broken(*linter, start, at, fault))?;
            }
            start = end;
        }
        Ok(())
    }

    /// The first character that its component may not hold.
    fn offender(&self, value: &str) -> Option<(usize, char)> {
        let ascii = value.bytes().position(|byte| !byte.is_ascii()).unwrap_or(value.len());
        let mut start = 0;
        for (place, part) in self.components.iter().enumerate() {
            // The last one answers for what is too long, too.
            let last = place + 1 == self.components.len();
            let end = if last { ascii } else { ascii.min(start + usize::from(part.max)) };
            if let Some((at, c)) = part.charset.offender(&value[start..end]) {
                return Some((start + at, c));
            }
            start = end;
        }
        value[ascii..].chars().next().map(|c| (ascii, c))
    }
}

/// A broken rule as an error: a wrong date is named as a whole, where it begins.
fn broken(linter: Linter, start: usize, at: usize, fault: Fault) -> (usize, ParseErrorKind) {
    match (linter, fault) {
        (_, Fault::IncorrectCheckDigit) => (start + at, ParseErrorKind::CheckDigit),
        (Linter::Yymmdd | Linter::Yymmd0 | Linter::Yyyymmdd | Linter::Yyyymmd0, _) => (start, ParseErrorKind::BadDate),
        _ => (start + at, ParseErrorKind::Rule(fault)),
    }
}

/// A known application identifier. Their order is that of their digits as text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ai {
    row: u8,
    place: u8,
}

impl Ai {
    /// The digits, `"01"`.
    pub fn as_str(self) -> &'static str {
        let Spec { ais, digits, .. } = self.spec();
        let digits = usize::from(*digits);
        &ais[usize::from(self.place) * digits..][..digits]
    }

    /// What the identifier demands of its value.
    pub fn spec(self) -> &'static Spec {
        &TABLE[usize::from(self.row)]
    }

    /// Every identifier there is, in the order of their digits.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..).zip(&TABLE).flat_map(|(row, spec)| (0..spec.names().len() as u8).map(move |place| Self { row, place }))
    }

    /// The identifier a text begins with. No identifier of GS1 is the beginning of another one.
    pub fn starting(text: &str) -> Option<Self> {
        // The one row that can hold it is the last that does not begin behind it.
        let first = |spec: &Spec| &spec.ais.as_bytes()[..usize::from(spec.digits)];
        let row = TABLE.partition_point(|spec| first(spec) <= text.as_bytes()).checked_sub(1)?;
        let place = TABLE[row].names().position(|ai| text.starts_with(ai))?;
        Some(Self { row: row as u8, place: place as u8 })
    }

    /// Whether the text is the beginning of an identifier, cut off before its end.
    pub(crate) fn is_cut_short(text: &str) -> bool {
        !text.is_empty() && Self::all().any(|ai| ai.as_str().len() > text.len() && ai.as_str().starts_with(text))
    }

    /// Checks a whole value; the error carries the position inside the value.
    pub(crate) fn check(self, value: &str) -> Result<(), (usize, ParseErrorKind)> {
        self.spec().check(value)
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

/// The text is not an application identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a known application identifier")]
pub struct UnknownAi;

impl FromStr for Ai {
    type Err = UnknownAi;

    fn from_str(text: &str) -> Result<Self, UnknownAi> {
        Self::starting(text).filter(|ai| ai.as_str().len() == text.len()).ok_or(UnknownAi)
    }
}
