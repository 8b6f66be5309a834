//! Why a text is not an element string, precisely enough to tell a cut code from a wrong one.

use crate::lint::Fault;

/// Where and why reading stopped.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{kind} at byte {at}{}", ai.as_ref().map(|ai| format!(", in AI {ai}")).unwrap_or_default())]
pub struct ParseError {
    /// The application identifier being read, when one was recognised.
    pub ai: Option<String>,
    /// The byte of the input at which it went wrong.
    pub at: usize,
    /// What went wrong.
    pub kind: ParseErrorKind,
}

impl ParseError {
    pub(crate) fn new(ai: Option<&str>, at: usize, kind: ParseErrorKind) -> Self {
        let ai = ai.map(str::to_owned);
        Self { ai, at, kind }
    }

    /// Whether the input simply ended too early: everything read so far was right, and more of it would have been needed.
    pub fn is_truncation(&self) -> bool {
        matches!(self.kind, ParseErrorKind::TooShort { .. } | ParseErrorKind::CutAi)
    }
}

/// What is wrong with a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ParseErrorKind {
    /// There is nothing to read.
    #[error("nothing to read")]
    Empty,
    /// The text does not go on with a known application identifier.
    #[error("unknown application identifier")]
    UnknownAi,
    /// The input ends inside an application identifier.
    #[error("the input ends inside an application identifier")]
    CutAi,
    /// The input ends before the value does.
    #[error("the input ends after {got} of {need} characters")]
    TooShort {
        /// The fewest characters the value may have.
        need: usize,
        /// The characters that are there.
        got: usize,
    },
    /// A separator, or the next element, comes before the value is complete.
    #[error("the value has {got} of {need} characters")]
    Incomplete {
        /// The fewest characters the value may have.
        need: usize,
        /// The characters that are there.
        got: usize,
    },
    /// The value has more characters than its identifier allows.
    #[error("the value is too long")]
    TooLong,
    /// The character is not in the value's character set.
    #[error("character {0:?} is not allowed")]
    BadCharacter(char),
    /// The last digit is not the check digit of the others.
    #[error("wrong check digit")]
    CheckDigit,
    /// The value is not a date.
    #[error("not a date")]
    BadDate,
    /// A part of the value breaks a rule of its own.
    #[error("a part of the value is wrong")]
    Rule(Fault),
    /// A value of fixed length is followed by something, without the separator its identifier needs.
    #[error("a separator is missing")]
    MissingSeparator,
    /// A separator stands where none belongs: at an end, doubled, or after a value of predefined length.
    #[error("a separator too many")]
    ExtraSeparator,
    /// The identifier was already used.
    #[error("the application identifier occurs twice")]
    Duplicate,
    /// An opening bracket with an identifier was expected.
    #[error("a bracketed application identifier was expected")]
    Bracket,
}
