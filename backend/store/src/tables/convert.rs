//! Values of rows to values of the domain and back. What a row cannot hold is damage, never a default.

use crate::StoreError;
use crate::db::{Row, Value};
use shared::gs1::Gtin;
use shared::seal::Profile;

/// A GTIN as a row keeps it: fourteen digits are below 2⁶³.
pub(super) fn gtin_key(gtin: Gtin) -> i64 {
    gtin.as_str().parse().unwrap_or_default()
}

/// A GTIN from a row.
pub(super) fn gtin(key: i64) -> Result<Gtin, StoreError> {
    format!("{key:014}").parse().map_err(|_| StoreError::corrupt(format!("GTIN {key}")))
}

/// A count or number as a row keeps it. Numbers of series are below 2⁴⁰, documents and parties are counted.
pub(super) fn signed(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// The same as a parameter.
pub(super) fn int(value: u64) -> Value<'static> {
    Value::Int(signed(value))
}

/// A limit as a parameter.
pub(super) fn limit(value: usize) -> Value<'static> {
    int(value as u64)
}

/// A count or number from a row.
pub(super) fn number(row: &dyn Row, column: usize) -> Result<u64, StoreError> {
    let value = row.int(column)?;
    u64::try_from(value).map_err(|_| StoreError::corrupt(format!("number {value}")))
}

/// A number of 32 bits from a row.
pub(super) fn small(row: &dyn Row, column: usize) -> Result<u32, StoreError> {
    let value = row.int(column)?;
    u32::try_from(value).map_err(|_| StoreError::corrupt(format!("number {value}")))
}

/// A published spelling from a row.
pub(super) fn word<T: std::str::FromStr>(row: &dyn Row, column: usize) -> Result<T, StoreError> {
    let text = row.str(column)?.unwrap_or_default();
    text.parse().map_err(|_| StoreError::corrupt(format!("word {text:?}")))
}

/// The spelling of a profile.
pub(super) fn profile_word(profile: Profile) -> &'static str {
    match profile {
        Profile::Signed => "signed",
        Profile::Mac => "mac",
        Profile::Short => "short",
    }
}

/// A profile from a row.
pub(super) fn profile(row: &dyn Row, column: usize) -> Result<Profile, StoreError> {
    let word = row.text(column)?;
    [Profile::Signed, Profile::Mac, Profile::Short]
        .into_iter()
        .find(|profile| profile_word(*profile) == word)
        .ok_or_else(|| StoreError::corrupt(format!("profile {word:?}")))
}
