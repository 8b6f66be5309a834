//! The working days of Kazakhstan, for the terms that the law counts in them.
//!
//! The days are data, `shared/data/calendar.txt`, with the sources beside them; here is only the rule: Saturdays,
//! Sundays and holidays are days of rest, and a holiday that falls on one makes the next working day another (Labour
//! Code, article 84). A year without published moves is answered by the rule alone.

use crate::date::Date;
use std::sync::OnceLock;
use time::{Duration, Month, Weekday};

/// One fact of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fact {
    /// A day of rest of every year of a span.
    Yearly { month: Month, day: u8, first: i32, last: i32, moves: bool },
    /// A day of rest of one year.
    Once(time::Date),
    /// A day of rest that was moved to another date.
    Swap { from: time::Date, to: time::Date },
}

impl Fact {
    fn parse(line: &str) -> Option<Self> {
        let mut words = line.split_ascii_whitespace();
        let (kind, date) = (words.next()?, words.next()?);
        let civil = |text: &str| text.parse::<Date>().ok().map(|date| date.0);
        let fact = match (kind, words.next()) {
            ("stays", None) => Self::Once(civil(date)?),
            ("swap", Some(to)) => Self::Swap { from: civil(date)?, to: civil(to)? },
            ("moves" | "stays", Some(years)) => {
                let (month, day) = date.split_once('-')?;
                let (first, last) = years.split_once('-')?;
                Self::Yearly {
                    month: month.parse::<u8>().ok().and_then(|month| month.try_into().ok())?,
                    day: day.parse().ok()?,
                    first: first.parse().ok()?,
                    last: if last.is_empty() { i32::MAX } else { last.parse().ok()? },
                    moves: kind == "moves",
                }
            }
            _ => return None,
        };
        if words.next().is_some() { None } else { Some(fact) }
    }
}

fn lines() -> impl Iterator<Item = &'static str> {
    let text = include_str!("../data/calendar.txt");
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn facts() -> &'static [Fact] {
    static FACTS: OnceLock<Vec<Fact>> = OnceLock::new();
    // A test holds that each line is understood.
    FACTS.get_or_init(|| lines().filter_map(Fact::parse).collect())
}

/// Whether the day is one of rest by the week, a holiday of its own date, or a published move.
fn rests_by_itself(date: time::Date) -> bool {
    let mut rests = matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
    for fact in facts() {
        match *fact {
            Fact::Yearly { month, day, first, last, .. } => {
                rests |= (month, day) == (date.month(), date.day()) && (first..=last).contains(&date.year());
            }
            Fact::Once(day) => rests |= day == date,
            // Later in the list than what it changes.
            Fact::Swap { from, to } if from == date || to == date => rests = to == date,
            Fact::Swap { .. } => {}
        }
    }
    rests
}

/// The days of rest that follow the holidays of a year which fell on Saturday or Sunday, in order.
fn following(year: i32) -> Vec<time::Date> {
    let mut holidays: Vec<time::Date> = facts()
        .iter()
        .filter_map(|fact| match *fact {
            Fact::Yearly { month, day, first, last, moves: true } if (first..=last).contains(&year) => {
                time::Date::from_calendar_date(year, month, day).ok()
            }
            _ => None,
        })
        .filter(|holiday| matches!(holiday.weekday(), Weekday::Saturday | Weekday::Sunday))
        .collect();
    holidays.sort_unstable();
    let mut taken = Vec::with_capacity(holidays.len());
    for holiday in holidays {
        let next = core::iter::successors(holiday.next_day(), |day| day.next_day())
            .find(|day| !rests_by_itself(*day) && !taken.contains(day));
        taken.extend(next);
    }
    taken
}

/// Whether the day is a working day in Kazakhstan, in a week of five days.
pub fn is_working(date: Date) -> bool {
    // No holiday is so late in December that the day after it falls into another year.
    !rests_by_itself(date.0) && !following(date.0.year()).contains(&date.0)
}

