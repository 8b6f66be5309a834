//! Thirty-two bytes as 64 lower-case hexadecimal digits.

/// Prints bytes as lower-case hexadecimal digits.
pub(crate) fn print(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    text
}

/// Reads exactly 64 hexadecimal digits. Only lower case: every value has one
/// text form.
pub(crate) fn parse32(text: &str) -> Option<[u8; 32]> {
    let digits = text.as_bytes();
    if digits.len() != 64 {
        return None;
    }
    let mut bytes = [0; 32];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = digit(pair[0])? << 4 | digit(pair[1])?;
    }
    Some(bytes)
}

fn digit(character: u8) -> Option<u8> {
    match character {
        b'0'..=b'9' => Some(character - b'0'),
        b'a'..=b'f' => Some(character - b'a' + 10),
        _ => None,
    }
}

/// `#[serde(with = "hex::bytes32")]` for `[u8; 32]`.
pub(crate) mod bytes32 {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};
    use std::borrow::Cow;

    pub(crate) fn serialize<S: Serializer>(bytes: &[u8; 32], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&super::print(bytes))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<[u8; 32], D::Error> {
        let text = Cow::<str>::deserialize(from)?;
        super::parse32(&text).ok_or_else(|| D::Error::custom("64 lower-case hexadecimal digits expected"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_text_form() {
        let bytes: [u8; 32] = std::array::from_fn(|at| (at * 9) as u8);
        let text = print(&bytes);
        assert_eq!(parse32(&text), Some(bytes));
        assert_eq!(parse32(&text.to_uppercase()), None);
        assert_eq!(parse32(&text[1..]), None);
        assert_eq!(parse32(&text.replace('9', "é")), None);
    }
}
