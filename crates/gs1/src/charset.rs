//! Character sets of GS1 values (GenSpecs 7.11; Barcode Syntax Dictionary, component types `N`, `X`, `Y`, `Z`).

/// Which characters a value may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Charset {
    /// `N`: the digits.
    Numeric,
    /// `X`: GS1 AI encodable character set 82 (GenSpecs figure 7.11-1), the invariant part of ISO/IEC 646.
    Set82,
    /// `Y`: GS1 AI encodable character set 39 (GenSpecs figure 7.11-2).
    Set39,
    /// `Z`: GS1 AI encodable character set 64, file-safe base64 of RFC 4648 section 5, `=` only as padding at the end.
    Set64,
}

impl Charset {
    /// Whether the set holds the character, wherever it stands.
    pub const fn contains(self, c: char) -> bool {
        match self {
            Self::Numeric => c.is_ascii_digit(),
            Self::Set82 => c.is_ascii_alphanumeric() || matches!(c, '!' | '"' | '%'..='/' | ':'..='?' | '_'),
            Self::Set39 => c.is_ascii_digit() || c.is_ascii_uppercase() || matches!(c, '#' | '-' | '/'),
            Self::Set64 => c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '='),
        }
    }

    /// The first character that may not stand where it stands, with its byte position.
    ///
    /// ```
    /// use gs1::Charset;
    /// assert_eq!(Charset::Set82.offender("AB 1"), Some((2, ' ')));
    /// assert_eq!(Charset::Set64.offender("QUJDR="), None);
    /// assert_eq!(Charset::Set64.offender("Q=UI"), Some((1, '=')));
    /// ```
    pub fn offender(self, value: &str) -> Option<(usize, char)> {
        if let Some(found) = value.char_indices().find(|&(_, c)| !self.contains(c)) {
            return Some(found);
        }
        if self != Self::Set64 {
            return None;
        }
        // As the dictionary's linter has it: at most two, at the end, up to a multiple of three characters.
        let padding = value.find('=')?;
        let tail = &value[padding..];
        let right = tail.len() <= 2 && tail.chars().all(|c| c == '=') && value.len().is_multiple_of(3);
        (!right).then_some((padding, '='))
    }
}
