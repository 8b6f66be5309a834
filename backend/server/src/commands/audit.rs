//! `tanba audit`.

use std::fmt::Write as _;
use std::io::{Write as _, stderr};

use anyhow::{Context, Result, bail};
use backend_audit::{Options, Report, audit};
use backend_store::Raw;

use crate::config::data::{Data, Database};

/// Reads the whole ledger a second time. What does not agree goes to standard error, a line each.
pub(super) fn run(data: &Data) -> Result<String> {
    let folder = data.open()?;
    let mut raw = match &data.database {
        Database::Folder => Raw::open(&folder.database()),
        Database::Postgres(address) => Raw::postgres(address),
    }
    .context("cannot open the database")?;
    let report = audit(&mut raw, Options::default()).context("cannot read the database")?;
    for mismatch in &report.mismatches {
        // Nobody is left to tell if standard error is closed.
        let _ = writeln!(stderr(), "{mismatch}");
    }
    if !report.is_clean() {
        bail!("the audit found {} mismatches in {} documents", report.found, report.documents);
    }
    table(&report)
}

/// The balances, a line for each GTIN.
fn table(report: &Report) -> Result<String> {
    let mut text = String::from("GTIN\tissued\tin stock\tin circulation\twithdrawn\twritten off\tannulled\n");
    for balance in &report.balances {
        writeln!(
            text,
            "{:014}\t{}\t{}\t{}\t{}\t{}\t{}",
            balance.gtin,
            balance.issued,
            balance.in_stock,
            balance.in_circulation,
            balance.withdrawn,
            balance.written_off,
            balance.annulled
        )?;
    }
    writeln!(
        text,
        "clean: {} documents, {} effects, {} units with {} events, {} blocks",
        report.documents, report.effects, report.units, report.events, report.blocks
    )?;
    Ok(text)
}
