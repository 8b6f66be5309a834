//! Check characters of keys, and the prefixes keys begin with.

use super::{Check, Fault, Prefix, code_lists, digits, whole};
use crate::Charset;

/// The check digit for the digits of a key without it: weights 3 and 1 alternate from the right, the sum is completed to
/// a multiple of ten (GenSpecs 7.9.1). `None` when there is nothing to check or something is not a digit.
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

/// `csum`: the last digit is the check digit of the others.
pub(super) fn check_sum(data: &str) -> Check {
    digits(data)?;
    whole(!data.is_empty(), Fault::TooShortForCheckDigit)?;
    if has_check_digit(data) { Ok(()) } else { Err((data.len() - 1, Fault::IncorrectCheckDigit)) }
}

/// The characters of a check pair, by value.
const PAIR: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// `csumalpha`: the last two characters are the check pair of the others (GenSpecs 7.9.5). Each character counts by its
/// place in set 82, weighted from the right by the primes in their order; the sum is taken modulo 1021.
pub(super) fn check_pair(data: &str) -> Check {
    let Some(end) = data.len().checked_sub(2) else {
        return Err((0, Fault::TooShortForCheckPair));
    };
    let bytes = data.as_bytes();
    if let Some(at) = bytes[..end].iter().position(|&byte| !Charset::Set82.contains(char::from(byte))) {
        return Err((at, Fault::InvalidCset82Character));
    }
    let (mut sum, mut prime) = (0u32, 1u32);
    for &byte in bytes[..end].iter().rev() {
        prime = (prime + 1..).find(|&n| (2..n).take_while(|d| d * d <= n).all(|d| n % d != 0)).unwrap_or(prime);
        let place = (0..byte).filter(|&other| Charset::Set82.contains(char::from(other))).count();
        sum = (sum + place as u32 * prime) % 1021;
    }
    let pair = [PAIR[(sum >> 5) as usize % 32], PAIR[sum as usize % 32]];
    if bytes[end..] == pair { Ok(()) } else { Err((end, Fault::IncorrectCheckPair)) }
}

/// `gcppos1`, `gcppos2`: a company prefix begins at a position, if a register is asked.
pub(super) fn prefix(data: &str, at: usize, register: &mut dyn FnMut(&str) -> Prefix) -> Check {
    match register(data.get(at..).unwrap_or_default()) {
        Prefix::Known => Ok(()),
        Prefix::Unknown => Err((at, Fault::InvalidGcpPrefix)),
        Prefix::Unreachable => Err((at, Fault::GcpDatasourceOffline)),
    }
}

/// `hasnondigit`: not digits alone.
pub(super) fn has_non_digit(data: &str) -> Check {
    whole(digits(data).is_err(), Fault::RequiresNonDigitCharacter)
}

/// `iban`: a bank account number (ISO 13616): a country, two check digits (ISO/IEC 7064, MOD 97-10), an account.
pub(super) fn iban(data: &str) -> Check {
    whole(data.len() > 4, Fault::IbanTooShort)?;
    whole(data.len() <= 34, Fault::IbanTooLong)?;
    whole(data.get(..2).is_some_and(|head| code_lists::country_letters(head).is_ok()), Fault::IllegalIbanCountryCode)?;
    let mut rest = 0u32;
    for at in (4..data.len()).chain(0..4) {
        let byte = data.as_bytes()[at];
        rest = match byte {
            b'0'..=b'9' => rest * 10 + u32::from(byte - b'0'),
            b'A'..=b'Z' => rest * 100 + u32::from(byte - b'A') + 10,
            _ => return Err((at, Fault::InvalidIbanCharacter)),
        } % 97;
    }
    if rest == 1 { Ok(()) } else { Err((2, Fault::IncorrectIbanChecksum)) }
}
