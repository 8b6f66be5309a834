//! The app: an installable site in `target/web/app`.
//!
//! | in the site | from |
//! |---|---|
//! | `index.html` | `app/index.html`, the marker replaced by what starts the app |
//! | `app/app-<fingerprint>.js`, `app/app-<fingerprint>.wasm` | package `app` |
//! | `scan/scan.js`, `scan/scan_bg.wasm`, `scan/worker.js` | package `scan` |
//! | everything else | `app/public`, as it is |
//! | `precache.json` | the list of all this, for the service worker |

mod page;
mod precache;
mod program;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::files::{copy, copy_all, write};
use super::{scan, wasm::Module};
use crate::repo::Repo;
use program::Program;

/// The app's module.
pub(crate) const MODULE: Module = Module { package: "app", kind: &[], effort: "-Oz", simd: false };

/// Builds the app and its scanner and puts the site together.
pub(crate) fn build(repo: &Repo) -> Result<()> {
    scan::MODULE.build(repo)?;
    MODULE.build(repo)?;
    assemble(repo)
}

/// Puts the scanner where `dx` takes files as they are: it bundles and serves the app alone.
pub(crate) fn scanner_for_bundle(repo: &Repo) -> Result<()> {
    scan::MODULE.build(repo)?;
    put_scanner(repo, &repo.path("app/public"))
}

/// Puts the site together from what `build` made of the package.
pub(crate) fn assemble(repo: &Repo) -> Result<()> {
    put_together(repo, &repo.site(), &Program::own(repo, &MODULE.folder(repo))?)
}

/// Puts a site together from what `dx` made of the package, by the same rules.
///
/// Of its bundle only the program is taken: `dx` rewrites the files of `app/public`, loses the mark in `sw.js`, and knows
/// nothing of the list.
pub(crate) fn assemble_bundle(repo: &Repo, bundle: &Path, site: &Path) -> Result<()> {
    put_together(repo, site, &Program::of_dx(bundle)?)
}

/// Puts a site together beside the old one, then in its place.
fn put_together(repo: &Repo, site: &Path, program: &Program) -> Result<()> {
    let fresh = site.with_extension("new");
    if fresh.exists() {
        fs::remove_dir_all(&fresh)?;
    }
    copy_all(&repo.path("app/public"), &fresh)?;
    let names = program.put(&fresh)?;
    put_scanner(repo, &fresh)?;
    let template =
        fs::read_to_string(repo.path("app/index.html")).context("app/index.html is the page that the app starts in")?;
    write(&fresh.join("index.html"), page::with_app(&template, &names)?)?;
    precache::write(&fresh)?;
    if site.exists() {
        fs::remove_dir_all(site)?;
    }
    fs::rename(&fresh, site).context("could not put the new site in place")
}

fn put_scanner(repo: &Repo, site: &Path) -> Result<()> {
    let target = site.join("scan");
    if target.exists() {
        fs::remove_dir_all(&target)?;
    }
    copy_all(&scan::MODULE.folder(repo), &target)?;
    let worker = repo.path(scan::WORKER);
    if !worker.is_file() {
        println!("build: {} is not there, the site has no scanning worker", scan::WORKER);
        return Ok(());
    }
    copy(&worker, &target.join("worker.js"))
}
