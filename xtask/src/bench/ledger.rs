//! Rows of the ledger.

use std::fs;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::build;
use crate::process::{cargo, command, run};
use crate::repo::Repo;

/// Builds and runs `bench-ledger`; options are passed on to it: `--full`, `--pallets`, `--tenth`, `--scale`, `--rows`, and for
/// a run in steps `--fill`, which writes the ledger and leaves it there, and `--reuse`, which goes on with what is there,
/// with `--keep` if it shall stay.
pub(super) fn measured(repo: &Repo, options: &[&str]) -> Result<Vec<Value>> {
    // It audits what was written.
    build::server(repo, true)?;
    run(cargo().current_dir(repo.root()).args(["build", "--release", "--package", "tests", "--bin", "bench-ledger"]))?;
    let folder = repo.path(".run/bench/ledger");
    if folder.exists() && !options.contains(&"--reuse") {
        fs::remove_dir_all(&folder)?;
    }
    let out = repo.path(".run/bench/ledger-rows.json");
    fs::create_dir_all(repo.path(".run/bench"))?;
    run(command(repo.path("target/release/bench-ledger"))
        .current_dir(repo.root())
        .arg("--folder")
        .arg(&folder)
        .arg("--out")
        .arg(&out)
        .arg("--tanba")
        .arg(repo.tanba(true))
        .args(options))?;
    let text = fs::read_to_string(&out).context("bench-ledger has written no rows")?;
    fs::remove_file(&out)?;
    let rows: Value = serde_json::from_str(&text)?;
    Ok(rows.as_array().context("the rows are an array")?.clone())
}
