//! `bench`: measures, prints a table, and writes `.run/bench/<name>.json`.
//!
//! `first` builds everything for release, starts it with data of its own, and lets the program `bench-first` of package
//! `tests` measure it over its public faces. That program is called as
//! `bench-first --backend <url> --edge <url> --demo <demo.json> --out <rows.json>` and writes an array of rows. What
//! needs no server (sizes, times of `up` and `test`) is added here; `sizes` is that alone.
//!
//! `ledger` fills a ledger and a PostgreSQL with a row per code, and lets the program `bench-ledger` of package `tests`
//! put the same questions to both; `ledger --full` is ten billion codes and a whole day of the country, for hours.
//!
//! `scan` draws frames, has them read by the scanner (native, as a module under node and in Chromium) and by others, and
//! puts them side by side; `scan --quick` takes fewer frames.

mod ledger;
mod report;
mod scan;
pub(crate) mod times;

use std::fs;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::build::{self, Part, files};
use crate::process::{cargo, run as run_command};
use crate::repo::Repo;
use crate::sizes::{self, Size};
use crate::{setup, up};
use report::Report;

/// Ports of the measured servers: others than those of `up`, which may be running.
const PORTS: (u16, u16) = (18_080, 18_787);

/// The most that a phone may download before the app shows.
const FIRST_LOAD_GOAL: u64 = 450_000;

/// Runs the named measurement.
pub(crate) fn run(repo: &Repo, args: &[&str]) -> Result<()> {
    let rows = match args {
        ["sizes"] => {
            setup::run(repo)?;
            Part::App.build(repo)?;
            Part::Edge.build(repo)?;
            size_rows(repo)?
        }
        ["first"] => {
            setup::run(repo)?;
            let mut rows = measured(repo)?;
            rows.extend(size_rows(repo)?);
            rows.extend(times::rows(repo));
            rows
        }
        ["ledger", options @ ..] => {
            setup::run(repo)?;
            ledger::measured(repo, options)?
        }
        ["scan", options @ ..] => {
            setup::run(repo)?;
            scan::measured(repo, options)?
        }
        _ => bail!("say which measurement: first, ledger, scan or sizes"),
    };
    // What took hours is not written over by what took minutes.
    let extent = ["--full", "--quick"].into_iter().find(|option| args.contains(option)).unwrap_or_default();
    let name = format!("{}{}", args[0], extent.replacen('-', "", 1));
    Report::new(repo, rows)?.publish(repo, &name)
}

/// Rows from the measuring program.
fn measured(repo: &Repo) -> Result<Vec<Value>> {
    build::server(repo, true)?;
    Part::App.build(repo)?;
    Part::Edge.build(repo)?;
    run_command(cargo().current_dir(repo.root()).args(["build", "--release", "--workspace", "--bin", "bench-first"]))?;
    let folder = repo.path(".run/bench/first");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    let out = folder.join("rows.json");
    up::with_servers(repo, folder.clone(), PORTS, |endpoints| {
        run_command(
            crate::process::command(repo.path("target/release/bench-first"))
                .current_dir(repo.root())
                .args(["--backend", &endpoints.backend, "--edge", &endpoints.edge])
                .arg("--demo")
                .arg(folder.join("demo.json"))
                .arg("--out")
                .arg(&out),
        )
    })?;
    let text = fs::read_to_string(&out).context("bench-first has written no rows")?;
    let rows: Value = serde_json::from_str(&text)?;
    Ok(rows.as_array().context("the rows are an array")?.clone())
}

fn size_rows(repo: &Repo) -> Result<Vec<Value>> {
    let sizes = sizes::measure(repo)?;
    let mut rows = Vec::new();
    for (what, size) in [
        ("edge WASM", sizes.edge),
        ("app WASM", sizes.app),
        ("scanner, loaded with the camera", sizes.scanner),
        ("first load of the app", sizes.first_load),
    ] {
        let Size { raw, gzip, brotli } = size;
        for (form, bytes) in [("raw", raw), ("gzip", gzip), ("brotli", brotli)] {
            let goal = (what.starts_with("first load") && form == "brotli").then_some(FIRST_LOAD_GOAL);
            rows.push(json!({
                "name": format!("{what}, {form}"),
                "value": bytes,
                "unit": "bytes",
                "baseline": null,
                "baseline_value": null,
                "ratio": null,
                "goal": goal,
                "met": goal.map(|goal| bytes <= goal),
            }));
        }
    }
    Ok(rows)
}

/// Where reports are written.
fn report_file(repo: &Repo, name: &str) -> std::path::PathBuf {
    repo.path(&format!(".run/bench/{name}.json"))
}

/// Writes a report.
fn write_report(repo: &Repo, name: &str, report: &Value) -> Result<()> {
    files::write(&report_file(repo, name), serde_json::to_string_pretty(report)?)
}
