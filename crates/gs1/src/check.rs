//! The check digit shared by GTIN, GLN, SSCC and the other numeric keys (GenSpecs 7.9.1).

/// The check digit for the digits of a key without it: weights 3 and 1 alternate from the right, the sum is completed to
/// a multiple of ten. `None` when there is nothing to check or something is not a digit.
///
/// ```
/// assert_eq!(gs1::check_digit("0487000123456"), Some(0));
/// assert_eq!(gs1::check_digit("48700x"), None);
/// ```
pub fn check_digit(digits_without_check: &str) -> Option<u8> {
    if digits_without_check.is_empty() {
        return None;
    }
    let mut sum = 0u8;
    for (place, byte) in digits_without_check.bytes().rev().enumerate() {
        if !byte.is_ascii_digit() {
            return None;
        }
        let weight = if place % 2 == 0 { 3 } else { 1 };
        sum = (sum + (byte - b'0') * weight) % 10;
    }
    Some((10 - sum) % 10)
}

/// Whether the text is digits and its last one is the check digit of the others.
pub fn has_check_digit(digits: &str) -> bool {
    digits
        .char_indices()
        .next_back()
        .is_some_and(|(at, last)| check_digit(&digits[..at]).is_some_and(|check| last == char::from(b'0' + check)))
}
