//! Element strings: application identifiers with their values, concatenated (GenSpecs 7.8).

use std::fmt;

use crate::{Ai, GS, ParseError, ParseErrorKind as Kind};

/// One application identifier with its value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Element {
    /// The application identifier.
    pub ai: Ai,
    /// The value, without separator.
    pub value: String,
}

/// A valid sequence of elements: at least one, each value right for its identifier, no identifier twice.
///
/// What is read and what is printed are the same bytes: [`parse`](Self::parse) accepts exactly the texts that `Display`
/// prints. Everything more forgiving is in [`reading`](crate::reading).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ElementString {
    elements: Vec<Element>,
}

impl ElementString {
    /// Reads the exact form: a separator after each value whose length is not predefined, except the last; no symbology
    /// identifier, no leading FNC1.
    pub fn parse(raw: &str) -> Result<Self, ParseError> {
        if raw.is_empty() {
            return Err(ParseError::new(None, 0, Kind::Empty));
        }
        let mut elements = Vec::new();
        let mut at = 0;
        while at < raw.len() {
            at = read_element(raw, at, &mut elements)?;
        }
        Ok(Self { elements })
    }

    /// Reads the human-readable form, `(01)…(21)…`. An opening bracket begins an element when two to four digits and a
    /// closing one follow; `\(` is a bracket inside a value in any case (as in the GS1 Barcode Syntax Engine).
    pub fn parse_bracketed(hri: &str) -> Result<Self, ParseError> {
        if hri.is_empty() {
            return Err(ParseError::new(None, 0, Kind::Empty));
        }
        let mut elements: Vec<Element> = Vec::new();
        let mut at = 0;
        while at < hri.len() {
            let Some(digits) = bracketed_ai(&hri[at..]) else {
                let cut = bracketed_ai_is_cut(&hri[at..]);
                let kind = if cut { Kind::CutAi } else { Kind::Bracket };
                return Err(ParseError::new(None, at, kind));
            };
            let Ok(ai) = digits.parse::<Ai>() else {
                return Err(ParseError::new(Some(digits), at, Kind::UnknownAi));
            };
            let start = at + digits.len() + 2;
            let (value, end) = bracketed_value(hri, start);
            let last = end == hri.len();
            push(&mut elements, ai, &value, start, last)?;
            at = end;
        }
        Ok(Self { elements })
    }

    /// Puts elements together. Positions in an error are those of the value itself.
    pub fn new(parts: impl IntoIterator<Item = Element>) -> Result<Self, ParseError> {
        let mut elements = Vec::new();
        for part in parts {
            push(&mut elements, part.ai, &part.value, 0, false)?;
        }
        if elements.is_empty() {
            return Err(ParseError::new(None, 0, Kind::Empty));
        }
        Ok(Self { elements })
    }

    /// The elements in their order.
    pub fn elements(&self) -> &[Element] {
        &self.elements
    }

    /// The value of an identifier.
    pub fn get(&self, ai: &str) -> Option<&str> {
        let found = self.elements.iter().find(|e| e.ai.as_str() == ai)?;
        Some(&found.value)
    }

    /// The exact form of the elements before an identifier, without a separator at its end: what a signature in that
    /// identifier covers. `None` when the identifier is absent or comes first.
    ///
    /// ```
    /// let code = gs1::ElementString::parse("0104870001234560215K\u{1d}91K001\u{1d}92TAIL")?;
    /// assert_eq!(code.before("92").as_deref(), Some("0104870001234560215K\u{1d}91K001"));
    /// # Ok::<(), gs1::ParseError>(())
    /// ```
    pub fn before(&self, ai: &str) -> Option<String> {
        let end = self.elements.iter().position(|e| e.ai.as_str() == ai)?;
        (end > 0).then(|| exact(&self.elements[..end]))
    }

    /// The human-readable interpretation: identifiers in brackets, no separators (GenSpecs 4.14).
    pub fn hri(&self) -> String {
        let mut text = String::new();
        for Element { ai, value } in &self.elements {
            text.extend(["(", ai.as_str(), ")", value]);
        }
        text
    }
}

