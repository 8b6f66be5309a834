//! What holds for the whole ledger, by name.

use crate::StoreError;
use crate::db::{OnConflict, Row, Session, Sums, Table, Value, all as every, one, text};

/// The table.
pub(crate) const ROWS: Table = Table {
    name: "meta",
    columns: &[text("name"), text("value")],
    conflict: OnConflict::Replace(&["name"]),
    sums: Sums::Row,
};

fn of_row(row: &dyn Row) -> Result<(String, String), StoreError> {
    ROWS.check(row, 0)?;
    Ok((row.text(0)?, row.text(1)?))
}

/// A setting.
pub(crate) fn get(session: &mut dyn Session, name: &str) -> Result<Option<String>, StoreError> {
    let sql = format!("SELECT {} FROM meta WHERE name = $1", ROWS.list());
    Ok(one(session, &sql, &[Value::Text(name)], of_row)?.map(|(_, value)| value))
}

/// Reads as little as can be read: the snapshot of a session is that of its first reading.
pub(crate) fn glance(session: &mut dyn Session) -> Result<(), StoreError> {
    session.query("SELECT 1 FROM meta LIMIT 1", &[], &mut |_| Ok(()))
}

/// All of them, in the order of names.
pub(crate) fn all(session: &mut dyn Session) -> Result<Vec<(String, String)>, StoreError> {
    every(session, &format!("SELECT {} FROM meta ORDER BY name", ROWS.list()), &[], of_row)
}

/// Writes a setting.
pub(crate) fn put(session: &mut dyn Session, name: &str, value: &str) -> Result<(), StoreError> {
    session.insert(&ROWS, &[Value::Text(name), Value::Text(value)])?;
    Ok(())
}
