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

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::files::{copy, copy_all, fingerprint, write};
use super::{scan, wasm::Module};
use crate::process::{command, output};
use crate::repo::Repo;

/// The app's module.
pub(crate) const MODULE: Module = Module { package: "app", kind: &[], effort: "-Oz" };

/// Builds the app and its scanner and puts the site together.
pub(crate) fn build(repo: &Repo) -> Result<()> {
    scan::MODULE.build(repo)?;
    MODULE.build(repo)?;
    assemble(repo)
}

/// Puts the scanner where `dx` takes files as they are: it bundles the app alone.
pub(crate) fn scanner_for_bundle(repo: &Repo) -> Result<()> {
    scan::MODULE.build(repo)?;
    put_scanner(repo, &repo.path("app/public"))
}

/// Puts the site together beside the old one, then in its place.
pub(crate) fn assemble(repo: &Repo) -> Result<()> {
    let site = repo.site();
    let fresh = repo.path("target/web/app.new");
    if fresh.exists() {
        fs::remove_dir_all(&fresh)?;
    }
    copy_all(&repo.path("app/public"), &fresh)?;
    let names = put_app(repo, &fresh)?;
    put_scanner(repo, &fresh)?;
    let template =
        fs::read_to_string(repo.path("app/index.html")).context("app/index.html is the page that the app starts in")?;
    write(&fresh.join("index.html"), page::with_app(&template, &names)?)?;
    precache::write(&fresh)?;
    if site.exists() {
        fs::remove_dir_all(&site)?;
    }
    fs::rename(&fresh, &site).context("could not put the new site in place")
}

/// Bundles the module's JavaScript into one file and gives both files names that change with their content.
fn put_app(repo: &Repo, site: &Path) -> Result<page::Names> {
    let folder = MODULE.folder(repo);
    let module = fs::read(folder.join("app_bg.wasm"))?;
    let wasm = format!("/app/app-{}.wasm", fingerprint([&module[..]]));
    write(
        &folder.join("start.js"),
        format!("import init from \"./app.js\";\ninit({{ module_or_path: \"{wasm}\" }});\n"),
    )?;
    let script = output(
        command(repo.npm_bin("esbuild"))
            .current_dir(&folder)
            .args(["start.js", "--bundle", "--format=esm", "--minify"])
            .args(["--target=es2022", "--log-level=warning"]),
    )?;
    let js = format!("/app/app-{}.js", fingerprint([script.as_bytes()]));
    write(&site.join(&wasm[1..]), &module)?;
    write(&site.join(&js[1..]), &script)?;
    Ok(page::Names { js, wasm })
}

fn put_scanner(repo: &Repo, site: &Path) -> Result<()> {
    let target = site.join("scan");
    copy_all(&scan::MODULE.folder(repo), &target)?;
    let worker = repo.path(scan::WORKER);
    if !worker.is_file() {
        println!("build: {} is not there, the site has no scanning worker", scan::WORKER);
        return Ok(());
    }
    copy(&worker, &target.join("worker.js"))
}
