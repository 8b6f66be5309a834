//! The edge: the Worker that workerd runs, in `edge/build`.

use anyhow::{Context, Result};

use super::files::{Stamp, fingerprint_of};
use crate::process::{command, run};
use crate::repo::Repo;
use crate::setup::{WASM_BINDGEN, WORKER_BUILD};
use crate::toolchain::{Wasm, cargo_tool};

/// What the Worker is made of. worker-build has no notion of "nothing has changed", so we look ourselves.
const SOURCES: [&str; 8] =
    ["Cargo.lock", "Cargo.toml", "crates/gs1", "crates/seal", "edge/Cargo.toml", "edge/src", "locales", "shared"];

/// Builds it.
pub(crate) fn build(repo: &Repo) -> Result<()> {
    let toolchain = Wasm::required(repo)?;
    let sources = SOURCES.map(|name| repo.path(name));
    let key = format!("{toolchain:?} {} {}", WORKER_BUILD.version, fingerprint_of(&sources)?);
    let stamp = Stamp::new(repo.path("target/web/edge.stamp"), key);
    if stamp.fresh() && repo.path("edge/build/index.js").is_file() {
        return Ok(());
    }
    let worker_build = cargo_tool(repo, WORKER_BUILD.program, WORKER_BUILD.version)
        .context("no worker-build; run `cargo xtask setup`")?;
    let bindgen = cargo_tool(repo, WASM_BINDGEN.program, WASM_BINDGEN.version)
        .context("no wasm-bindgen; run `cargo xtask setup`")?;
    let mut build = command(worker_build);
    toolchain.prepare(repo, &mut build);
    // Unless told where they are, it downloads these three.
    run(build
        .current_dir(repo.path("edge"))
        .env("WASM_BINDGEN_BIN", bindgen)
        .env("WASM_OPT_BIN", repo.npm_bin("wasm-opt"))
        .env("ESBUILD_BIN", repo.npm_bin("esbuild"))
        .args(["--profile", "edge"]))?;
    stamp.set()
}
