//! Bytes of a symbol to text, by extended channel interpretation (AIM ITS/04-023).

/// UTF-8, the interpretation most encoders mean.
const UTF_8: u32 = 26;

/// The bytes of a message with the places at which its interpretation changes.
#[derive(Debug, Default)]
pub(crate) struct Bytes {
    bytes: Vec<u8>,
    changes: Vec<(usize, u32)>,
}

impl Bytes {
    pub(crate) fn push(&mut self, byte: u8) {
        self.bytes.push(byte);
    }

    pub(crate) fn extend(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    pub(crate) fn as_slice(&self) -> &[u8] {
        &self.bytes
    }

    /// From here on the bytes mean what interpretation `eci` says.
    pub(crate) fn interpret(&mut self, eci: u32) {
        self.changes.push((self.bytes.len(), eci));
    }

    /// The text; bytes that no table explains are taken one by one as ISO 8859-1, so nothing is lost.
    pub(crate) fn into_text(self) -> String {
        let mut text = String::with_capacity(self.bytes.len());
        let first = self.changes.first().map_or(self.bytes.len(), |change| change.0);
        text.push_str(&guess(&self.bytes[..first]));
        for (index, &(start, eci)) in self.changes.iter().enumerate() {
            let end = self.changes.get(index + 1).map_or(self.bytes.len(), |next| next.0);
            text.push_str(&convert(&self.bytes[start..end], eci));
        }
        text
    }
}

/// Without an interpretation the standards say ISO 8859-1; encoders write UTF-8 all the same.
fn guess(bytes: &[u8]) -> String {
    convert(bytes, UTF_8)
}

fn convert(bytes: &[u8], eci: u32) -> String {
    match eci {
        7 => bytes.iter().map(|&byte| iso_8859_5(byte)).collect(),
        22 => bytes.iter().map(|&byte| windows_1251(byte)).collect(),
        25 => utf_16(bytes),
        UTF_8 => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => latin_1(bytes),
        },
        _ => latin_1(bytes),
    }
}

fn latin_1(bytes: &[u8]) -> String {
    bytes.iter().map(|&byte| char::from(byte)).collect()
}

fn utf_16(bytes: &[u8]) -> String {
    let units = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
    char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

fn iso_8859_5(byte: u8) -> char {
    match byte {
        0xad => '\u{ad}',
        0xf0 => '№',
        0xfd => '§',
        0xa1..=0xff => char::from_u32(0x0400 + u32::from(byte - 0xa0)).unwrap_or('\u{fffd}'),
        _ => char::from(byte),
    }
}

fn windows_1251(byte: u8) -> char {
    const UPPER: [char; 64] = [
        'Ђ', 'Ѓ', '‚', 'ѓ', '„', '…', '†', '‡', '€', '‰', 'Љ', '‹', 'Њ', 'Ќ', 'Ћ', 'Џ', 'ђ', '‘', '’', '“', '”', '•',
        '–', '—', '\u{98}', '™', 'љ', '›', 'њ', 'ќ', 'ћ', 'џ', '\u{a0}', 'Ў', 'ў', 'Ј', '¤', 'Ґ', '¦', '§', 'Ё', '©',
        'Є', '«', '¬', '\u{ad}', '®', 'Ї', '°', '±', 'І', 'і', 'ґ', 'µ', '¶', '·', 'ё', '№', 'є', '»', 'ј', 'Ѕ', 'ѕ',
        'ї',
    ];
    match byte {
        0xc0..=0xff => char::from_u32(0x0410 + u32::from(byte - 0xc0)).unwrap_or('\u{fffd}'),
        0x80..=0xbf => UPPER[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn interpretations() {
        for (eci, bytes, expected) in [
            (None, b"abc".as_slice(), "abc"),
            (None, "таңба".as_bytes(), "таңба"),
            (None, b"\xe9t\xe9", "été"),
            (Some(3), b"\xe9", "é"),
            (Some(7), b"\xb6\xf1\xf0", "Жё№"),
            (Some(22), b"\xc6\xb8\xb9\xff", "Жё№я"),
            (Some(25), b"\x04\x16\x00a", "Жa"),
            (Some(26), b"\xff", "ÿ"),
            (Some(899), b"\x01\xff", "\u{1}ÿ"),
        ] {
            let mut message = Bytes::default();
            if let Some(eci) = eci {
                message.interpret(eci);
            }
            message.extend(bytes);
            assert_eq!(message.into_text(), expected, "{eci:?} {bytes:x?}");
        }
    }

    #[test]
    fn changes_inside() {
        let mut message = Bytes::default();
        message.extend(b"a");
        message.interpret(7);
        message.push(0xb6);
        message.interpret(26);
        message.extend("ң".as_bytes());
        assert_eq!(message.into_text(), "aЖң");
    }
}
