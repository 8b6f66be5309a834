//! A row per event: five in the life of each code, written in the order of time, found by code and by document.

use super::{Server, codes::key};
use crate::measure::{Latency, in_turn, progress};
use crate::world::pick;
use anyhow::{Result, ensure};
use serde::{Deserialize, Serialize};
use std::io::Write as _;

/// What was measured.
#[derive(Serialize, Deserialize)]
pub(crate) struct Events {
    pub(crate) bytes_per_event: f64,
    pub(crate) history: Latency,
}

/// Emitted, applied, shipped, accepted, sold.
const LIFE: u64 = 5;

pub(crate) fn measure(server: &Server, rows: u64) -> Result<Events> {
    let codes = rows / LIFE;
    progress(&format!("PostgreSQL: {} events, a row each", codes * LIFE));
    let mut client = server.connect()?;
    client.batch_execute(
        "CREATE TABLE events (ts timestamptz NOT NULL, type smallint NOT NULL, gtin int8 NOT NULL, serial text NOT NULL,
         actor int NOT NULL, other int NOT NULL, doc int8 NOT NULL)",
    )?;
    let mut copy = client.copy_in("COPY events FROM STDIN")?;
    let mut lines = String::new();
    for kind in 1..=LIFE {
        for at in 0..codes {
            // Sold one by one, in receipts of three; before that moved by orders and pallets.
            let (code, document) = match kind {
                1 | 2 => (at, kind * 1_000_000_000 + at / 500),
                3 | 4 => (at, kind * 1_000_000_000 + at / 1000),
                _ => (at * 7919 % codes, kind * 1_000_000_000 + at / 3),
            };
            let ((gtin, serial), minute) = (key(code), at * 1440 / codes);
            let (hour, minute, actor) = (minute / 60, minute % 60, 1 + pick(document, 200_000));
            std::fmt::Write::write_fmt(
                &mut lines,
                format_args!(
                    "2026-0{kind}-01 {hour}:{minute:02}+00\t{kind}\t{gtin}\t{serial}\t{actor}\t0\t{document}\n"
                ),
            )?;
            if lines.len() > 1 << 20 {
                copy.write_all(lines.as_bytes())?;
                lines.clear();
            }
        }
    }
    copy.write_all(lines.as_bytes())?;
    copy.finish()?;
    for sql in ["CREATE INDEX ON events (gtin, serial, ts)", "CREATE INDEX ON events (doc)", "VACUUM ANALYZE events"] {
        client.batch_execute(sql)?;
    }
    let bytes: i64 = client.query_one("SELECT pg_total_relation_size('events')", &[])?.get(0);
    let statement =
        client.prepare("SELECT ts, type, actor, other, doc FROM events WHERE gtin = $1 AND serial = $2 ORDER BY ts")?;
    let history = in_turn(20_000, |at| {
        let (gtin, serial) = key(pick(at, codes));
        ensure!(!client.query(&statement, &[&gtin, &serial])?.is_empty(), "the code has a history");
        Ok(())
    })?;
    client.batch_execute("DROP TABLE events")?;
    Ok(Events { bytes_per_event: bytes as f64 / (codes * LIFE) as f64, history })
}
