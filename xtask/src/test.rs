//! `test`: prepares, builds and runs every test, and says what each step took.
//!
//! | part | what | how |
//! |---|---|---|
//! | `unit` | every package but `tests`, and its examples in comments | cargo |
//! | `scenarios` | package `tests`: over public faces, with servers that the tests start | cargo |
//! | `browser` | `tests/browser/*.test.mjs`: the app in Chromium | node's test runner |
//!
//! Tests that start something find it by these variables: `TANBA_BIN` (the backend's program), `TANBA_SITE` (the built
//! app), `TANBA_EDGE` (the folder with the Worker's configuration and build), `TANBA_WRANGLER`, `TANBA_CHROMIUM`,
//! `TANBA_RUN` (a folder for what they write).

mod cargo_tests;
mod counts;
mod node_tests;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::bench::times;
use crate::build::{self, Part};
use crate::process::which;
use crate::repo::Repo;
use crate::setup;
use crate::steps::Steps;
use counts::Counts;

/// The parts, in the order of running.
const PARTS: [&str; 3] = ["unit", "scenarios", "browser"];

/// Runs all tests, or the named parts.
pub(crate) fn run(repo: &Repo, args: &[&str]) -> Result<()> {
    let parts = if args.is_empty() { &PARTS[..] } else { args };
    if let Some(unknown) = parts.iter().find(|part| !PARTS.contains(part)) {
        bail!("no part `{unknown}`; there are unit, scenarios and browser");
    }
    let start = Instant::now();
    let fresh = times::is_fresh(repo) && parts.len() == PARTS.len();
    let mut steps = Steps::new();
    steps.must("setup", || setup::run(repo))?;
    take(repo, &mut steps, parts)?;
    if fresh {
        times::note(repo, "test", start.elapsed())?;
    }
    steps.finish()
}

/// Takes the steps of all tests, for `ci`.
pub(crate) fn take_all(repo: &Repo, steps: &mut Steps) -> Result<()> {
    take(repo, steps, &PARTS)
}

fn take(repo: &Repo, steps: &mut Steps, parts: &[&str]) -> Result<()> {
    let mut counts = Counts::default();
    let wanted = |part: &str| parts.contains(&part);
    let served = wanted("scenarios") || wanted("browser");
    let mut built = true;
    if served {
        built &= steps.take("build server", || build::server(repo, false));
        for part in [Part::App, Part::Edge, Part::Shell] {
            built &= steps.take(&format!("build {}", part.name()), || part.build(repo));
        }
    }
    if wanted("unit") || wanted("scenarios") {
        let mut programs = Vec::new();
        steps.must("build tests", || {
            programs = cargo_tests::build(repo)?;
            Ok(())
        })?;
        if wanted("unit") {
            steps.take("unit tests", || cargo_tests::run(repo, &programs, |package| package != "tests", &mut counts));
            steps.take("examples", || cargo_tests::examples(repo, &mut counts));
        }
        if wanted("scenarios") && built {
            steps.take("scenarios", || cargo_tests::run(repo, &programs, |package| package == "tests", &mut counts));
        }
    }
    if wanted("browser") && built {
        steps.take("browser tests", || node_tests::run(repo, &mut counts));
    }
    steps.close_with(&counts.line());
    Ok(())
}

/// Runs one file of the browser tests that is no part of `test`, with more variables.
pub(crate) fn browser_file(repo: &Repo, file: &str, more: &[(&str, &Path)]) -> Result<()> {
    node_tests::run_files(repo, &[repo.path(file)], more, &mut Counts::default())
}

/// Tells a test where things are.
fn with_places<'a>(repo: &Repo, program: &'a mut Command) -> Result<&'a mut Command> {
    let run = repo.path(".run/tests");
    std::fs::create_dir_all(&run)?;
    if let Some(chromium) = chromium() {
        program.env("TANBA_CHROMIUM", chromium);
    }
    Ok(program
        .env("TANBA_BIN", repo.tanba(false))
        .env("TANBA_SITE", repo.site())
        .env("TANBA_SHELL", repo.path("target/debug/app"))
        .env("TANBA_EDGE", repo.path("edge"))
        .env("TANBA_WRANGLER", repo.npm_bin("wrangler"))
        .env("TANBA_RUN", run)
        .env("CI", "true")
        .env("WRANGLER_SEND_METRICS", "false"))
}

fn chromium() -> Option<PathBuf> {
    ["chromium", "chromium-browser", "google-chrome"].into_iter().find_map(which)
}

fn required_chromium() -> Result<PathBuf> {
    chromium().context("no Chromium; run `cargo xtask setup`")
}
