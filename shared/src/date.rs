//! Calendar dates and instants, always given by the caller.

use core::fmt;
use core::str::FromStr;
use time::format_description::well_known::Rfc3339;
use time::{OffsetDateTime, macros::format_description};

/// An instant: milliseconds since 1970-01-01T00:00:00Z. On the wire an RFC 3339 string in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(pub i64);

/// A day of the civil calendar, `YYYY-MM-DD` on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(pub(crate) time::Date);

/// The text is not a date or instant in the form its field asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a date of the form YYYY-MM-DD, nor an RFC 3339 instant")]
pub struct BadDate;

/// Kazakhstan keeps one time, UTC+05:00, since 1 March 2024; a "day" of a document is a day there.
const KAZAKHSTAN_OFFSET_SECONDS: i64 = 5 * 3600;

impl Timestamp {
    /// The day in Kazakhstan at this instant.
    pub fn date(self) -> Date {
        let seconds = self.0.div_euclid(1000).saturating_add(KAZAKHSTAN_OFFSET_SECONDS);
        Date(OffsetDateTime::from_unix_timestamp(seconds).map_or(time::Date::MAX, OffsetDateTime::date))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = OffsetDateTime::from_unix_timestamp_nanos(i128::from(self.0) * 1_000_000).map_err(|_| fmt::Error)?;
        f.write_str(&at.format(&Rfc3339).map_err(|_| fmt::Error)?)
    }
}

impl FromStr for Timestamp {
    type Err = BadDate;
    fn from_str(text: &str) -> Result<Self, BadDate> {
        let at = OffsetDateTime::parse(text, &Rfc3339).map_err(|_| BadDate)?;
        i64::try_from(at.unix_timestamp_nanos() / 1_000_000).map(Self).map_err(|_| BadDate)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), u8::from(self.0.month()), self.0.day())
    }
}

impl FromStr for Date {
    type Err = BadDate;
    fn from_str(text: &str) -> Result<Self, BadDate> {
        if text.len() != 10 {
            return Err(BadDate);
        }
        let form = format_description!("[year]-[month]-[day]");
        time::Date::parse(text, &form).map(Self).map_err(|_| BadDate)
    }
}

macro_rules! serde_as_text {
    ($name:ident, $format:literal) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
        #[cfg(feature = "openapi")]
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                utoipa::openapi::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .format(Some(utoipa::openapi::schema::SchemaFormat::Custom($format.into())))
                    .into()
            }
        }
        #[cfg(feature = "openapi")]
        impl utoipa::ToSchema for $name {
            fn name() -> std::borrow::Cow<'static, str> {
                std::borrow::Cow::Borrowed(stringify!($name))
            }
        }
    };
}
serde_as_text!(Timestamp, "date-time");
serde_as_text!(Date, "date");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_midnight_in_kazakhstan() {
        for (instant, day) in [
            ("2026-11-22T18:59:59Z", "2026-11-22"),
            ("2026-11-22T19:00:00Z", "2026-11-23"),
            ("2024-02-29T12:00:00+05:00", "2024-02-29"),
        ] {
            assert_eq!(instant.parse::<Timestamp>().unwrap().date().to_string(), day, "{instant}");
        }
    }

    #[test]
    fn only_real_days_in_the_one_form_are_dates() {
        for bad in ["2026-02-30", "2026-2-3", "26-02-03", "2026-02-03T00:00:00Z", "", "+026-01-01", "2026-13-01"] {
            assert!(bad.parse::<Date>().is_err(), "{bad}");
        }
        assert_eq!("2026-02-03".parse::<Date>().unwrap().to_string(), "2026-02-03");
    }
}