/// The day on which a term of so many working days ends. The day of the event itself is not counted: a term begins on
/// the next calendar day (Civil Code, article 173).
pub fn add_working_days(from: Date, days: u32) -> Date {
    let (mut day, mut left) = (from.0, days);
    while left > 0 {
        // The calendar ends with the year 9999; a term does not go beyond it.
        let Some(next) = day.checked_add(Duration::DAY) else { break };
        day = next;
        left -= u32::from(is_working(Date(day)));
    }
    Date(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn each_line_is_understood() {
        for line in lines() {
            assert!(Fact::parse(line).is_some(), "{line}");
        }
        assert_eq!(lines().count(), facts().len());
        for bad in ["", "moves", "moves 01-01", "moves 13-01 2002-", "swap 2024-05-04", "stays 2024-06-16 2024- x"] {
            assert!(Fact::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn published_calendars_are_met() {
        // Weekdays of rest and weekends of work, by the calendars of holidays published on egov.kz.
        for (year, rest, work) in [
            (
                2024,
                &["01-01", "01-02", "03-08", "03-21", "03-22", "03-25", "05-01", "05-07", "05-08", "05-09"][..],
                &["05-04"][..],
            ),
            (2024, &["07-08", "08-30", "10-25", "12-16"], &[]),
            (2025, &["01-01", "01-02", "01-03", "01-07", "03-10", "03-21", "03-24", "03-25", "05-01"], &["01-05"]),
            (2025, &["05-07", "05-09", "06-06", "07-07", "09-01", "10-27", "12-16"], &[]),
            (2026, &["01-01", "01-02", "01-07", "03-09", "03-23", "03-24", "03-25", "05-01", "05-07"], &[]),
            (2026, &["05-11", "05-27", "07-06", "10-26", "12-16"], &[]),
        ] {
            let of = |day: &&str| date(&format!("{year}-{day}"));
            for day in rest.iter().map(of) {
                assert!(!is_working(day), "{day}");
            }
            for day in work.iter().map(of) {
                assert!(is_working(day), "{day}");
            }
        }
    }

    #[test]
    fn years_have_the_number_of_working_days_that_was_published() {
        let working = |year: i32| {
            let days =
                (1..=time::util::days_in_year(year)).map(|day| time::Date::from_ordinal_date(year, day).unwrap());
            days.filter(|day| is_working(Date(*day))).count()
        };
        // 248 by the balance of working time of 2024, which counted Kurban Ait on Monday, 17 June; it fell on a Sunday.
        assert_eq!(working(2024), 249);
        assert_eq!(working(2025), 246);
    }

    #[test]
    fn days_that_stay_are_followed_by_nothing() {
        for (day, works) in [
            ("2024-01-07", false),
            ("2024-01-08", true),
            ("2024-06-16", false),
            ("2024-06-17", true),
            ("2026-03-15", false),
            ("2026-03-16", true),
            ("2026-08-31", true),
            ("2027-03-15", false),
            ("2027-08-30", true),
            ("2028-01-03", false),
            ("2028-01-04", false),
            ("2028-01-05", true),
        ] {
            assert_eq!(is_working(date(day)), works, "{day}");
        }
    }

    #[test]
    fn terms_end_on_working_days() {
        for (from, days, end) in [
            ("2026-11-23", 0, "2026-11-23"),
            ("2026-11-23", 1, "2026-11-24"),
            ("2026-11-27", 1, "2026-11-30"),
            ("2026-11-28", 1, "2026-11-30"),
            // Nauryz: 21 and 22 March 2026 were a weekend, so 23, 24 and 25 March were days of rest.
            ("2026-03-20", 1, "2026-03-26"),
            ("2026-03-05", 15, "2026-04-01"),
            ("2026-12-31", 15, "2027-01-26"),
            // Work on Sunday, 5 January, for Friday, 3 January.
            ("2024-12-31", 1, "2025-01-05"),
            ("9999-12-30", 15, "9999-12-31"),
        ] {
            assert_eq!(add_working_days(date(from), days), date(end), "{from} + {days}");
        }
    }
}
