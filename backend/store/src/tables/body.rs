//! Bodies of documents as they were sent, and the facts of introductions.

use super::convert::int;
use crate::StoreError;
use crate::db::{OnConflict, Row, Session, Sums, Table, Value, integer, one, text};
use shared::state::DocumentNo;
use shared::wire::v1::products::FactsBody;

/// The table. A body may be large: an introduction that lists a million codes is not read for its facts.
pub(crate) const ROWS: Table = Table {
    name: "body",
    columns: &[integer("part"), integer("document"), text("body"), text("facts")],
    conflict: OnConflict::Fail,
    sums: Sums::RowAndLarge("body", "body_sum"),
};

/// Writes the body of a document.
pub(crate) fn insert(
    session: &mut dyn Session,
    part: i64,
    document: DocumentNo,
    body: Option<&str>,
    facts: Option<&str>,
) -> Result<(), StoreError> {
    let values = [Value::Int(part), int(document.0), body.into(), facts.into()];
    session.insert(&ROWS, &values)?;
    Ok(())
}

/// Writes the bodies of many documents that give no facts.
pub(crate) fn insert_many(session: &mut dyn Session, rows: &[(i64, DocumentNo, &str)]) -> Result<(), StoreError> {
    let values = |&(part, document, body): &(i64, DocumentNo, _)| {
        [Value::Int(part), int(document.0), Value::Text(body), Value::Null]
    };
    let values: Vec<Value<'_>> = rows.iter().flat_map(values).collect();
    session.insert(&ROWS, &values)?;
    Ok(())
}

/// The body of a document, if it was kept.
pub(crate) fn get(session: &mut dyn Session, part: i64, document: DocumentNo) -> Result<Option<String>, StoreError> {
    let sql = "SELECT body, body_sum FROM body WHERE part = $1 AND document = $2";
    let read = |row: &dyn Row| {
        ROWS.check_large(row, 0)?;
        row.opt_text(0)
    };
    Ok(one(session, sql, &[Value::Int(part), int(document.0)], read)?.flatten())
}

/// The facts that a document gave of its goods, if it gave any.
pub(crate) fn facts(
    session: &mut dyn Session,
    part: i64,
    document: DocumentNo,
) -> Result<Option<FactsBody>, StoreError> {
    let sql = format!("SELECT {} FROM body WHERE part = $1 AND document = $2", ROWS.list());
    let checked = |row: &dyn Row| {
        ROWS.check(row, 0)?;
        row.opt_text(1)
    };
    let text = one(session, &sql, &[Value::Int(part), int(document.0)], checked)?.flatten();
    let read = |text: String| {
        serde_json::from_str(&text).map_err(|_| StoreError::corrupt(format!("the facts of document {}", document.0)))
    };
    text.map(read).transpose()
}
