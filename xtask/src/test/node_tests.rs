//! Tests of the app in a browser, by node's own test runner.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use super::cargo_tests::counted;
use super::counts::Counts;
use super::{required_chromium, with_places};
use crate::build::files::walk;
use crate::process::command;
use crate::repo::Repo;

const FOLDER: &str = "tests/browser";

/// Runs every file, one at a time: two browsers with cameras on two cores would only wait for each other.
pub(super) fn run(repo: &Repo, counts: &mut Counts) -> Result<()> {
    let files: Vec<_> =
        walk(&repo.path(FOLDER))?.into_iter().filter(|file| file.to_string_lossy().ends_with(".test.mjs")).collect();
    if files.is_empty() {
        bail!("there are no tests in {FOLDER}");
    }
    run_files(repo, &files, &[], counts)
}

/// Runs the given files, with variables beside those that every test gets.
pub(super) fn run_files(repo: &Repo, files: &[PathBuf], more: &[(&str, &Path)], counts: &mut Counts) -> Result<()> {
    required_chromium()?;
    let mut node = command("node");
    node.current_dir(repo.root()).args(["--test", "--test-concurrency=1", "--test-reporter=spec"]).args(files);
    with_places(repo, &mut node)?.envs(more.iter().copied());
    if !counted(&mut node, |line| counts.read_node(line))? {
        bail!("a browser test fails");
    }
    Ok(())
}
