//! Product cards.

use super::convert::{gtin, gtin_key, int, limit, number, small, word};
use crate::db::{Row, Session, Value, all};
use crate::{SeriesRecord, StoreError};
use shared::gs1::Gtin;
use shared::party::PartyId;
use shared::product::{Names, Product};
use shared::series::SeriesId;
use shared::state::DocumentNo;

/// Columns of a card, in the order that [`of_row`] reads.
pub(super) const COLUMNS: &str = "product.gtin, product.product_group, product.name_kk, product.name_ru, \
    product.name_en, product.manufacturer, product.importer, product.country";

/// How many columns a card has.
pub(super) const WIDTH: usize = 8;

/// Reads [`COLUMNS`] from the front of a row; nothing if the row was joined to no card.
pub(super) fn of_row(row: &dyn Row) -> Result<Option<Product>, StoreError> {
    let Some(key) = row.opt_int(0)? else { return Ok(None) };
    Ok(Some(Product {
        gtin: gtin(key)?,
        group: word(row, 1)?,
        name: Names { kk: row.text(2)?, ru: row.text(3)?, en: row.opt_text(4)? },
        manufacturer: row.text(5)?,
        importer: row.opt_text(6)?,
        country: row.text(7)?,
    }))
}

/// The card of a row that must have one.
pub(super) fn required(row: &dyn Row) -> Result<Product, StoreError> {
    of_row(row)?.ok_or_else(|| StoreError::corrupt("the card of a series"))
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
    let sql = "INSERT INTO product (gtin, series, document, product_group, name_kk, name_ru, name_en, manufacturer,
        importer, country) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
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
    session.execute(sql, &values)?;
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
    let columns = format!("{COLUMNS}, series.id, series.owner, series.issued");
    let read = |row: &dyn Row| {
        Ok(SeriesRecord {
            product: required(row)?,
            id: SeriesId(small(row, WIDTH)?),
            owner: PartyId(number(row, WIDTH + 1)?),
            issued: number(row, WIDTH + 2)?,
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
