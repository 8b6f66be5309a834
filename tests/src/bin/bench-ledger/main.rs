//! Figures of the ledger beside a row per code in PostgreSQL, for `cargo xtask bench ledger`.

#[allow(dead_code)]
mod baseline;
#[allow(dead_code)]
mod fill;
#[allow(dead_code)]
mod measure;
#[allow(dead_code)]
mod world;

fn main() -> anyhow::Result<()> {
    let rows = std::env::args().nth(1).and_then(|rows| rows.parse().ok()).unwrap_or(10_000_000);
    let b = baseline::measure(rows)?;
    let c = &b.codes;
    eprintln!(
        "{} {} {} {:?} {} {:?} {} {} {}",
        c.rows,
        c.bytes_per_code,
        c.bytes_per_code_after,
        c.look_up,
        c.look_ups_per_second,
        c.page,
        c.owner,
        c.moved,
        c.sales_per_second
    );
    eprintln!("{} {} {:?}", b.events.rows, b.events.bytes_per_event, b.events.history);
    Ok(())
}
