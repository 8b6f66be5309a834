//! Texts in one language, and how it writes days, times and money.

use locales::Locale;
use shared::date::{Date, Timestamp};

/// The texts in one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Text(pub(crate) Locale);

/// Kazakhstan keeps one time, UTC+05:00.
const OFFSET_MS: i64 = 5 * 3_600_000;

const NARROW_SPACE: char = '\u{202f}';

impl Text {
    /// The text of an id.
    pub(crate) fn of(self, id: &str) -> String {
        self.0.text(id)
    }

    /// The text of an id with its arguments.
    pub(crate) fn with(self, id: &str, args: &[(&str, &str)]) -> String {
        self.0.text_with(id, args)
    }

    /// The text of an id with a number that chooses the plural form.
    pub(crate) fn count(self, id: &str, number: usize) -> String {
        self.0.text_with_number(id, "count", i64::try_from(number).unwrap_or(i64::MAX))
    }

    /// The name of a value from `shared`, by its published spelling: `region-75`, `status-in-circulation`.
    pub(crate) fn named(self, scope: &str, value: &str) -> String {
        self.0.text(&format!("{scope}-{}", value.replace('_', "-")))
    }

    /// Which of the three names of a product is shown.
    pub(crate) fn name(self, names: &shared::wire::v1::products::NamesBody) -> String {
        match self.0 {
            Locale::Kk => names.kk.clone(),
            Locale::Ru => names.ru.clone(),
            Locale::En => names.en.clone().unwrap_or_else(|| names.ru.clone()),
        }
    }

    /// A day in words: `22 қараша 2026 ж.`
    pub(crate) fn day(self, date: Date) -> String {
        let text = date.to_string();
        let mut parts = text.splitn(3, '-');
        let (year, month, day) =
            (parts.next().unwrap_or_default(), parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let month = self.of(&format!("app-month-{month}"));
        self.with("app-day", &[("day", day.trim_start_matches('0')), ("month", &month), ("year", year)])
    }

    /// An instant: day and time in Kazakhstan.
    pub(crate) fn moment(self, at: Timestamp) -> String {
        self.with("app-moment", &[("day", &self.day(at.date())), ("time", &time(at))])
    }

    /// A price: `12 990,50 ₸`.
    pub(crate) fn price(self, tiyn: u64) -> String {
        let (whole, rest) = (tiyn / 100, tiyn % 100);
        let separator = if self.0 == Locale::En { '.' } else { ',' };
        let mut text = grouped(whole);
        if rest != 0 {
            text.push_str(&format!("{separator}{rest:02}"));
        }
        text + "\u{a0}₸"
    }
}

/// Time of day in Kazakhstan.
pub(crate) fn time(at: Timestamp) -> String {
    let minutes = (at.0 + OFFSET_MS).div_euclid(60_000).rem_euclid(24 * 60);
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// Digits in groups of three.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(NARROW_SPACE);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_are_grouped_and_show_tiyn_only_if_there_are_any() {
        for (tiyn, expected) in [
            (0, "0\u{a0}₸"),
            (99_900, "999\u{a0}₸"),
            (1_299_050, "12\u{202f}990,50\u{a0}₸"),
            (100_000_000, "1\u{202f}000\u{202f}000\u{a0}₸"),
        ] {
            assert_eq!(Text(Locale::Ru).price(tiyn), expected);
        }
        assert_eq!(Text(Locale::En).price(105), "1.05\u{a0}₸");
    }

    #[test]
    fn days_and_times_are_those_of_kazakhstan() {
        let at: Timestamp = "2026-11-22T19:05:00Z".parse().unwrap();
        assert_eq!(time(at), "00:05");
        assert_eq!(Text(Locale::En).day(at.date()), "23\u{a0}November 2026");
        assert!(Text(Locale::Kk).moment(at).contains("қараша"));
        assert!(Text(Locale::Ru).moment(at).contains("00:05"));
    }

    #[test]
    fn every_published_value_has_a_name_in_every_language() {
        use shared::code::{Issuer, MissingPart, Other};
        use shared::{group::ProductGroup, region::Region, report::ViolationKind, verdict};
        fn names<T: ToString>(scope: &'static str, all: &[T]) -> Vec<String> {
            all.iter().map(|value| format!("{scope}-{}", value.to_string().replace('_', "-"))).collect()
        }
        let ids = [
            names("verdict", verdict::Verdict::ALL),
            names("stop", verdict::Stop::ALL),
            names("status", shared::state::Status::ALL),
            names("withdrawal", shared::state::WithdrawalReason::ALL),
            names("group", ProductGroup::ALL),
            names("region", Region::ALL),
            names("report-kind", ViolationKind::ALL),
            names("result-issuer", Issuer::ALL),
            names("result-missing", MissingPart::ALL),
            names("result-other", Other::ALL),
            names("result-tail", shared::code::TailCheck::ALL),
        ];
        for locale in Locale::ALL {
            for id in ids.iter().flatten() {
                assert!(locale.has(id), "{}: {id}", locale.tag());
            }
        }
    }
}
