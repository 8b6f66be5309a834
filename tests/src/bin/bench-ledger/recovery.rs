//! How long a start takes after `kill -9`, when as much waits in memory as ever may.

use crate::ledger::Ledger;
use crate::measure::{clock, progress};
use crate::owners::Loose;
use crate::world::{Size, World};
use ::tests::row::Row;
use anyhow::{Context as _, Result, ensure};
use backend_store::Settings;
use shared::act::Act;
use shared::document::{Document, Items};
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

/// The program as the one that will be killed.
pub(crate) const COMMAND: &str = "--until-killed";

/// Units shipped by one document, and of how many the log holds changes when it is killed: as many as wait before a fold.
const EACH: u64 = 100_000;

/// Settings under which nothing is folded meanwhile.
fn settings() -> Settings {
    Settings { fold_at: usize::MAX, ..Settings::default() }
}

/// Changes that wait: as many as ever do before they are folded.
fn waiting(loose: &Loose<'_>) -> u64 {
    (crate::settings().fold_at as u64).min(loose.units / 4)
}

/// Loose units that nothing else has moved: the last of them.
fn first(loose: &Loose<'_>) -> u64 {
    loose.units - waiting(loose)
}

pub(crate) fn rows(path: &Path, world: &World) -> Result<Vec<Row>> {
    let loose = Loose::new(world);
    let waiting = waiting(&loose);
    let mut child = Command::new(std::env::current_exe()?)
        .arg(COMMAND)
        .arg(path)
        .args([world.size().pallets.to_string(), world.size().series.to_string()])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()?;
    let mut lines = BufReader::new(child.stdout.take().context("the child has an output")?).lines();
    let ready = lines.by_ref().find(|line| line.as_ref().is_ok_and(|line| line == "acknowledged"));
    child.kill()?;
    child.wait()?;
    ensure!(ready.is_some(), "the child has acknowledged all");
    progress("killed");
    let (seconds, ledger) = clock(|| Ledger::open(path, world, settings()))?;
    let sample: Vec<_> = (0..100).flat_map(|at| loose.part(first(&loose) + at * (waiting / 100), 1)).collect();
    ledger.check(&sample, Act::Ship)?;
    drop(ledger);
    progress(&format!("started again in {seconds:.2} s"));
    let name = format!("start after kill -9, {waiting} single changes waiting");
    let ledger = Ledger::open(path, world, crate::settings())?;
    let (fold, ()) = clock(|| Ok(ledger.store.fold()?))?;
    Ok(vec![Row::new(name, seconds, "s"), Row::new("folding them", fold, "s")])
}

/// Ships codes one by one until it is killed.
pub(crate) fn child(mut args: impl Iterator<Item = String>) -> Result<()> {
    let path = args.next().context("a path")?;
    let mut number = |name: &'static str| anyhow::Ok(args.next().context(name)?.parse::<u64>()?);
    let world = World::new(Size::with_series(number("pallets in a lot")?, number("series")?));
    let ledger = Ledger::open(Path::new(&path), &world, settings())?;
    let loose = Loose::new(&world);
    let (from, to) = (world.wholesaler(0), world.wholesaler(1));
    for part in (first(&loose)..loose.units).step_by(EACH as usize) {
        let items = Items { units: loose.part(part, EACH.min(loose.units - part)), packages: Vec::new() };
        ledger.send(ledger.party(from), Document::Ship { items, to })?;
    }
    {
        use std::io::Write as _;
        let mut out = std::io::stdout();
        writeln!(out, "acknowledged")?;
        out.flush()?;
    }
    loop {
        std::thread::park();
    }
}
