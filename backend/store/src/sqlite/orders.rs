//! Orders of codes.

use super::Store;
use super::convert::{profile, profile_word, signed, unsigned};
use super::products::{COLUMNS, Columns};
use crate::{OrderRecord, StoreError};
use rusqlite::{Connection, OptionalExtension, params};
use shared::date::Timestamp;
use shared::document::Range;
use shared::party::PartyId;
use shared::seal::{KeyId, Profile};
use shared::state::DocumentNo;

/// Writes an order and moves the end of its series.
pub(super) fn insert(
    db: &Connection,
    order: DocumentNo,
    range: Range,
    of: Profile,
    key: KeyId,
) -> Result<(), StoreError> {
    let gtin = super::convert::gtin_key(range.gtin);
    db.prepare_cached(
        "INSERT INTO orders (document, gtin, first, count, profile, key) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![
        signed(order.0),
        gtin,
        signed(range.first),
        signed(range.count),
        profile_word(of),
        key.as_str()
    ])?;
    db.prepare_cached("UPDATE product SET issued = ?2 WHERE gtin = ?1")?
        .execute(params![gtin, signed(range.first.saturating_add(range.count))])?;
    Ok(())
}

impl Store {
    /// The order with this number.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn order(&self, order: DocumentNo) -> Result<Option<OrderRecord>, StoreError> {
        self.0.readers.read(|db| {
            let mut statement = db.prepare_cached(&format!(
                "SELECT {COLUMNS}, orders.first, orders.count, orders.profile, orders.key, document.party, document.at
                 FROM orders JOIN product USING (gtin) JOIN document ON document.number = orders.document
                 WHERE orders.document = ?1"
            ))?;
            let row = statement.query_row([signed(order.0)], |row| {
                let numbers = (row.get::<_, i64>(10)?, row.get::<_, i64>(11)?);
                let words = (row.get::<_, String>(12)?, row.get::<_, String>(13)?);
                Ok((Columns::of_row(row)?, numbers, words, row.get::<_, i64>(14)?, row.get::<_, i64>(15)?))
            });
            let Some((card, (first, count), (profile_of, key), party, at)) = row.optional()? else { return Ok(None) };
            let product = card.record()?.product;
            Ok(Some(OrderRecord {
                order,
                party: PartyId(unsigned(party)?),
                range: Range { gtin: product.gtin, first: unsigned(first)?, count: unsigned(count)? },
                profile: profile(&profile_of)?,
                key: super::convert::parsed(&key)?,
                product,
                at: Timestamp(at),
            }))
        })
    }
}
