//! The scanner: loaded by the app in a web worker, when the camera is first opened.

use anyhow::Result;

use super::wasm::Module;
use crate::repo::Repo;

/// The scanner's module, optimised for speed: it is loaded once and then reads many frames a second.
pub(crate) const MODULE: Module = Module { package: "scan", kind: &["--lib"], effort: "-O3", simd: true };

/// The worker's own script, in the package.
pub(crate) const WORKER: &str = "crates/scan/web/worker.js";

/// Builds it and, if the app was built before, puts it into the site.
pub(crate) fn build(repo: &Repo) -> Result<()> {
    MODULE.build(repo)?;
    if super::app::MODULE.folder(repo).is_dir() {
        super::app::assemble(repo)?;
    }
    Ok(())
}
