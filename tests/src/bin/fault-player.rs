//! Plays a script on a store in a folder and prints each step that was acknowledged: the process that fault tests kill.
//!
//! `fault-player <folder> <story> <parts> <fold_at>`; ends with 3 if the store would not go on, having said why.

#![allow(clippy::print_stdout, reason = "what is printed is what was acknowledged")]

use anyhow::{Context as _, Result};
use backend_store::{Settings, Store};
use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;
use tests::ledger::script::Script;
use tests::ledger::variant::when_free;

fn main() -> Result<ExitCode> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [folder, story, parts, fold_at] = &args[..] else { anyhow::bail!("four arguments are wanted") };
    let settings = Settings { parts: parts.parse()?, fold_at: fold_at.parse()? };
    let script = Script::of(story);
    let store = match when_free(|| Store::open_with(&Path::new(folder).join("ledger.sqlite"), settings)) {
        Ok(store) => store,
        Err(error) => return say(&format!("cannot be opened: {error}")).map(|()| ExitCode::from(3)),
    };
    for (number, step) in script.steps.iter().enumerate() {
        match script.take(&store, step) {
            Ok(told) => say(&format!("{number} {told}"))?,
            Err(error) => return say(&format!("stopped at {number}: {error:?}")).map(|()| ExitCode::from(3)),
        }
    }
    drop(store);
    say("end")?;
    Ok(ExitCode::SUCCESS)
}

/// Each line is out before the next step: a line that is there was acknowledged.
fn say(line: &str) -> Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}").and_then(|()| out.flush()).context("nobody listens")
}
