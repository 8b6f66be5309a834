//! `setup`: installs what is missing, and says what it does. Nothing missing: a second at most.

mod cargo_tools;
mod debian;
mod npm;
mod wasm_std;

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::process::{cargo, command, output, run_limited, which};
use crate::repo::Repo;
use crate::steps::seconds;
use crate::toolchain::{self, WASM_TARGET, Wasm};

pub(crate) use cargo_tools::{DIOXUS, WASM_BINDGEN, WORKER_BUILD, ensure as ensure_tool};

/// A closed network lets rustup hang for hours rather than fail.
const RUSTUP_LIMIT: Duration = Duration::from_secs(20);

/// Installs everything that building and testing need.
pub(crate) fn run(repo: &Repo) -> Result<()> {
    let start = Instant::now();
    std::fs::create_dir_all(repo.path("target/tools"))?;
    check_given()?;
    debian::ensure(&debian::always())?;
    npm::ensure(repo)?;
    let wasm = ensure_wasm(repo)?;
    cargo_tools::ensure(repo, &WASM_BINDGEN)?;
    cargo_tools::ensure(repo, &WORKER_BUILD)?;
    let compiler = match wasm {
        Wasm::Rustup => "rustup's target",
        Wasm::Debian => "Debian's compiler",
    };
    println!("setup: all is there; WASM by {compiler} ({})", seconds(start.elapsed()));
    Ok(())
}

/// What a person brings along: Rust and Node.
fn check_given() -> Result<()> {
    output(cargo().arg("--version")).context("cargo is needed: see https://rustup.rs")?;
    let node = output(command("node").arg("--version")).context("Node.js 20 or newer is needed, with npm")?;
    if node_major(&node).is_none_or(|major| major < 20) {
        bail!("Node.js 20 or newer is needed; this is {}", node.trim());
    }
    if which("npm").is_none() {
        bail!("npm is needed beside Node.js");
    }
    Ok(())
}

fn node_major(version: &str) -> Option<u32> {
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

/// Makes one of the two ways to build WASM work: first what is there, then the ordinary way, then the other.
fn ensure_wasm(repo: &Repo) -> Result<Wasm> {
    if let Some(wasm) = Wasm::find(repo) {
        return Ok(wasm);
    }
    if which("rustup").is_some() {
        println!("setup: adding the target {WASM_TARGET} to the Rust toolchain");
        let ended = run_limited(command("rustup").args(["target", "add", WASM_TARGET]), RUSTUP_LIMIT)?;
        if ended.is_some_and(|status| status.success()) && toolchain::rustup_has_target() {
            return Ok(Wasm::Rustup);
        }
        println!("setup: the target cannot be downloaded here; taking Debian's compiler for WASM");
    }
    debian::ensure(&debian::WASM_COMPILER)?;
    wasm_std::ensure(repo)?;
    Wasm::find(repo).context("WASM still cannot be built after everything was installed")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_of_node_is_read() {
        assert_eq!(node_major("v20.20.2\n"), Some(20));
        assert_eq!(node_major("20"), None);
    }
}
