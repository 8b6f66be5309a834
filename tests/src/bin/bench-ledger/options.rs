//! What is asked for.

use crate::world::Size;
use anyhow::{Context as _, Result, bail};
use std::path::PathBuf;

/// Options of the program.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// Where the ledger is made, and removed after.
    pub(crate) folder: PathBuf,
    /// Where the rows are written.
    pub(crate) out: PathBuf,
    /// How large the country is.
    pub(crate) size: Size,
    /// Part of a day of the country.
    pub(crate) scale: f64,
    /// Rows of the baseline.
    pub(crate) rows: u64,
    /// The program that audits a ledger.
    pub(crate) tanba: Option<PathBuf>,
    /// Leave the ledger where it is.
    pub(crate) keep: bool,
    /// Write the ledger, leave it where it is, and measure nothing.
    pub(crate) fill: bool,
    /// Go on with what an earlier run left: the ledger it wrote, and the figures it had.
    pub(crate) reuse: bool,
}

/// Part of a day that a village has, to try the program.
const SMALL: f64 = 0.000_05;

/// Pallets in a lot of the full size: 10.4 billion codes.
const FULL: u64 = 9;

impl Options {
    pub(crate) fn read(mut args: impl Iterator<Item = String>) -> Result<Self> {
        let (mut folder, mut out, mut tanba) = (None, None, None);
        let (mut pallets, mut scale, mut rows, mut keep) = (1, None, 10_000_000, false);
        let (mut fill, mut reuse) = (false, false);
        let (mut small, mut tenth) = (false, false);
        while let Some(name) = args.next() {
            let mut value = || args.next().with_context(|| format!("{name} needs a value"));
            match name.as_str() {
                "--folder" => folder = Some(PathBuf::from(value()?)),
                "--out" => out = Some(PathBuf::from(value()?)),
                "--tanba" => tanba = Some(PathBuf::from(value()?)),
                "--pallets" => pallets = value()?.parse().context("--pallets is a number")?,
                "--scale" => scale = Some(value()?.parse().context("--scale is a number")?),
                "--rows" => rows = value()?.parse().context("--rows is a number")?,
                "--full" => pallets = FULL,
                "--keep" => keep = true,
                "--fill" => fill = true,
                "--reuse" => reuse = true,
                "--small" => small = true,
                "--tenth" => tenth = true,
                other => bail!("there is no option {other}"),
            }
        }
        let is_full = pallets >= FULL;
        Ok(Self {
            folder: folder.context("--folder is missing")?,
            out: out.context("--out is missing")?,
            scale: scale.unwrap_or(match (small, tenth, is_full) {
                (true, ..) => SMALL,
                (_, true, _) => pallets as f64 / 100.0,
                (_, _, true) => 1.0,
                (..) => pallets as f64 / 10.0,
            }),
            size: match (small, tenth) {
                (true, _) => Size::small(),
                (_, true) => Size::region(pallets),
                (..) => Size::country(pallets),
            },
            rows,
            tanba,
            keep: keep || fill,
            fill,
            reuse,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(args: &str) -> Result<Options> {
        let all = format!("--folder f --out o {args}");
        Options::read(all.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn a_full_day_belongs_to_the_full_size() {
        for (args, pallets, scale) in [("", 1, 0.1), ("--full", FULL, 1.0), ("--full --scale 0.5", FULL, 0.5)] {
            let options = read(args).unwrap();
            assert_eq!((options.size.pallets, options.scale), (pallets, scale), "{args}");
        }
        let tenth = read("--tenth").unwrap();
        assert_eq!((tenth.size.codes() / 10_000_000, tenth.scale), (11, 0.01));
        assert!(read("--fast").is_err() && read("--scale").is_err());
    }
}
