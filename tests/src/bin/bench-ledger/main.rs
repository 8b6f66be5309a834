//! Figures of the ledger beside a row per code in PostgreSQL, for `cargo xtask bench ledger`.

#[allow(dead_code)]
mod world;

fn main() {}
