//! Serials that are not computed: those of participants and of other states.

use super::convert::{int, number};
use crate::StoreError;
use crate::db::{OnConflict, Row, Session, Sums, Table, Value, integer, one, text};
use shared::series::SeriesId;

/// The table.
pub(crate) const ROWS: Table = Table {
    name: "serial",
    columns: &[integer("part"), integer("series"), integer("number"), text("serial")],
    conflict: OnConflict::Fail,
    sums: Sums::Row,
};

fn select(filter: &str) -> String {
    format!("SELECT {} FROM serial WHERE part = $1 AND series = $2 AND {filter}", ROWS.list())
}

fn of_row(row: &dyn Row) -> Result<(u64, String), StoreError> {
    ROWS.check(row, 0)?;
    Ok((number(row, 1)?, row.text(2)?))
}

/// The number of a serial in its series.
pub(crate) fn get(
    session: &mut dyn Session,
    part: i64,
    series: SeriesId,
    serial: &str,
) -> Result<Option<u64>, StoreError> {
    let values = [Value::Int(part), int(series.0.into()), Value::Text(serial)];
    Ok(one(session, &select("serial = $3"), &values, of_row)?.map(|(number, _)| number))
}

/// The serial with a number in its series.
pub(crate) fn of_number(
    session: &mut dyn Session,
    part: i64,
    series: SeriesId,
    number: u64,
) -> Result<Option<String>, StoreError> {
    let values = [Value::Int(part), int(series.0.into()), int(number)];
    Ok(one(session, &select("number = $3"), &values, of_row)?.map(|(_, serial)| serial))
}

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
    let row = |(serial, number)| [Value::Int(part), int(series.0.into()), int(number), Value::Text(serial)];
    let values: Vec<Value<'_>> = serials.iter().map(String::as_str).zip(first..).flat_map(row).collect();
    session.insert(&ROWS, &values)?;
    Ok(())
}
