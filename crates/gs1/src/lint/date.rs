//! Dates and times of day (GenSpecs 3.4 and after).

use super::{Check, Fault, digits, whole};

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
    date(value, 2, true).is_ok()
}

/// `yymmdd`, `yymmd0`, `yyyymmdd`, `yyyymmd0`: a year of some digits, month, day; `no_day` lets the day be `00`.
pub(super) fn date(data: &str, year_digits: usize, no_day: bool) -> Check {
    length(data, year_digits + 4, Fault::DateTooShort, Fault::DateTooLong)?;
    digits(data)?;
    let number = |from: usize, to: usize| data[from..to].bytes().fold(0, |sum, byte| sum * 10 + u32::from(byte - b'0'));
    let year = number(0, year_digits);
    let (month, day) = (number(year_digits, year_digits + 2), number(year_digits + 2, year_digits + 4));
    let leap = year % 4 == 0 && (year_digits == 2 || year % 100 != 0 || year % 400 == 0);
    let last = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return Err((year_digits, Fault::IllegalMonth)),
    };
    let first = if no_day { 0 } else { 1 };
    if (first..=last).contains(&day) { Ok(()) } else { Err((year_digits + 2, Fault::IllegalDay)) }
}

/// `hh`: an hour.
pub(super) fn hour(data: &str) -> Check {
    length(data, 2, Fault::HourTooShort, Fault::HourTooLong)?;
    digits(data)?;
    whole(data < "24", Fault::IllegalHour)
}

/// `mi`: a minute.
pub(super) fn minute(data: &str) -> Check {
    length(data, 2, Fault::MinuteTooShort, Fault::MinuteTooLong)?;
    digits(data)?;
    whole(data < "60", Fault::IllegalMinute)
}

/// `ss`: a second.
pub(super) fn second(data: &str) -> Check {
    length(data, 2, Fault::SecondTooShort, Fault::SecondTooLong)?;
    digits(data)?;
    whole(data < "60", Fault::IllegalSecond)
}

/// `hhmi`: an hour and a minute.
pub(super) fn hour_and_minute(data: &str) -> Check {
    length(data, 4, Fault::HourWithMinuteTooShort, Fault::HourWithMinuteTooLong)?;
    digits(data)?;
    hour(&data[..2])?;
    minute(&data[2..]).map_err(|(at, fault)| (at + 2, fault))
}

fn length(data: &str, right: usize, short: Fault, long: Fault) -> Check {
    whole(data.len() >= right, short)?;
    whole(data.len() <= right, long)
}
