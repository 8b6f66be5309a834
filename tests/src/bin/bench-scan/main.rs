//! Figures of the scanner beside other readers, for `cargo xtask bench scan`.
//!
//! `bench-scan draw` writes frames; other programs read them (`others.py`, `others.cjs`, `chromium.mjs`) and leave their
//! outcomes in files; `bench-scan measure` reads the same frames with ours, rxing and rqrr, and puts all side by side.
#![allow(clippy::print_stdout, reason = "this program talks to a terminal")]

mod clips;
mod corpus;
mod cpu;
mod draw;
mod many;
mod options;
mod outcome;
mod readers;
mod rows;
#[path = "../../../../crates/scan/tests/scene/mod.rs"]
mod scene;
mod table;

use ::tests::row::Row;
use anyhow::Result;
use options::{Measure, Options};

fn main() -> Result<()> {
    match Options::read(std::env::args().skip(1))? {
        Options::Draw(draw) => draw::corpora(&draw),
        Options::Measure(measure) => measured(&measure),
    }
}

fn measured(options: &Measure) -> Result<()> {
    // A reader that panics has not read; and that is all to say.
    std::panic::set_hook(Box::new(|_| ()));
    let mut outcomes = outcome::load(&options.results)?;
    for folder in &options.corpora {
        println!("reading {}", folder.display());
        outcomes.extend(readers::outcomes(folder)?);
    }
    outcomes.extend(clips::outcomes(&options.clips)?);
    let outcomes = outcome::Outcomes::new(outcomes);
    println!("{}", table::text(&outcomes));
    let mut rows = rows::all(&outcomes);
    rows.extend(many::rows(options.frames, options.seed));
    let rows: Vec<_> = rows.iter().map(Row::to_json).collect();
    std::fs::write(&options.out, serde_json::to_string_pretty(&rows)?)?;
    Ok(())
}