impl fmt::Display for ElementString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&exact(&self.elements))
    }
}

impl std::str::FromStr for ElementString {
    type Err = ParseError;

    fn from_str(raw: &str) -> Result<Self, ParseError> {
        Self::parse(raw)
    }
}

/// The exact form: a separator stands between a value whose length is not predefined and the next element.
fn exact(elements: &[Element]) -> String {
    let mut text = String::new();
    let mut open = false;
    for Element { ai, value } in elements {
        if open {
            text.push(GS);
        }
        text.extend([ai.as_str(), value]);
        open = !ai.spec().predefined;
    }
    text
}

/// Reads one element of the exact form at a byte position and returns the position of the next one.
fn read_element(raw: &str, at: usize, elements: &mut Vec<Element>) -> Result<usize, ParseError> {
    let rest = &raw[at..];
    if rest.starts_with(GS) {
        return Err(ParseError::new(None, at, Kind::ExtraSeparator));
    }
    let Some(ai) = Ai::starting(rest) else {
        let cut = Ai::is_cut_short(rest);
        let kind = if cut { Kind::CutAi } else { Kind::UnknownAi };
        return Err(ParseError::new(None, at, kind));
    };
    let spec = ai.spec();
    let max = spec.max();
    let start = at + ai.as_str().len();
    let rest = &raw[start..];
    let separator = rest.find(GS);
    let mut end = separator.unwrap_or(rest.len());
    if spec.predefined {
        let full = rest.char_indices().nth(max);
        end = end.min(full.map_or(rest.len(), |(end, _)| end));
    } else if spec.is_fixed() && end > max && rest.is_char_boundary(max) {
        push(elements, ai, &rest[..max], start, false)?;
        let (ai, kind) = (Some(ai.as_str()), Kind::MissingSeparator);
        return Err(ParseError::new(ai, start + max, kind));
    }
    let next = start + end;
    push(elements, ai, &rest[..end], start, next == raw.len())?;
    if spec.predefined || separator.is_none() {
        return Ok(next);
    }
    if next + 1 == raw.len() {
        return Err(ParseError::new(None, next, Kind::ExtraSeparator));
    }
    Ok(next + 1)
}

/// The digits of an identifier in brackets at the beginning of a text.
fn bracketed_ai(text: &str) -> Option<&str> {
    let (digits, _) = text.strip_prefix('(')?.split_once(')')?;
    let known_shape = (2..=4).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    known_shape.then_some(digits)
}

/// Whether a text is an opening bracket with digits whose rest was cut off.
fn bracketed_ai_is_cut(text: &str) -> bool {
    text.strip_prefix('(').is_some_and(|digits| digits.len() <= 4 && digits.bytes().all(|b| b.is_ascii_digit()))
}

/// A bracketed form's value from a byte position, and where the next element begins.
fn bracketed_value(hri: &str, start: usize) -> (String, usize) {
    let mut value = String::new();
    let mut at = start;
    while let Some(c) = hri[at..].chars().next() {
        let rest = &hri[at..];
        if rest.starts_with("\\(") {
            value.push('(');
            at += 2;
        } else if c == '(' && (bracketed_ai(rest).is_some() || bracketed_ai_is_cut(rest)) {
            break;
        } else {
            value.push(c);
            at += c.len_utf8();
        }
    }
    (value, at)
}

/// Adds a checked element. `last` says that the input ended with the value, so that a short value is a cut one.
fn push(elements: &mut Vec<Element>, ai: Ai, value: &str, start: usize, last: bool) -> Result<(), ParseError> {
    let fail = |at, kind| Err(ParseError::new(Some(ai.as_str()), start + at, kind));
    if elements.iter().any(|e| e.ai == ai) {
        return fail(0, Kind::Duplicate);
    }
    match ai.check(value) {
        Ok(()) => {}
        Err((at, Kind::TooShort { need, got })) if !last => {
            return fail(at, Kind::Incomplete { need, got });
        }
        Err((at, kind)) => return fail(at, kind),
    }
    let value = value.to_owned();
    elements.push(Element { ai, value });
    Ok(())
}
