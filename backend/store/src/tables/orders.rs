//! Orders of codes.

use super::convert::{int, limit, number, profile, profile_word, small, word};
use super::product;
use crate::db::{OnConflict, Row, Session, Sums, Table, Value, all, integer, one, text};
use crate::{OrderRecord, StoreError};
use shared::date::Timestamp;
use shared::party::PartyId;
use shared::seal::{KeyId, Profile};
use shared::series::{Range, SeriesId};
use shared::state::DocumentNo;

/// The table.
pub(crate) const ROWS: Table = Table {
    name: "orders",
    columns: &[
        integer("document"),
        integer("series"),
        integer("first"),
        integer("count"),
        text("profile"),
        text("key"),
        integer("party"),
        integer("at"),
        integer("swept"),
    ],
    conflict: OnConflict::Fail,
    sums: Sums::Row,
};

fn select(filter: &str) -> String {
    format!(
        "SELECT {}, {} FROM orders JOIN series ON series.id = orders.series JOIN product ON product.gtin = series.key
         WHERE {filter}",
        ROWS.list(),
        product::ROWS.list()
    )
}

fn of_row(row: &dyn Row) -> Result<OrderRecord, StoreError> {
    ROWS.check(row, 0)?;
    Ok(OrderRecord {
        order: DocumentNo(number(row, 0)?),
        range: Range { series: SeriesId(small(row, 1)?), first: number(row, 2)?, count: number(row, 3)? },
        profile: profile(row, 4)?,
        key: word(row, 5)?,
        party: PartyId(number(row, 6)?),
        at: Timestamp(row.int(7)?),
        swept: row.int(8)? != 0,
        product: product::required(row, ROWS.width())?,
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
    let values = [
        int(order.0),
        int(range.series.0.into()),
        int(range.first),
        int(range.count),
        Value::Text(profile_word(of)),
        Value::Text(key.as_str()),
        int(party.0),
        Value::Int(at.0),
        Value::Int(0),
    ];
    session.insert(&ROWS, &values)?;
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
    ROWS.change(session, ("document", int(order.0)), &[("swept", Value::Int(1))], |_| Ok(true))?;
    Ok(())
}
