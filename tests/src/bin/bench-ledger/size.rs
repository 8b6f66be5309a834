//! What the codes of a country and their histories take.

use crate::baseline::Baseline;
use crate::fill::Filled;
use crate::world::World;
use ::tests::row::Row;

/// Bytes of the full-size run together, for 10 billion codes with 40 billion records, 4 billion sold one by one.
const TOGETHER: f64 = 70e9;
const CODES: f64 = 10e9;

/// What was written, before anything was measured of it.
pub(crate) fn written(filled: &Filled) -> Vec<Row> {
    vec![
        Row::new("codes stored (the block writer's own work)", filled.codes as f64, "codes"),
        Row::new("all but bodies", filled.bytes() as f64 / 1e9, "GB"),
        Row::new("time to write them", filled.seconds, "s"),
    ]
}

pub(crate) fn rows(world: &World, filled: &Filled, baseline: &Baseline) -> Vec<Row> {
    let (codes, events) = (filled.codes as f64, filled.events as f64);
    let per_code = (filled.blocks + filled.others) as f64 / codes;
    let bytes = filled.bytes() as f64;
    let (rows, records) = (&baseline.codes, &baseline.events);
    let share = |count: u64| 100.0 * count as f64 / codes;
    let size = world.size();
    let of_lots = |days: u64, units: u64| share((size.days.saturating_sub(days)) * size.lots_a_day * units);
    vec![
        Row::new("codes stored (the block writer's own work)", codes, "codes"),
        Row::new("of them introduced", of_lots(7, size.packed() + size.loose), "%"),
        Row::new("of them packed in boxes once", of_lots(7, size.packed()), "%"),
        Row::new("of them sold one by one at random", share(filled.sold), "%"),
        Row::new("of them written off, and as many annulled", of_lots(6, size.spoilt), "%"),
        Row::new("receipts", filled.receipts as f64, "documents"),
        Row::new("packages", filled.packages as f64, "packages"),
        Row::new("entries in the histories of units and packages", events, "events"),
        Row::new("bytes per code (blocks and small tables)", per_code, "bytes")
            .beside("a row and its index", rows.bytes_per_code)
            .at_most(8.0),
        Row::new("bytes per event (log)", filled.log as f64 / events, "bytes")
            .beside("a row and two indexes", records.bytes_per_event)
            .at_most(2.0),
        Row::new("log", filled.log as f64 / 1e9, "GB"),
        Row::new("blocks", filled.blocks as f64 / 1e9, "GB"),
        Row::new("small tables", filled.others as f64 / 1e9, "GB"),
        Row::new("facts of introductions, counted apart", filled.bodies as f64 / 1e9, "GB"),
        Row::new("all but bodies", bytes / 1e9, "GB")
            .beside("rows and indexes", (codes * rows.bytes_per_code + events * records.bytes_per_event) / 1e9)
            .at_most(TOGETHER / 1e9 * (codes / CODES).min(1.0)),
        Row::new("time to write them", filled.seconds, "s"),
    ]
}
