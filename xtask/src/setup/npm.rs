//! Tools from npm, exactly as the lock says.

use std::fs;

use anyhow::{Context, Result};

use crate::process::{command, run};
use crate::repo::Repo;

/// Installs if the lock has changed since the last time. No package may run a script of its own.
pub(super) fn ensure(repo: &Repo) -> Result<()> {
    let lock = fs::read_to_string(repo.path("package-lock.json")).context("package-lock.json")?;
    let stamp = repo.path("node_modules/.tanba.lock");
    if fs::read_to_string(&stamp).is_ok_and(|text| text == lock) {
        return Ok(());
    }
    println!("setup: installing npm packages");
    run(command("npm").current_dir(repo.root()).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]))?;
    fs::write(&stamp, lock).context("could not note the npm packages")
}
