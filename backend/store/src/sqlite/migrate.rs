//! Brings a database to the schema of this program.

use crate::StoreError;
use rusqlite::{Connection, TransactionBehavior};

macro_rules! migrations {
    ($($name:literal),+ $(,)?) => {
        /// Steps in order: name and statement.
        pub(super) const MIGRATIONS: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("migrations/", $name, ".sql"))),)+];
    };
}

migrations![
    "0001_meta",
    "0002_sequence",
    "0003_head",
    "0004_page",
    "0005_block",
    "0006_body",
    "0007_request",
    "0008_sender",
    "0009_series",
    "0010_series_by_owner",
    "0011_product",
    "0012_serial",
    "0013_orders",
    "0014_orders_by_swept",
    "0015_orders_by_series",
    "0016_shipment",
    "0017_shipment_by_receiver",
    "0018_shipment_by_sender",
    "0019_shipment_by_due",
    "0020_party",
    "0021_report",
    "0022_report_by_received",
    "0023_meta_sum",
    "0024_body_body_sum",
    "0025_body_sum",
    "0026_request_sum",
    "0027_sender_sum",
    "0028_series_sum",
    "0029_product_sum",
    "0030_serial_sum",
    "0031_orders_sum",
    "0032_shipment_sum",
    "0033_party_sum",
    "0034_report_photo_sum",
    "0035_report_sum",
    "0036_block_by_place",
    "0037_block_moved",
    "0038_block_dropped",
    "0039_block_renamed",
];

/// Applies the steps that the database lacks, up to step `to`, each in its own transaction with its version.
pub(super) fn migrate(db: &mut Connection, to: usize) -> Result<(), StoreError> {
    let found: usize = db.pragma_query_value(None, "user_version", |row| row.get::<_, u32>(0))? as usize;
    if found > MIGRATIONS.len() {
        return Err(StoreError::TooNew { found, known: MIGRATIONS.len() });
    }
    for (done, (_, statement)) in MIGRATIONS.iter().enumerate().take(to).skip(found) {
        let step = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        step.execute_batch(statement)?;
        // There will not be four billion steps.
        step.pragma_update(None, "user_version", (done + 1) as u32)?;
        step.commit()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::trial::places::{BEFORE, are_found};
    use crate::sqlite::session::SqliteSession;

    fn schema(db: &Connection) -> String {
        let mut statement = db.prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid").unwrap();
        let rows = statement.query_map([], |row| row.get::<_, String>(0)).unwrap();
        rows.map(|sql| sql.unwrap() + ";\n").collect()
    }

    #[test]
    fn a_fresh_database_has_the_schema_on_file() {
        let mut db = Connection::open_in_memory().unwrap();
        migrate(&mut db, MIGRATIONS.len()).unwrap();
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/sqlite/schema.sql");
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(path, schema(&db)).unwrap();
        }
        assert_eq!(schema(&db), std::fs::read_to_string(path).unwrap());
    }

    #[test]
    fn from_every_version_the_way_leads_to_the_same_schema() {
        let mut fresh = Connection::open_in_memory().unwrap();
        migrate(&mut fresh, MIGRATIONS.len()).unwrap();
        for stop in 0..=MIGRATIONS.len() {
            let mut db = Connection::open_in_memory().unwrap();
            migrate(&mut db, stop).unwrap();
            migrate(&mut db, MIGRATIONS.len()).unwrap();
            assert_eq!(schema(&db), schema(&fresh), "stopped at {stop}");
        }
    }

    /// Steps 36 to 39 give blocks another key.
    #[test]
    fn blocks_from_before_places_are_found_by_theirs() {
        let mut db = Connection::open_in_memory().unwrap();
        migrate(&mut db, 35).unwrap();
        let sql = "INSERT INTO block (part, series, block, bytes) VALUES (?1, ?2, ?3, ?4)";
        for (n, (part, key)) in BEFORE.into_iter().enumerate() {
            db.execute(sql, (part, key.series.0, key.block, [n as u8])).unwrap();
        }
        migrate(&mut db, MIGRATIONS.len()).unwrap();
        are_found(&mut SqliteSession::new(db));
    }

    #[test]
    fn the_list_is_the_folder() {
        crate::db::steps::are_the_folder("sqlite", MIGRATIONS);
    }

    #[test]
    fn a_later_schema_is_left_alone() {
        let mut db = Connection::open_in_memory().unwrap();
        db.pragma_update(None, "user_version", 999).unwrap();
        assert!(matches!(migrate(&mut db, MIGRATIONS.len()), Err(StoreError::TooNew { found: 999, .. })));
    }

    /// Every column has a privacy word, and every word a column (DESIGN §7, 5).
    #[test]
    fn every_column_has_a_privacy_word() {
        let mut db = Connection::open_in_memory().unwrap();
        migrate(&mut db, MIGRATIONS.len()).unwrap();
        let mut statement = db
            .prepare(
                "SELECT s.name || '.' || c.name FROM sqlite_schema s JOIN pragma_table_info(s.name) c
                 WHERE s.type = 'table' AND s.name NOT LIKE 'sqlite_%' ORDER BY 1",
            )
            .unwrap();
        let rows = statement.query_map([], |row| row.get::<_, String>(0)).unwrap();
        let columns: Vec<String> = rows.map(|column| column.unwrap()).collect();

        let file = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/privacy.toml"));
        let mut table = "";
        let mut words = Vec::new();
        for line in file.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            match line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                Some(name) => table = name,
                None => {
                    let (column, word) = line.split_once(" = ").unwrap();
                    assert!(["\"public\"", "\"party\"", "\"secret\""].contains(&word), "{line}");
                    words.push(format!("{table}.{column}"));
                }
            }
        }
        words.sort();
        assert_eq!(words, columns);
    }
}
