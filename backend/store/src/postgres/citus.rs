//! Distributes the tables over the servers of a Citus cluster (docs/guides/growing.md).
//!
//! What grows with the goods is cut by `part`, and rows of one part lie together, so that a statement for one part is
//! answered by one server. What every decision looks up and is small is on every server. The rest stays with the
//! coordinator: it is written once a document and never joined to what is distributed.

use crate::StoreError;
use crate::db::{Session, Value, one};

/// Cut by their column `part`, the first as the one that the others lie beside.
const DISTRIBUTED: &[&str] = &["block", "page", "head", "body", "request", "sender", "serial"];

/// On every server.
const EVERYWHERE: &[&str] = &["meta", "series", "product", "party"];

/// Pieces that a distributed table is cut in: as many as there are parts at most.
const SHARDS: i64 = 64;

/// Whether the extension is in the database.
pub(super) fn is_present(session: &mut dyn Session) -> Result<bool, StoreError> {
    Ok(one(session, "SELECT 1 FROM pg_extension WHERE extname = 'citus'", &[], |row| row.int(0))?.is_some())
}

/// Distributes the tables that are not distributed yet.
pub(crate) fn distribute(session: &mut dyn Session) -> Result<(), StoreError> {
    let mut beside = "none";
    for table in DISTRIBUTED {
        if !is_distributed(session, table)? {
            // The number of pieces is that of the table it lies beside.
            let sql = match beside {
                "none" => format!(
                    "SELECT 1 FROM create_distributed_table('{table}', 'part', colocate_with => 'none',
                     shard_count => {SHARDS})"
                ),
                beside => {
                    format!("SELECT 1 FROM create_distributed_table('{table}', 'part', colocate_with => '{beside}')")
                }
            };
            session.query(&sql, &[], &mut |_| Ok(()))?;
        }
        if beside == "none" {
            beside = table;
        }
    }
    for table in EVERYWHERE {
        if !is_distributed(session, table)? {
            session.query(&format!("SELECT 1 FROM create_reference_table('{table}')"), &[], &mut |_| Ok(()))?;
        }
    }
    Ok(())
}

fn is_distributed(session: &mut dyn Session, table: &str) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM pg_dist_partition WHERE logicalrelid = ($1::text)::regclass";
    Ok(one(session, sql, &[Value::Text(table)], |row| row.int(0))?.is_some())
}
