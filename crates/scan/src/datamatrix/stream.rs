//! From data codewords to text (ISO/IEC 16022, 5.2.3 to 5.2.9).

use crate::charset::Bytes;
use crate::found::Message;

/// What FNC1 becomes between elements (GS1 General Specifications 7.8.3).
const SEPARATOR: u8 = 0x1d;
/// Ends C40, Text and X12 and goes back to ASCII.
const UNLATCH: u8 = 254;
/// Beginning and end of the messages that the two macro codewords stand for (ISO/IEC 15434).
const MACRO_HEADS: [&[u8]; 2] = [b"[)>\x1e05\x1d", b"[)>\x1e06\x1d"];
const MACRO_TAIL: &[u8] = b"\x1e\x04";

/// An encodation scheme (ISO/IEC 16022, table 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scheme {
    Ascii,
    C40,
    Text,
    X12,
    Edifact,
    Base256,
    End,
}

/// Reads the data codewords; `None` if they are no valid message, or an empty one.
pub(crate) fn read(codewords: &[u8]) -> Option<Message> {
    let mut reader = Reader { codewords, at: 0, first: 0, out: Bytes::default(), gs1: false, tail: false };
    let mut scheme = Scheme::Ascii;
    while scheme != Scheme::End && reader.at < codewords.len() {
        scheme = match scheme {
            Scheme::Ascii => reader.ascii()?,
            Scheme::C40 => reader.triples(basic_c40, shifted_c40)?,
            Scheme::Text => reader.triples(basic_text, shifted_text)?,
            Scheme::X12 => reader.x12()?,
            Scheme::Edifact => reader.edifact(),
            Scheme::Base256 => reader.base256()?,
            Scheme::End => Scheme::End,
        };
    }
    if reader.tail {
        reader.out.extend(MACRO_TAIL);
    }
    let gs1 = reader.gs1;
    let text = reader.out.into_text();
    (!text.is_empty()).then_some(Message { text, gs1 })
}

struct Reader<'a> {
    codewords: &'a [u8],
    at: usize,
    /// Where the data begin: after the four codewords of a structured append, if there are any.
    first: usize,
    out: Bytes,
    gs1: bool,
    tail: bool,
}

