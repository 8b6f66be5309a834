//! From data codewords to text (ISO/IEC 18004, 7.4).

use crate::charset::Bytes;
use crate::found::Message;

/// What FNC1 becomes between elements (GS1 General Specifications 7.8.3).
const SEPARATOR: u8 = 0x1d;

/// Alphanumeric mode (ISO/IEC 18004, table 5).
const ALPHANUMERIC: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/// Reads the data codewords of a symbol of a version; `None` if they are no valid message, or an empty one.
pub(super) fn read(codewords: &[u8], version: u32) -> Option<Message> {
    let mut reader = Reader { codewords, at: 0, version, out: Bytes::default(), gs1: false, fnc1: false };
    while reader.left() >= 4 {
        match reader.take(4)? {
            0 => break,
            1 => reader.numeric()?,
            2 => reader.alphanumeric()?,
            // Structured append: this symbol is a part of a message and is given as it is.
            3 => reader.take(16).map(drop)?,
            4 => reader.bytes()?,
            5 => {
                reader.gs1 = true;
                reader.fnc1 = true;
            }
            7 => reader.interpretation()?,
            8 => reader.kanji()?,
            9 => reader.indicator()?,
            _ => return None,
        }
    }
    let gs1 = reader.gs1;
    let text = reader.out.into_text();
    (!text.is_empty()).then_some(Message { text, gs1 })
}

struct Reader<'a> {
    codewords: &'a [u8],
    /// In bits.
    at: usize,
    version: u32,
    out: Bytes,
    gs1: bool,
    /// Whether `%` in alphanumeric mode stands for FNC1 (ISO/IEC 18004, 7.4.8.2).
    fnc1: bool,
}

