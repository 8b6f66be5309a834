//! ASCII encodation (ISO/IEC 16022, 5.2.3).

use crate::GS;

/// FNC1: first of all it says that the data is GS1's, later it separates.
const FNC1: u8 = 232;
/// The end of the data, when codewords are left over.
const PAD: u8 = 129;

/// The codewords of an exact form, with FNC1 before it. Element strings hold only ASCII, so every character has one.
pub(super) fn encode(exact: &str) -> Vec<u8> {
    let bytes = exact.as_bytes();
    let mut codewords = Vec::with_capacity(bytes.len() + 1);
    codewords.push(FNC1);
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let next = bytes.get(at + 1).filter(|next| next.is_ascii_digit());
        match next {
            Some(next) if byte.is_ascii_digit() => {
                codewords.push(130 + (byte - b'0') * 10 + (next - b'0'));
                at += 1;
            }
            _ if char::from(byte) == GS => codewords.push(FNC1),
            _ => codewords.push((byte & 0x7f) + 1),
        }
        at += 1;
    }
    codewords
}

/// Fills up to the capacity; all pad codewords but the first are scattered (ISO/IEC 16022, annex B.2: 253-state).
pub(super) fn pad(codewords: &mut Vec<u8>, capacity: usize) {
    if codewords.len() < capacity {
        codewords.push(PAD);
    }
    while codewords.len() < capacity {
        let place = codewords.len() + 1;
        let scattered = usize::from(PAD) + (149 * place) % 253 + 1;
        let wrapped = if scattered > 254 { scattered - 254 } else { scattered };
        codewords.push(wrapped as u8);
    }
}
