//! Dates of AIs 11 to 17 (GenSpecs 3.4; Syntax Dictionary linter `yymmd0`).

/// Whether the value is `YYMMDD` and names a day, or the whole month with day `00`.
///
/// Every fourth year is a leap year here: the century of a two-digit year moves with today's date (GenSpecs 7.12), which a
/// pure function does not know, and the one exception in reach, 1900, lies outside the window.
///
/// ```
/// assert!(gs1::is_date("280229"));
/// assert!(gs1::is_date("270200"));
/// assert!(!gs1::is_date("270229"));
/// ```
pub fn is_date(value: &str) -> bool {
    let bytes = value.as_bytes();
    if bytes.len() != 6 || !bytes.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let pair = |at: usize| (bytes[at] - b'0') * 10 + bytes[at + 1] - b'0';
    let (year, month, day) = (pair(0), pair(2), pair(4));
    let last = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 => 29,
        2 => 28,
        _ => return false,
    };
    day <= last
}
