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
mod steps;
mod world;

use ::tests::row::Row;
use anyhow::{Context as _, Result, ensure};
use backend_store::Settings;
use ledger::Ledger;
use measure::progress;
use options::Options;
use serde_json::Value;
use std::path::Path;
use steps::Steps;
use world::World;

fn main() -> Result<()> {
    let mut args = std::env::args().skip(1).peekable();
    if args.peek().map(String::as_str) == Some(recovery::COMMAND) {
        return recovery::child(args.skip(1));
    }
    let options = Options::read(args)?;
    let world = World::new(options.size.clone());
    std::fs::create_dir_all(&options.folder)?;
    // What failed is left where it is.
    let rows = measured(&options, &world, &options.folder.join("ledger.sqlite"))?;
    std::fs::write(&options.out, serde_json::to_string_pretty(&rows)?)?;
    if !options.keep {
        std::fs::remove_dir_all(&options.folder).context("the ledger is removed")?;
    }
    Ok(())
}

fn measured(options: &Options, world: &World, path: &Path) -> Result<Vec<Value>> {
    let mut steps = Steps::new(&options.folder);
    ensure!(options.reuse || !path.exists(), "there is a ledger at {}", path.display());
    // Before the ledger takes the disk.
    let baseline = steps.once("baseline", || baseline::measure(options.rows))?;
    if !steps.is_done(FILLED) {
        emptied(path)?;
    }
    let filled = steps.once(FILLED, || fill::fill(path, world))?;
    ensure!(filled.codes == world.size().codes(), "the ledger at {} has another size", path.display());
    if options.fill {
        return Ok(size::written(&filled).iter().map(Row::to_json).collect());
    }
    steps.rows("size", || Ok(size::rows(world, &filled, &baseline)))?;
    {
        let ledger = Ledger::open(path, world, settings())?;
        steps.rows("cold", || reading::cold_rows(&ledger, &baseline))?;
        // As a service that has run for a while; the baseline's rows are all in memory.
        ledger.read_all()?;
        steps.rows("reading", || reading::rows(&ledger, &baseline))?;
        steps.changes("owners", || owners::rows(&ledger, &baseline.codes))?;
        steps.changes("sales", || sales::rows(&ledger, &baseline.codes))?;
        ledger.store.fold()?;
        steps.changes("day", || day::rows(&ledger, options.scale))?;
    }
    steps.changes("recovery", || recovery::rows(path, world))?;
    if let Some(tanba) = &options.tanba {
        steps.rows("audit", || Ok(vec![audit(tanba, &options.folder)?]))?;
    }
    Ok(steps.into_rows())
}

/// The step after which the ledger is whole.
const FILLED: &str = "filled";

/// Removes a ledger that was not written to the end.
fn emptied(path: &Path) -> Result<()> {
    for ending in ["", "-wal", "-shm"] {
        let mut file = path.as_os_str().to_owned();
        file.push(ending);
        if Path::new(&file).exists() {
            std::fs::remove_file(&file)?;
        }
    }
    Ok(())
}

/// Bytes of memory of this machine.
fn memory() -> u64 {
    let memory = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
    memory.split_whitespace().nth(1).and_then(|kib| kib.parse::<u64>().ok()).unwrap_or(0) << 10
}

/// As `tanba serve` has them on this machine.
fn settings() -> Settings {
    Settings::of_memory(memory())
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
