//! The app as a program of its own, which draws in the system's web view.

use anyhow::Result;

use crate::process::{cargo, run};
use crate::repo::Repo;

/// Builds it for this machine; cargo itself knows what has changed. Phones get theirs by `phone`.
///
/// The whole workspace is selected for the reason that `server` has.
pub(super) fn build(repo: &Repo) -> Result<()> {
    run(cargo().current_dir(repo.root()).args(["build", "--workspace", "--bin", "app"]))
}
