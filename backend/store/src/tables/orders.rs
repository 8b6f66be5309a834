//! Orders of codes.

use super::convert::{int, limit, number, profile, profile_word, small, word};
use super::product::{COLUMNS, WIDTH, required};
use crate::db::{Row, Session, Value, all, one};
use crate::{OrderRecord, StoreError};
use shared::date::Timestamp;
use shared::party::PartyId;
use shared::seal::{KeyId, Profile};
use shared::series::{Range, SeriesId};
use shared::state::DocumentNo;

fn select(filter: &str) -> String {
    format!(
        "SELECT {COLUMNS}, orders.document, orders.series, orders.first, orders.count, orders.profile, orders.key,
            orders.party, orders.at, orders.swept
         FROM orders JOIN series ON series.id = orders.series JOIN product ON product.gtin = series.key WHERE {filter}"
    )
}

fn of_row(row: &dyn Row) -> Result<OrderRecord, StoreError> {
    Ok(OrderRecord {
        product: required(row)?,
        order: DocumentNo(number(row, WIDTH)?),
        range: Range {
            series: SeriesId(small(row, WIDTH + 1)?),
            first: number(row, WIDTH + 2)?,
            count: number(row, WIDTH + 3)?,
        },
        profile: profile(row, WIDTH + 4)?,
        key: word(row, WIDTH + 5)?,
        party: PartyId(number(row, WIDTH + 6)?),
        at: Timestamp(row.int(WIDTH + 7)?),
        swept: row.int(WIDTH + 8)? != 0,
    })
}

/// Writes an order.
pub(crate) fn insert(
    session: &mut dyn Session,
    order: DocumentNo,
    range: Range,
    of: Profile,
    key: KeyId,
    party: PartyId,
    at: Timestamp,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO orders (document, series, first, count, profile, key, party, at, swept)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0)";
    let values = [
        int(order.0),
        int(range.series.0.into()),
        int(range.first),
        int(range.count),
        Value::Text(profile_word(of)),
        Value::Text(key.as_str()),
        int(party.0),
        Value::Int(at.0),
    ];
    session.execute(sql, &values)?;
    Ok(())
}

/// The order with this number.
pub(crate) fn get(session: &mut dyn Session, order: DocumentNo) -> Result<Option<OrderRecord>, StoreError> {
    one(session, &select("orders.document = $1"), &[int(order.0)], of_row)
}

/// The order that a number of a series was given out on.
pub(crate) fn of_number(
    session: &mut dyn Session,
    series: SeriesId,
    number: u64,
) -> Result<Option<OrderRecord>, StoreError> {
    let sql = select("orders.series = $1 AND orders.first <= $2 ORDER BY orders.first DESC LIMIT 1");
    let found = one(session, &sql, &[int(series.0.into()), int(number)], of_row)?;
    Ok(found.filter(|order| number < order.range.end()))
}

/// Orders made before a moment whose codes have not been looked through for those not applied in time, oldest first.
pub(crate) fn unswept(
    session: &mut dyn Session,
    before: Timestamp,
    most: usize,
) -> Result<Vec<OrderRecord>, StoreError> {
    let sql = select("orders.swept = 0 AND orders.at < $1 ORDER BY orders.at, orders.document LIMIT $2");
    all(session, &sql, &[Value::Int(before.0), limit(most)], of_row)
}

/// Notes that the codes of an order have been looked through.
pub(crate) fn set_swept(session: &mut dyn Session, order: DocumentNo) -> Result<(), StoreError> {
    session.execute("UPDATE orders SET swept = 1 WHERE document = $1", &[int(order.0)])?;
    Ok(())
}
