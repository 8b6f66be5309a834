//! What a transmission puts around the data.

use crate::GS;

/// A symbology identifier, `]d2`: what kind of symbol was read, and how (ISO/IEC 15424).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SymbologyId {
    /// The kind of symbol.
    pub letter: char,
    /// What the reader did; its meaning depends on the kind.
    pub modifier: char,
}

impl SymbologyId {
    /// The symbology's name; `None` for one that goods do not carry.
    pub fn name(self) -> Option<&'static str> {
        Some(match (self.letter, self.modifier) {
            ('d', '2' | '5') => "GS1 DataMatrix",
            ('d', _) => "Data Matrix",
            ('Q', '3' | '4') => "GS1 QR Code",
            ('Q', _) => "QR Code",
            ('C', '1') => "GS1-128",
            ('C', _) => "Code 128",
            ('e', _) => "GS1 DataBar",
            ('E', '4') => "EAN-8",
            ('E', _) => "EAN-13",
            ('J', '1') => "GS1 DotCode",
            ('J', _) => "DotCode",
            ('I', _) => "ITF",
            ('A', _) => "Code 39",
            ('L', _) => "PDF417",
            ('z', _) => "Aztec Code",
            _ => return None,
        })
    }

    /// Whether the symbol said that its data is an element string: FNC1 stood first.
    pub fn is_gs1(self) -> bool {
        matches!(
            (self.letter, self.modifier),
            ('d', '2' | '5') | ('Q', '3' | '4') | ('C' | 'J', '1') | ('e', '0'..='2')
        )
    }

    /// Whether the data is in the ECI protocol: `\` with six digits changes the meaning of bytes, and a backslash in the
    /// data is doubled.
    pub fn is_eci(self) -> bool {
        matches!((self.letter, self.modifier), ('d', '4'..='6') | ('Q', '2' | '4' | '6'))
    }
}

/// The place of a symbol in a sequence that holds one text together (structured append).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Append {
    /// The place, from 1.
    pub position: u8,
    /// How many symbols there are.
    pub total: u8,
}

/// A transmission taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// The symbology identifier, if it was sent.
    pub symbology: Option<SymbologyId>,
    /// The extended channel interpretation the data begins with: 26 is UTF-8.
    pub eci: Option<u32>,
    /// The place in a sequence, if the header was sent.
    pub append: Option<Append>,
    /// The data.
    pub text: String,
}

/// Takes a transmission apart. Headers are known as the protocol writes them (`\000026`) and as codewords passed through
/// as bytes (Data Matrix: 233 begins structured append, 241 an ECI; ISO/IEC 16022).
///
/// ```
/// let frame = gs1::reading::frame("]d5\\0000260104870001234560");
/// assert_eq!((frame.symbology.and_then(|id| id.name()), frame.eci), (Some("GS1 DataMatrix"), Some(26)));
/// assert_eq!(frame.text, "0104870001234560");
/// ```
pub fn frame(raw: &str) -> Frame {
    let text = bare(raw);
    let symbology = symbology(text);
    let mut text = strip(raw);
    let mut append = None;
    if let Some((found, rest)) = appended(text) {
        (append, text) = (Some(found), strip(rest));
    }
    let mut eci = None;
    let mut plain = text.to_owned();
    if let Some((number, rest)) = interpretation(text) {
        eci = Some(number);
        plain = strip(&rest).to_owned();
    } else if symbology.is_some_and(SymbologyId::is_eci) {
        plain = text.replace("\\\\", "\\");
    }
    Frame { symbology, eci, append, text: plain }
}

/// Takes off the line end a scanner sends after the data, the symbology identifier before it (`]d2`, `]Q3`, `]C1`, `]e0`
/// for GS1 symbols, others for the rest; ISO/IEC 15424), and the separator that stands for the leading FNC1.
pub(super) fn strip(text: &str) -> &str {
    let text = bare(text);
    let text = if symbology(text).is_some() { &text[3..] } else { text };
    text.trim_start_matches(GS)
}

fn bare(text: &str) -> &str {
    let text = text.trim_end_matches(['\r', '\n', '\t']);
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    text.trim_start_matches(GS)
}

fn symbology(text: &str) -> Option<SymbologyId> {
    match *text.as_bytes() {
        [b']', kind, modifier, ..] if kind.is_ascii_alphabetic() && modifier.is_ascii_alphanumeric() => {
            Some(SymbologyId { letter: char::from(kind), modifier: char::from(modifier) })
        }
        _ => None,
    }
}

/// A sequence header: codeword 233, a byte with the place and the number of symbols, two bytes that name the sequence.
fn appended(text: &str) -> Option<(Append, &str)> {
    let mut rest = text.strip_prefix('\u{e9}')?.chars();
    let place = u8::try_from(rest.next()?).ok()?;
    let append = Append { position: (place >> 4) + 1, total: 17 - (place & 15) };
    rest.nth(1)?;
    (append.position <= append.total && append.total <= 16).then_some((append, rest.as_str()))
}

/// An interpretation at the beginning, and the data after it.
fn interpretation(text: &str) -> Option<(u32, String)> {
    if let Some(rest) = text.strip_prefix('\\') {
        let digits = rest.get(..6).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
        return Some((digits.parse().ok()?, rest[6..].replace("\\\\", "\\")));
    }
    let mut rest = text.strip_prefix('\u{f1}')?.chars();
    let mut next = || rest.next().map(u32::from);
    let number = match next()? {
        first @ 1..=127 => first - 1,
        first @ 128..=191 => (first - 128) * 254 + 127 + next()?.checked_sub(1)?,
        _ => return None,
    };
    Some((number, rest.as_str().to_owned()))
}

/// The part of a text that begins like a code: a GTIN with its serial, or an identifier in brackets. What precedes it must
/// be more than a separator; what follows and no value may hold goes too.
pub(super) fn core(text: &str) -> Option<&str> {
    // From the first one on: of two codes neither is the one meant.
    let start = text.char_indices().map(|(at, _)| at).find(|&at| begins_like_a_code(&text[at..]))?;
    let is_left_over = |c: char| c != GS && (c.is_control() || "\"'`\u{bb}\u{201d}\u{2019}{}[]".contains(c));
    let end = text.trim_end_matches(is_left_over).len();
    let prefix = super::separators::plain(&text[..start]).unwrap_or_else(|| text[..start].to_owned());
    let is_noise = strip(&prefix).chars().any(|c| c != GS && !c.is_whitespace() && c != '\u{200b}' && c != '\u{2060}');
    // Under another layout the code is not Latin, and what precedes it is a symbology identifier.
    let is_latin = !text[start..].contains(super::keyboard::is_cyrillic);
    ((is_noise || end < text.len()) && is_latin && start < end).then(|| &text[start..end])
}

pub(super) fn begins_like_a_code(text: &str) -> bool {
    let rest = ["(01)", "[01]", "01"].iter().find_map(|ai| text.strip_prefix(ai));
    rest.and_then(|rest| rest.get(..14)).is_some_and(crate::has_check_digit)
}
