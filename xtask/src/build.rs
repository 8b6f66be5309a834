//! `build`: the five parts of the product, each from its package to what is deployed.

pub(crate) mod app;
mod edge;
pub(crate) mod files;
pub(crate) mod scan;
mod server;
mod shell;
pub(crate) mod wasm;

use std::time::Instant;

use anyhow::{Result, bail};

use crate::repo::Repo;
use crate::setup;
use crate::steps::seconds;

/// A part that is built on its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// The backend: the native program `tanba`.
    Server,
    /// The scanner, for a web worker.
    Scan,
    /// The app with its scanner: the site that a phone loads.
    App,
    /// The Worker.
    Edge,
    /// The app as a program of its own, for this machine.
    Shell,
}

impl Part {
    /// All parts, in the order of building.
    pub(crate) const ALL: [Self; 5] = [Self::Server, Self::Scan, Self::App, Self::Edge, Self::Shell];

    /// The name on the command line.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Server => "server",
            Self::Scan => "scan",
            Self::App => "app",
            Self::Edge => "edge",
            Self::Shell => "shell",
        }
    }

    fn parse(name: &str) -> Result<Self> {
        match Self::ALL.into_iter().find(|part| part.name() == name) {
            Some(part) => Ok(part),
            None => bail!("no part `{name}`; there are server, scan, app, edge and shell"),
        }
    }

    /// Builds the part, if anything it is made of has changed.
    pub(crate) fn build(self, repo: &Repo) -> Result<()> {
        let start = Instant::now();
        match self {
            Self::Server => server::build(repo, false)?,
            Self::Scan => scan::build(repo)?,
            Self::App => app::build(repo)?,
            Self::Edge => edge::build(repo)?,
            Self::Shell => shell::build(repo)?,
        }
        println!("build: {} ready ({})", self.name(), seconds(start.elapsed()));
        Ok(())
    }
}

pub(crate) use server::build as server;

/// Builds the named parts, or all.
pub(crate) fn run(repo: &Repo, args: &[&str]) -> Result<()> {
    let parts: Vec<Part> = if args.is_empty() {
        Part::ALL.to_vec()
    } else {
        args.iter().map(|name| Part::parse(name)).collect::<Result<_>>()?
    };
    setup::run(repo)?;
    for part in parts {
        part.build(repo)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_is_found_by_its_name() {
        for part in Part::ALL {
            assert_eq!(Part::parse(part.name()).unwrap(), part);
        }
        assert!(Part::parse("backend").is_err());
    }
}
