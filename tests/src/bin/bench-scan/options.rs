//! What is asked for.

use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};

/// Frames to draw.
#[derive(Debug)]
pub(crate) struct Draw {
    pub(crate) folder: PathBuf,
    pub(crate) seed: u64,
    /// Frames of a class, and clips of a kind.
    pub(crate) frames: usize,
    pub(crate) clips: usize,
}

/// Frames to read.
#[derive(Debug)]
pub(crate) struct Measure {
    /// Folders of single frames.
    pub(crate) corpora: Vec<PathBuf>,
    /// Folder of clips.
    pub(crate) clips: PathBuf,
    /// Outcomes of other readers.
    pub(crate) results: Vec<PathBuf>,
    /// Frames drawn here to look for wrong texts, and their seed.
    pub(crate) frames: usize,
    pub(crate) seed: u64,
    pub(crate) out: PathBuf,
}

/// One of the two.
#[derive(Debug)]
pub(crate) enum Options {
    Draw(Draw),
    Measure(Measure),
}

impl Options {
    pub(crate) fn read(mut args: impl Iterator<Item = String>) -> Result<Self> {
        let command = args.next().unwrap_or_default();
        let (mut corpora, mut results) = (Vec::new(), Vec::new());
        let (mut folder, mut out, mut clips) = (None, None, None);
        let (mut seed, mut frames) = (1, None);
        while let Some(name) = args.next() {
            let mut value = || args.next().with_context(|| format!("{name} needs a value"));
            match name.as_str() {
                "--folder" => folder = Some(PathBuf::from(value()?)),
                "--corpus" => corpora.push(PathBuf::from(value()?)),
                "--clips" => clips = Some(value()?),
                "--results" => results.push(PathBuf::from(value()?)),
                "--out" => out = Some(PathBuf::from(value()?)),
                "--seed" => seed = value()?.parse().context("--seed is a number")?,
                "--frames" => frames = Some(value()?.parse().context("--frames is a number")?),
                other => bail!("there is no option {other}"),
            }
        }
        let frames = frames.context("--frames is missing")?;
        let clips = clips.context("--clips is missing")?;
        match command.as_str() {
            "draw" => Ok(Self::Draw(Draw {
                folder: folder.context("--folder is missing")?,
                clips: clips.parse().context("--clips is a number")?,
                seed,
                frames,
            })),
            "measure" => {
                let out = out.context("--out is missing")?;
                Ok(Self::Measure(Measure { corpora, clips: clips.into(), results, frames, seed, out }))
            }
            other => bail!("`{other}` is neither draw nor measure"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(args: &str) -> Result<Options> {
        Options::read(args.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn each_command_needs_what_it_uses() {
        assert!(matches!(read("draw --folder f --frames 2 --clips 1"), Ok(Options::Draw(Draw { clips: 1, .. }))));
        assert!(read("draw --frames 2 --clips 1").is_err());
        let measured = read("measure --corpus a --corpus b --clips c --frames 9 --out o");
        assert!(matches!(measured, Ok(Options::Measure(Measure { frames: 9, ref corpora, .. })) if corpora.len() == 2));
        assert!(read("measure --frames 9 --out o").is_err() && read("show --frames 1 --clips 1").is_err());
    }
}
