//! Product cards and their series.

use super::Store;
use super::convert::{gtin, gtin_key, parsed, signed, unsigned};
use crate::{SeriesRecord, StoreError};
use rusqlite::{Connection, OptionalExtension, Row, params};
use shared::gs1::Gtin;
use shared::party::PartyId;
use shared::product::{Names, Product};
use shared::state::DocumentNo;

/// Columns of a card, in the order that [`Columns::of_row`] reads.
pub(super) const COLUMNS: &str =
    "product.gtin, owner, product_group, name_kk, name_ru, name_en, manufacturer, importer, country, issued";

/// A row of `product` as it stands.
pub(super) struct Columns {
    gtin: i64,
    owner: i64,
    group: String,
    name: Names,
    manufacturer: String,
    importer: Option<String>,
    country: String,
    issued: i64,
}

impl Columns {
    /// Reads [`COLUMNS`] from the front of a row.
    pub(super) fn of_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            gtin: row.get(0)?,
            owner: row.get(1)?,
            group: row.get(2)?,
            name: Names { kk: row.get(3)?, ru: row.get(4)?, en: row.get(5)? },
            manufacturer: row.get(6)?,
            importer: row.get(7)?,
            country: row.get(8)?,
            issued: row.get(9)?,
        })
    }

    pub(super) fn record(self) -> Result<SeriesRecord, StoreError> {
        let product = Product {
            gtin: gtin(self.gtin)?,
            group: parsed(&self.group)?,
            name: self.name,
            manufacturer: self.manufacturer,
            importer: self.importer,
            country: self.country,
        };
        Ok(SeriesRecord { product, owner: PartyId(unsigned(self.owner)?), issued: unsigned(self.issued)? })
    }
}

/// The series of a GTIN.
pub(super) fn series(db: &Connection, of: Gtin) -> Result<Option<SeriesRecord>, StoreError> {
    let mut statement = db.prepare_cached(&format!("SELECT {COLUMNS} FROM product WHERE gtin = ?1"))?;
    statement.query_row([gtin_key(of)], Columns::of_row).optional()?.map(Columns::record).transpose()
}

/// Writes a new card.
pub(super) fn insert(db: &Connection, product: &Product, owner: PartyId, by: DocumentNo) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT INTO product (gtin, owner, document, product_group, name_kk, name_ru, name_en, manufacturer, importer,
            country) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?
    .execute(params![
        gtin_key(product.gtin),
        signed(owner.0),
        signed(by.0),
        product.group.as_str(),
        product.name.kk,
        product.name.ru,
        product.name.en,
        product.manufacturer,
        product.importer,
        product.country,
    ])?;
    Ok(())
}

impl Store {
    /// The series of a GTIN: its card, owner and how far it is issued.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn series(&self, of: Gtin) -> Result<Option<SeriesRecord>, StoreError> {
        self.0.readers.read(|db| series(db, of))
    }

    /// Cards by GTIN, after one, of one owner or of all.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn list_series(
        &self,
        owner: Option<PartyId>,
        after: Option<Gtin>,
        limit: usize,
    ) -> Result<Vec<SeriesRecord>, StoreError> {
        let after = after.map_or(-1, gtin_key);
        let limit = signed(limit as u64);
        self.0.readers.read(|db| {
            let filter = if owner.is_some() { "owner = ?3 AND" } else { "?3 IS NULL AND" };
            let mut statement = db.prepare_cached(&format!(
                "SELECT {COLUMNS} FROM product WHERE {filter} gtin > ?1 ORDER BY gtin LIMIT ?2"
            ))?;
            let rows = statement.query_map(params![after, limit, owner.map(|id| signed(id.0))], Columns::of_row)?;
            rows.map(|row| row?.record()).collect()
        })
    }
}
