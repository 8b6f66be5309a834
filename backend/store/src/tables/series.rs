//! Series of units and packages.

use super::convert::{int, number, small, word};
use super::product::{self, COLUMNS, WIDTH};
use crate::StoreError;
use crate::db::{Row, Session, Value, one};
use backend_ledger::Series;
use shared::party::PartyId;
use shared::series::{SeriesId, SeriesKind};
use std::sync::Arc;

/// A series with the card of its GTIN. The first ten digits of SSCCs are no GTIN, even if they look like one.
fn select(filter: &str) -> String {
    format!(
        "SELECT {COLUMNS}, series.id, series.kind, series.key, series.owner, series.issued
         FROM series LEFT JOIN product ON product.gtin = series.key AND series.kind <> 'packages' WHERE {filter}"
    )
}

fn of_row(row: &dyn Row) -> Result<(SeriesId, Series), StoreError> {
    let series = Series {
        kind: word(row, WIDTH + 1)?,
        key: number(row, WIDTH + 2)?,
        owner: PartyId(number(row, WIDTH + 3)?),
        issued: number(row, WIDTH + 4)?,
        product: product::of_row(row)?.map(Arc::new),
    };
    Ok((SeriesId(small(row, WIDTH)?), series))
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
    session.execute("INSERT INTO series (id, kind, key, owner, issued) VALUES ($1, $2, $3, $4, $5)", &values)?;
    Ok(())
}

/// Moves the end of a series: its numbers up to `issued` exist.
pub(crate) fn set_issued(session: &mut dyn Session, id: SeriesId, issued: u64) -> Result<(), StoreError> {
    let touched = session.execute("UPDATE series SET issued = $1 WHERE id = $2", &[int(issued), int(id.0.into())])?;
    if touched == 1 { Ok(()) } else { Err(StoreError::corrupt(format!("series {}", id.0))) }
}
