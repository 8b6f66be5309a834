//! Brings a database to the schema of this program.

use crate::StoreError;
use crate::db::{Session, Value, one};

macro_rules! migrations {
    ($($name:literal),+ $(,)?) => {
        /// Steps in order: name and statement.
        pub(crate) const MIGRATIONS: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("migrations/", $name, ".sql"))),)+];
    };
}

migrations![
    "0001_meta",
    "0002_sequence",
    "0003_head",
    "0004_head_by_document",
    "0005_head_bytes",
    "0006_page",
    "0007_page_bytes",
    "0008_block",
    "0009_block_bytes",
    "0010_body",
    "0011_request",
    "0012_sender",
    "0013_series",
    "0014_series_by_owner",
    "0015_product",
    "0016_serial",
    "0017_orders",
    "0018_orders_by_swept",
    "0019_orders_by_series",
    "0020_shipment",
    "0021_shipment_by_receiver",
    "0022_shipment_by_sender",
    "0023_shipment_by_due",
    "0024_party",
    "0025_report",
    "0026_report_photo",
    "0027_report_by_received",
    "0028_meta_sum",
    "0029_body_body_sum",
    "0030_body_sum",
    "0031_request_sum",
    "0032_sender_sum",
    "0033_series_sum",
    "0034_product_sum",
    "0035_serial_sum",
    "0036_orders_sum",
    "0037_shipment_sum",
    "0038_party_sum",
    "0039_report_photo_sum",
    "0040_report_sum",
    "0041_block_by_place",
    "0042_block_by_place_bytes",
    "0043_block_moved",
    "0044_block_dropped",
    "0045_block_renamed",
];

/// The advisory lock of migrations: `tanbam` in ASCII.
const LOCK: i64 = 0x74_61_6e_62_61_6d;

/// The right to change the schema, held by one session of all. The end of the session gives it up.
#[must_use]
pub(super) struct Lock;

impl Lock {
    pub(super) fn take(session: &mut dyn Session) -> Result<Self, StoreError> {
        // Another process may be building an index.
        session.execute("SET lock_timeout = 0", &[])?;
        session.execute("SET statement_timeout = 0", &[])?;
        session.query("SELECT 1 FROM pg_advisory_lock($1)", &[Value::Int(LOCK)], &mut |_| Ok(()))?;
        Ok(Self)
    }

    pub(super) fn release(self, session: &mut dyn Session) -> Result<(), StoreError> {
        session.query("SELECT 1 FROM pg_advisory_unlock($1)", &[Value::Int(LOCK)], &mut |_| Ok(()))
    }
}

/// Applies the steps that the database lacks, up to step `to`, each in its own transaction with its row. The session is
/// of no other use afterwards: it has no limits of time.
pub(crate) fn migrate(session: &mut dyn Session, to: usize) -> Result<(), StoreError> {
    let lock = Lock::take(session)?;
    let sql = "CREATE TABLE IF NOT EXISTS schema_step (step BIGINT PRIMARY KEY, name TEXT NOT NULL)";
    session.execute(sql, &[])?;
    let found = one(session, "SELECT coalesce(max(step), 0) FROM schema_step", &[], |row| row.int(0))?.unwrap_or(0);
    let found = usize::try_from(found).map_err(|_| StoreError::corrupt("the number of the schema"))?;
    if found > MIGRATIONS.len() {
        return Err(StoreError::TooNew { found, known: MIGRATIONS.len() });
    }
    for (done, (name, statement)) in MIGRATIONS.iter().enumerate().take(to).skip(found) {
        session.begin(true)?;
        session.execute(statement, &[])?;
        // There will not be 2⁶³ steps.
        let step = Value::Int((done + 1) as i64);
        session.execute("INSERT INTO schema_step (step, name) VALUES ($1, $2)", &[step, Value::Text(name)])?;
        session.commit()?;
    }
    lock.release(session)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_the_folder() {
        crate::db::steps::are_the_folder("postgres", MIGRATIONS);
    }
}
