//! Figures of the ledger beside a row per code in PostgreSQL, for `cargo xtask bench ledger`.

mod baseline;
mod day;
mod fill;
mod ledger;
mod measure;
mod model;
mod options;
mod owners;
mod reading;
mod recovery;
mod sales;
mod size;
mod world;

use ::tests::row::Row;
use anyhow::{Context as _, Result, ensure};
use backend_store::Settings;
use ledger::Ledger;
use measure::progress;
use options::Options;
use std::path::Path;
use world::World;

fn main() -> Result<()> {
    let mut args = std::env::args().skip(1).peekable();
    if args.peek().map(String::as_str) == Some(recovery::COMMAND) {
        return recovery::child(args.skip(1));
    }
    let options = Options::read(args)?;
    let world = World::new(options.size.clone());
    std::fs::create_dir_all(&options.folder)?;
    let path = options.folder.join("ledger.sqlite");
    let rows = measured(&options, &world, &path);
    if !options.keep {
        std::fs::remove_dir_all(&options.folder).context("the ledger is removed")?;
    }
    let rows: Vec<_> = rows?.iter().map(Row::to_json).collect();
    std::fs::write(&options.out, serde_json::to_string_pretty(&rows)?)?;
    Ok(())
}

fn measured(options: &Options, world: &World, path: &Path) -> Result<Vec<Row>> {
    let baseline = baseline::measure(options.rows)?;
    ensure!(!path.exists(), "there is a ledger at {}", path.display());
    let filled = fill::fill(path, world)?;
    let mut rows = size::rows(world, &filled, &baseline);
    {
        warm(path)?;
        let ledger = Ledger::open(path, world, Settings::default())?;
        rows.extend(reading::rows(&ledger, &baseline)?);
        rows.extend(owners::rows(&ledger, &baseline.codes)?);
        rows.extend(sales::rows(&ledger, &baseline.codes)?);
        ledger.store.fold()?;
        rows.extend(day::rows(&ledger, options.scale)?);
    }
    rows.extend(recovery::rows(path, world)?);
    if let Some(tanba) = &options.tanba {
        rows.push(audit(tanba, &options.folder)?);
    }
    Ok(rows)
}

/// Reads the file once if it fits into half of the memory, as the rows in PostgreSQL do: a service that has run for a day
/// has what it needs there.
fn warm(path: &Path) -> Result<()> {
    let memory = std::fs::read_to_string("/proc/meminfo")?;
    let total = memory.split_whitespace().nth(1).and_then(|kib| kib.parse::<u64>().ok()).unwrap_or(0) << 10;
    let mut file = std::fs::File::open(path)?;
    if file.metadata()?.len() < total / 2 {
        std::io::copy(&mut file, &mut std::io::sink())?;
        progress("the file is in memory");
    }
    Ok(())
}

/// The ledger counted a second time, by a program that shares nothing with its writer.
fn audit(tanba: &Path, folder: &Path) -> Result<Row> {
    progress("audit");
    let (seconds, output) =
        measure::clock(|| Ok(std::process::Command::new(tanba).args(["audit", "--data"]).arg(folder).output()?))?;
    // Before it stands a line for each GTIN.
    let text = String::from_utf8_lossy(&output.stdout);
    let last = text.lines().last().unwrap_or_default();
    progress(&format!("audit {}: {last} {}", output.status, String::from_utf8_lossy(&output.stderr)));
    let verdict = if output.status.success() { last } else { "NOT CLEAN" };
    Ok(Row::new(format!("audit, {verdict}"), seconds, "s"))
}
