//! Product cards.

use super::convert::{gtin, gtin_key, int, limit, number, small, word};
use super::series;
use crate::db::{OnConflict, Row, Session, Sums, Table, Value, all, integer, text};
use crate::{SeriesRecord, StoreError};
use shared::gs1::Gtin;
use shared::party::PartyId;
use shared::product::{Names, Product};
use shared::series::SeriesId;
use shared::state::DocumentNo;

/// The table.
pub(crate) const ROWS: Table = Table {
    name: "product",
    columns: &[
        integer("gtin"),
        integer("series"),
        integer("document"),
        text("product_group"),
        text("name_kk"),
        text("name_ru"),
        text("name_en"),
        text("manufacturer"),
        text("importer"),
        text("country"),
    ],
    conflict: OnConflict::Fail,
    sums: Sums::Row,
};

/// Reads a card from column `at` on; nothing if the row was joined to none.
pub(super) fn of_row(row: &dyn Row, at: usize) -> Result<Option<Product>, StoreError> {
    let Some(key) = row.opt_int(at)? else { return Ok(None) };
    ROWS.check(row, at)?;
    Ok(Some(Product {
        gtin: gtin(key)?,
        group: word(row, at + 3)?,
        name: Names { kk: row.text(at + 4)?, ru: row.text(at + 5)?, en: row.opt_text(at + 6)? },
        manufacturer: row.text(at + 7)?,
        importer: row.opt_text(at + 8)?,
        country: row.text(at + 9)?,
    }))
}

/// The card of a row that must have one.
pub(super) fn required(row: &dyn Row, at: usize) -> Result<Product, StoreError> {
    of_row(row, at)?.ok_or_else(|| StoreError::corrupt("the card of a series"))
}

/// Writes a new card.
///
/// # Errors
/// [`StoreError::Conflict`] if the GTIN has one.
pub(crate) fn insert(
    session: &mut dyn Session,
    series: SeriesId,
    product: &Product,
    document: DocumentNo,
) -> Result<(), StoreError> {
    let values = [
        Value::Int(gtin_key(product.gtin)),
        int(series.0.into()),
        int(document.0),
        Value::Text(product.group.as_str()),
        Value::Text(&product.name.kk),
        Value::Text(&product.name.ru),
        product.name.en.as_ref().into(),
        Value::Text(&product.manufacturer),
        product.importer.as_ref().into(),
        Value::Text(&product.country),
    ];
    session.insert(&ROWS, &values)?;
    Ok(())
}

/// Cards with their series by GTIN, after one, of one owner or of all.
pub(crate) fn list(
    session: &mut dyn Session,
    owner: Option<PartyId>,
    after: Option<Gtin>,
    most: usize,
) -> Result<Vec<SeriesRecord>, StoreError> {
    let after = Value::Int(after.map_or(-1, gtin_key));
    let columns = format!("{}, {}", series::ROWS.list(), ROWS.list());
    let read = |row: &dyn Row| {
        series::ROWS.check(row, 0)?;
        Ok(SeriesRecord {
            id: SeriesId(small(row, 0)?),
            owner: PartyId(number(row, 3)?),
            issued: number(row, 4)?,
            product: required(row, series::ROWS.width())?,
        })
    };
    match owner {
        Some(owner) => {
            let sql = format!(
                "SELECT {columns} FROM series JOIN product ON product.gtin = series.key
                 WHERE series.owner = $1 AND series.kind = 'issued' AND series.key > $2 ORDER BY series.key LIMIT $3"
            );
            all(session, &sql, &[int(owner.0), after, limit(most)], read)
        }
        None => {
            let sql = format!(
                "SELECT {columns} FROM product JOIN series ON series.id = product.series
                 WHERE product.gtin > $1 ORDER BY product.gtin LIMIT $2"
            );
            all(session, &sql, &[after, limit(most)], read)
        }
    }
}