impl Reader<'_> {
    fn left(&self) -> usize {
        self.codewords.len() * 8 - self.at
    }

    fn take(&mut self, bits: usize) -> Option<u32> {
        if bits > self.left() {
            return None;
        }
        let mut value = 0;
        for position in self.at..self.at + bits {
            let bit = self.codewords[position / 8] >> (7 - position % 8) & 1;
            value = value << 1 | u32::from(bit);
        }
        self.at += bits;
        Some(value)
    }

    /// A count of characters, as long as the version says (ISO/IEC 18004, table 3).
    fn count(&mut self, small: usize, medium: usize, large: usize) -> Option<usize> {
        let bits = match self.version {
            0..=9 => small,
            10..=26 => medium,
            _ => large,
        };
        Some(self.take(bits)? as usize)
    }

    fn numeric(&mut self) -> Option<()> {
        let mut count = self.count(10, 12, 14)?;
        while count > 0 {
            let digits = count.min(3);
            let value = self.take([0, 4, 7, 10][digits])?;
            if value >= 10_u32.pow(digits as u32) {
                return None;
            }
            self.out.extend(format!("{value:0digits$}").as_bytes());
            count -= digits;
        }
        Some(())
    }

    fn alphanumeric(&mut self) -> Option<()> {
        let mut count = self.count(9, 11, 13)?;
        let mut characters = Vec::new();
        while count > 1 {
            let value = self.take(11)? as usize;
            characters.push(*ALPHANUMERIC.get(value / 45)?);
            characters.push(ALPHANUMERIC[value % 45]);
            count -= 2;
        }
        if count == 1 {
            characters.push(*ALPHANUMERIC.get(self.take(6)? as usize)?);
        }
        let mut rest = characters.as_slice();
        while let Some((&character, after)) = rest.split_first() {
            rest = after;
            let percent = self.fnc1 && character == b'%';
            if percent && rest.first() == Some(&b'%') {
                rest = &rest[1..];
                self.out.push(b'%');
            } else {
                self.out.push(if percent { SEPARATOR } else { character });
            }
        }
        Some(())
    }

    fn bytes(&mut self) -> Option<()> {
        let count = self.count(8, 16, 16)?;
        for _ in 0..count {
            let byte = self.take(8)?;
            self.out.push(byte as u8);
        }
        Some(())
    }

    /// Kanji are no part of any code here; each becomes U+FFFD, and what stands around them is kept.
    fn kanji(&mut self) -> Option<()> {
        let count = self.count(8, 10, 12)?;
        for _ in 0..count {
            self.take(13)?;
            self.out.extend("\u{fffd}".as_bytes());
        }
        Some(())
    }

    /// ISO/IEC 18004, 7.4.2.2.
    fn interpretation(&mut self) -> Option<()> {
        let first = self.take(8)?;
        let eci = match first {
            0..=0x7f => first,
            0x80..=0xbf => (first & 0x3f) << 8 | self.take(8)?,
            0xc0..=0xdf => (first & 0x1f) << 16 | self.take(16)?,
            _ => return None,
        };
        self.out.interpret(eci);
        Some(())
    }

    /// AIM application indicator, two digits or a letter (ISO/IEC 18004, 7.4.8.3).
    fn indicator(&mut self) -> Option<()> {
        self.fnc1 = true;
        let value = self.take(8)?;
        match value {
            0..=99 => self.out.extend(format!("{value:02}").as_bytes()),
            165..=190 | 197..=222 => self.out.push((value - 100) as u8),
            _ => return None,
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Packs (value, bits) pairs into codewords, filled up with zeros.
    fn pack(parts: &[(u32, usize)]) -> Vec<u8> {
        let mut bits: Vec<bool> =
            parts.iter().flat_map(|&(value, count)| (0..count).rev().map(move |bit| value >> bit & 1 == 1)).collect();
        bits.resize(bits.len().div_ceil(8) * 8, false);
        bits.chunks(8).map(|byte| byte.iter().fold(0, |byte, &bit| byte << 1 | u8::from(bit))).collect()
    }

    fn message(text: &str, gs1: bool) -> Option<Message> {
        Some(Message { text: text.to_owned(), gs1 })
    }

    #[test]
    fn modes() {
        let b = |byte: u8| (u32::from(byte), 8);
        for (name, parts, expected) in [
            ("numeric", vec![(1, 4), (8, 10), (12, 10), (345, 10), (67, 7), (0, 4)], message("01234567", false)),
            ("numeric too large", vec![(1, 4), (1, 10), (12, 4)], None),
            ("alphanumeric", vec![(2, 4), (5, 9), (462, 11), (1849, 11), (4, 6)], message("AC-44", false)),
            (
                "GS1",
                vec![(5, 4), (2, 4), (6, 9), (1, 11), (38 * 45 + 2, 11), (38 * 45 + 38, 11)],
                message("01\u{1d}2%", true),
            ),
            ("GS1 bytes", vec![(5, 4), (4, 4), (3, 8), b(b'1'), b(0x1d), b(b'2')], message("1\u{1d}2", true)),
            ("percent", vec![(2, 4), (2, 9), (38 * 45 + 38, 11)], message("%%", false)),
            ("bytes", vec![(4, 4), (2, 8), b(0xd2), b(0xa3)], message("ң", false)),
            ("ECI", vec![(7, 4), (7, 8), (4, 4), (1, 8), b(0xb6)], message("Ж", false)),
            ("ECI of two bytes", vec![(7, 4), (0x8000 | 26, 16), (4, 4), (1, 8), b(b'a')], message("a", false)),
            ("ECI unknown form", vec![(7, 4), (0xff, 8)], None),
            ("indicator", vec![(9, 4), (37, 8), (2, 4), (1, 9), (38, 6)], message("37\u{1d}", false)),
            ("kanji", vec![(8, 4), (1, 8), (0xd9f, 13), (4, 4), (1, 8), b(b'a')], message("\u{fffd}a", false)),
            ("part", vec![(3, 4), (0x12_34, 16), (4, 4), (1, 8), b(b'a')], message("a", false)),
            ("cut short", vec![(4, 4), (200, 8), b(b'a')], None),
            ("unknown mode", vec![(6, 4), (0, 4)], None),
            ("nothing", vec![(0, 4)], None),
        ] {
            assert_eq!(read(&pack(&parts), 1), expected, "{name}");
        }
        assert_eq!(read(&pack(&[(4, 4), (1, 16), b(b'a')]), 10), message("a", false));
        assert_eq!(read(&[], 1), None);
    }
}
