//! Series of units and packages.

use super::convert::{int, number, small, word};
use super::product;
use crate::StoreError;
use crate::db::{OnConflict, Row, Session, Sums, Table, Value, integer, one, text};
use backend_ledger::Series;
use shared::party::PartyId;
use shared::series::{SeriesId, SeriesKind};
use std::sync::Arc;

/// The table.
pub(crate) const ROWS: Table = Table {
    name: "series",
    columns: &[integer("id"), text("kind"), integer("key"), integer("owner"), integer("issued")],
    conflict: OnConflict::Fail,
    sums: Sums::Row,
};

/// A series with the card of its GTIN. The first ten digits of SSCCs are no GTIN, even if they look like one.
fn select(filter: &str) -> String {
    format!(
        "SELECT {}, {} FROM series
         LEFT JOIN product ON product.gtin = series.key AND series.kind <> 'packages' WHERE {filter}",
        ROWS.list(),
        product::ROWS.list()
    )
}

fn of_row(row: &dyn Row) -> Result<(SeriesId, Series), StoreError> {
    ROWS.check(row, 0)?;
    let series = Series {
        kind: word(row, 1)?,
        key: number(row, 2)?,
        owner: PartyId(number(row, 3)?),
        issued: number(row, 4)?,
        product: product::of_row(row, ROWS.width())?.map(Arc::new),
    };
    Ok((SeriesId(small(row, 0)?), series))
}

/// The series with this number.
pub(crate) fn get(session: &mut dyn Session, id: SeriesId) -> Result<Option<Series>, StoreError> {
    let found = one(session, &select("series.id = $1"), &[int(id.0.into())], of_row)?;
    Ok(found.map(|(_, series)| series))
}

/// The series with this key.
pub(crate) fn by_key(
    session: &mut dyn Session,
    kind: SeriesKind,
    key: u64,
) -> Result<Option<(SeriesId, Series)>, StoreError> {
    let values = [Value::Text(kind.as_str()), int(key)];
    one(session, &select("series.kind = $1 AND series.key = $2"), &values, of_row)
}

/// The number of the next new series.
pub(crate) fn next(session: &mut dyn Session) -> Result<u32, StoreError> {
    let next = one(session, "SELECT coalesce(max(id) + 1, 0) FROM series", &[], |row| small(row, 0))?;
    Ok(next.unwrap_or(0))
}

/// Writes a new series; its card is written apart.
///
/// # Errors
/// [`StoreError::Conflict`] if its number or key is taken.
pub(crate) fn insert(session: &mut dyn Session, id: SeriesId, series: &Series) -> Result<(), StoreError> {
    let values =
        [int(id.0.into()), Value::Text(series.kind.as_str()), int(series.key), int(series.owner.0), int(series.issued)];
    session.insert(&ROWS, &values)?;
    Ok(())
}

/// Moves the end of a series: its numbers up to `issued` exist.
pub(crate) fn set_issued(session: &mut dyn Session, id: SeriesId, issued: u64) -> Result<(), StoreError> {
    let is_there = ROWS.change(session, ("id", int(id.0.into())), &[("issued", int(issued))], |_| Ok(true))?;
    if is_there { Ok(()) } else { Err(StoreError::corrupt(format!("series {}", id.0))) }
}
