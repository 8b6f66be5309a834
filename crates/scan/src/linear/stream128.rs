//! The characters of a Code 128 symbol to text (ISO/IEC 15417, 4.3).

use crate::charset::Bytes;
use crate::found::Message;

/// What separates GS1 elements in a text (GS1 General Specifications 7.8.3).
const SEPARATOR: u8 = 0x1d;
/// The interpretation of characters above 127.
const LATIN_1: u32 = 3;

/// Which characters the values stand for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Set {
    A,
    B,
    C,
}

/// The text of a symbol whose first value chooses the set; `None` if it says something that is no text.
pub(super) fn read(values: &[u8]) -> Option<Message> {
    let (start, data) = values.split_first()?;
    let mut set = match start {
        103 => Set::A,
        104 => Set::B,
        105 => Set::C,
        _ => return None,
    };
    let mut bytes = Bytes::default();
    bytes.interpret(LATIN_1);
    let mut gs1 = false;
    let mut shifted = None;
    // FNC4: once for the next character, twice for all until twice again.
    let (mut high, mut once) = (false, false);
    for (at, &value) in data.iter().enumerate() {
        let current = shifted.take().unwrap_or(set);
        match (current, value) {
            (_, 102) if at == 0 => gs1 = true,
            (_, 102) => bytes.push(SEPARATOR),
            (Set::C, 0..=99) => bytes.extend(&[b'0' + value / 10, b'0' + value % 10]),
            (Set::A | Set::B, 0..=95) => {
                let low = if current == Set::B || value < 64 { value + 32 } else { value - 64 };
                bytes.push(if high != once { low + 128 } else { low });
                once = false;
            }
            (Set::A, 98) => shifted = Some(Set::B),
            (Set::B, 98) => shifted = Some(Set::A),
            (Set::A | Set::B, 99) => set = Set::C,
            (Set::A | Set::C, 100) => set = Set::B,
            (Set::B | Set::C, 101) => set = Set::A,
            (Set::A, 101) | (Set::B, 100) => {
                (high, once) = if once { (!high, false) } else { (high, true) };
            }
            // FNC2 and FNC3: for the reader itself. Or no character at all.
            _ => return None,
        }
    }
    let text = bytes.into_text();
    (!text.is_empty()).then_some(Message { text, gs1 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_and_functions() {
        for (values, expected) in [
            (vec![104, 33, 66, 0], Some(("Ab ", false))),
            (vec![103, 33, 66, 0], Some(("A\u{2} ", false))),
            (vec![105, 0, 12, 99], Some(("001299", false))),
            (vec![105, 102, 1, 4, 60], Some(("010460", true))),
            (vec![105, 102, 10, 12, 102, 21, 100, 65], Some(("1012\u{1d}21a", true))),
            (vec![105, 10, 102, 21], Some(("10\u{1d}21", false))),
            (vec![104, 33, 98, 65, 34], Some(("A\u{1}B", false))),
            (vec![104, 33, 99, 12, 101, 64, 100, 65], Some(("A12\u{0}a", false))),
            (vec![104, 100, 41, 41], Some(("ÉI", false))),
            (vec![104, 100, 100, 41, 41, 100, 41, 100, 100, 41], Some(("ÉÉII", false))),
            (vec![104, 97, 33], None),
            (vec![104, 96, 33], None),
            (vec![104], None),
            (vec![105, 102], None),
            (vec![33, 33], None),
            (vec![], None),
        ] {
            let expected = expected.map(|(text, gs1): (&str, bool)| Message { text: text.to_owned(), gs1 });
            assert_eq!(read(&values), expected, "{values:?}");
        }
    }
}
