//! The backend: the native program `tanba`.

use anyhow::Result;

use crate::process::{cargo, run};
use crate::repo::Repo;

/// Builds it; cargo itself knows what has changed.
///
/// The whole workspace is selected so that libraries get the same features as when the tests are built: another
/// selection would compile many of them a second time.
pub(crate) fn build(repo: &Repo, release: bool) -> Result<()> {
    let mut build = cargo();
    build.current_dir(repo.root()).args(["build", "--workspace", "--bin", "tanba"]);
    if release {
        build.arg("--release");
    }
    run(&mut build)
}
