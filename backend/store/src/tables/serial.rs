//! Serials that are not computed: those of participants and of other states.

use super::convert::{int, number};
use crate::StoreError;
use crate::db::{Insert, Kind, OnConflict, Session, Value, one};
use shared::series::SeriesId;

/// The number of a serial in its series.
pub(crate) fn get(
    session: &mut dyn Session,
    part: i64,
    series: SeriesId,
    serial: &str,
) -> Result<Option<u64>, StoreError> {
    let sql = "SELECT number FROM serial WHERE part = $1 AND series = $2 AND serial = $3";
    one(session, sql, &[Value::Int(part), int(series.0.into()), Value::Text(serial)], |row| number(row, 0))
}

/// The serial with a number in its series.
pub(crate) fn of_number(
    session: &mut dyn Session,
    part: i64,
    series: SeriesId,
    number: u64,
) -> Result<Option<String>, StoreError> {
    let sql = "SELECT serial FROM serial WHERE part = $1 AND series = $2 AND number = $3";
    one(session, sql, &[Value::Int(part), int(series.0.into()), int(number)], |row| row.text(0))
}

const ROWS: Insert = Insert {
    table: "serial",
    columns: &[("part", Kind::Int), ("series", Kind::Int), ("serial", Kind::Text), ("number", Kind::Int)],
    conflict: OnConflict::Fail,
};

/// Writes serials with their numbers, from `first` on.
///
/// # Errors
/// [`StoreError::Conflict`] if the series has one of them already.
pub(crate) fn insert(
    session: &mut dyn Session,
    part: i64,
    series: SeriesId,
    serials: &[String],
    first: u64,
) -> Result<(), StoreError> {
    let row = |(serial, number)| [Value::Int(part), int(series.0.into()), Value::Text(serial), int(number)];
    let values: Vec<Value<'_>> = serials.iter().map(String::as_str).zip(first..).flat_map(row).collect();
    session.insert(&ROWS, &values)?;
    Ok(())
}