impl Reader<'_> {
    fn next(&mut self) -> Option<u8> {
        let codeword = self.codewords.get(self.at).copied()?;
        self.at += 1;
        Some(codeword)
    }

    fn left(&self) -> usize {
        self.codewords.len() - self.at
    }

    /// FNC1 at the very beginning marks GS1 data; after one letter or two digits it belongs to an AIM application
    /// indicator; elsewhere it separates elements (ISO/IEC 16022, 5.2.4.6).
    fn fnc1(&mut self) {
        let before = self.out.as_slice();
        let indicator = match before {
            [letter] => letter.is_ascii_alphabetic(),
            [ten, one] => ten.is_ascii_digit() && one.is_ascii_digit() && !self.gs1,
            _ => false,
        };
        if before.is_empty() && !self.gs1 {
            self.gs1 = true;
        } else if !indicator || self.gs1 {
            self.out.push(SEPARATOR);
        }
    }

    fn ascii(&mut self) -> Option<Scheme> {
        let mut upper = 0;
        while let Some(codeword) = self.next() {
            match codeword {
                1..=128 => {
                    self.out.push(codeword - 1 + upper);
                    upper = 0;
                }
                129 => return self.is_padded().then_some(Scheme::End),
                130..=229 => {
                    let value = codeword - 130;
                    self.out.extend(&[b'0' + value / 10, b'0' + value % 10]);
                }
                230 => return Some(Scheme::C40),
                231 => return Some(Scheme::Base256),
                232 => self.fnc1(),
                233 if self.at == 1 => {
                    // Structured append: this symbol is a part of a message and is given as it is.
                    self.at = 4;
                    self.first = 4;
                }
                // Reader programming has no meaning here.
                234 => {}
                235 => upper = 128,
                236 | 237 if self.at == self.first + 1 => {
                    self.out.extend(MACRO_HEADS[usize::from(codeword - 236)]);
                    self.tail = true;
                }
                238 => return Some(Scheme::X12),
                239 => return Some(Scheme::Text),
                240 => return Some(Scheme::Edifact),
                241 => self.interpretation()?,
                // Some encoders close a message with one more unlatch.
                UNLATCH if self.left() == 0 => {}
                _ => return None,
            }
        }
        Some(Scheme::End)
    }

    /// Whether what follows the first pad is padding (ISO/IEC 16022, annex B.1). Data that end otherwise were corrected to
    /// something that no encoder wrote.
    fn is_padded(&self) -> bool {
        (self.at..self.codewords.len()).all(|index| {
            let pad = 129 + 149 * (index + 1) % 253 + 1;
            // Some encoders write the highest pad as 0.
            let codeword = usize::from(self.codewords[index]);
            codeword == pad || codeword + 254 == pad
        })
    }

    /// ISO/IEC 16022, 5.4.1.
    fn interpretation(&mut self) -> Option<()> {
        let first = u32::from(self.next()?);
        let eci = match first {
            1..=127 => first - 1,
            128..=191 => (first - 128) * 254 + 127 + u32::from(self.next()?.checked_sub(1)?),
            192..=207 => {
                let second = u32::from(self.next()?.checked_sub(1)?);
                let third = u32::from(self.next()?.checked_sub(1)?);
                (first - 192) * 64_516 + 16_383 + second * 254 + third
            }
            _ => return None,
        };
        self.out.interpret(eci);
        Some(())
    }

    /// The next three values of C40, Text or X12; `None` at the end of the scheme.
    fn triple(&mut self) -> Option<[u8; 3]> {
        if self.left() < 2 {
            // A single codeword left over is ASCII.
            if self.codewords.last() == Some(&UNLATCH) {
                self.at = self.codewords.len();
            }
            return None;
        }
        let high = self.next()?;
        if high == UNLATCH {
            return None;
        }
        let value = (u16::from(high) * 256 + u16::from(self.next()?)).saturating_sub(1);
        Some([(value / 1600) as u8, (value / 40 % 40) as u8, (value % 40) as u8])
    }

    /// C40 and Text (ISO/IEC 16022, annex C, table C.1 and C.2).
    fn triples(&mut self, basic: fn(u8) -> u8, third: fn(u8) -> u8) -> Option<Scheme> {
        let mut shift = 0;
        let mut upper = 0;
        while let Some(values) = self.triple() {
            for value in values {
                let byte = match (shift, value) {
                    (0, 0..=2) => {
                        shift = value + 1;
                        continue;
                    }
                    (0, 3..=39) => basic(value),
                    (1, 0..=31) => value,
                    (2, 0..=26) => SHIFT_2[usize::from(value)],
                    (2, 27) => {
                        self.fnc1();
                        shift = 0;
                        continue;
                    }
                    (2, 30) => {
                        upper = 128;
                        shift = 0;
                        continue;
                    }
                    (3, 0..=31) => third(value),
                    _ => return None,
                };
                self.out.push(byte + upper);
                upper = 0;
                shift = 0;
            }
        }
        Some(Scheme::Ascii)
    }

    /// ISO/IEC 16022, 5.2.7.
    fn x12(&mut self) -> Option<Scheme> {
        while let Some(values) = self.triple() {
            for value in values {
                self.out.push(match value {
                    0 => b'\r',
                    1 => b'*',
                    2 => b'>',
                    3 => b' ',
                    4..=13 => b'0' + (value - 4),
                    14..=39 => b'A' + (value - 14),
                    _ => return None,
                });
            }
        }
        Some(Scheme::Ascii)
    }

    /// ISO/IEC 16022, 5.2.8: four values of six bits in three codewords; one or two codewords at the end are ASCII.
    fn edifact(&mut self) -> Scheme {
        while self.left() > 2 {
            let bits = self.codewords[self.at..self.at + 3].iter().fold(0, |bits, &byte| bits << 8 | u32::from(byte));
            for index in 0..4 {
                let value = (bits >> (18 - 6 * index) & 0x3f) as u8;
                if value == 0x1f {
                    // The rest of the codeword in which the unlatch ends is void.
                    self.at += (index + 1) * 6_usize / 8 + usize::from(index != 3);
                    return Scheme::Ascii;
                }
                self.out.push(if value & 0x20 == 0 { value | 0x40 } else { value });
            }
            self.at += 3;
        }
        Scheme::Ascii
    }

    /// ISO/IEC 16022, 5.2.9 and annex B.2.
    fn base256(&mut self) -> Option<Scheme> {
        let first = self.derandomised()?;
        let length = match first {
            0 => self.left(),
            1..=249 => usize::from(first),
            _ => 250 * (usize::from(first) - 249) + usize::from(self.derandomised()?),
        };
        for _ in 0..length {
            let byte = self.derandomised()?;
            self.out.push(byte);
        }
        Some(Scheme::Ascii)
    }

    fn derandomised(&mut self) -> Option<u8> {
        let codeword = self.next()?;
        let pseudo_random = (149 * self.at % 255 + 1) as u8;
        Some(codeword.wrapping_sub(pseudo_random))
    }
}

const SHIFT_2: &[u8; 27] = b"!\"#$%&'()*+,-./:;<=>?@[\\]^_";

fn basic_c40(value: u8) -> u8 {
    match value {
        3 => b' ',
        4..=13 => b'0' + (value - 4),
        _ => b'A' + (value - 14),
    }
}

fn basic_text(value: u8) -> u8 {
    basic_c40(value).to_ascii_lowercase()
}

fn shifted_c40(value: u8) -> u8 {
    b'`' + value
}

fn shifted_text(value: u8) -> u8 {
    shifted_c40(value).to_ascii_uppercase()
}

#[cfg(test)]
mod tests;
