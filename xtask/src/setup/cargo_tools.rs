//! Tools from the crate registry, built into `target/tools` unless the person has the right version already.

use std::process::Command;

use anyhow::{Context, Result};

use crate::process::{cargo, command, output, run};
use crate::repo::Repo;
use crate::toolchain::{cargo_tool, debian_version, minor, path_with_first};

/// A program to install, with all that decides which.
pub(crate) struct Tool {
    /// The package in the registry.
    package: &'static str,
    /// The program it brings.
    pub(crate) program: &'static str,
    /// The exact version.
    pub(crate) version: &'static str,
    features: &'static [&'static str],
    /// Roughly what building it takes on two cores, for the one who waits.
    minutes: u32,
}

/// Its version is that of the library `wasm-bindgen` in Cargo.lock, the newest that worker-build accepts.
pub(crate) const WASM_BINDGEN: Tool =
    Tool { package: "wasm-bindgen-cli", program: "wasm-bindgen", version: "0.2.129", features: &[], minutes: 2 };

/// Builds the Worker; its version is that of the library `worker`.
pub(crate) const WORKER_BUILD: Tool =
    Tool { package: "worker-build", program: "worker-build", version: "0.8.7", features: &[], minutes: 2 };

/// Bundles the app for phones. Never needed for tests: 20 CPU-minutes.
pub(crate) const DIOXUS: Tool =
    Tool { package: "dioxus-cli", program: "dx", version: "0.7.10", features: &["no-downloads"], minutes: 12 };

/// The cargo with the newest compiler there is: without its lock file a tool takes the newest libraries, and some of them
/// ask for more than rustup's compiler may be.
fn newest_cargo() -> Command {
    let ours = output(command("rustc").arg("--version")).ok().and_then(|version| minor(&version));
    let debian = debian_version().and_then(|version| minor(&version));
    match (ours, debian) {
        (Some(ours), Some(debian)) if debian > ours => {
            let mut cargo = command("/usr/bin/cargo");
            cargo.env("PATH", path_with_first("/usr/bin")).env_remove("RUSTUP_TOOLCHAIN").env_remove("RUSTC");
            cargo
        }
        _ => cargo(),
    }
}

/// Installs a tool if neither `target/tools` nor `PATH` has it in this version.
pub(crate) fn ensure(repo: &Repo, tool: &Tool) -> Result<()> {
    if cargo_tool(repo, tool.program, tool.version).is_some() {
        return Ok(());
    }
    println!("setup: building {} {} (about {} min)", tool.package, tool.version, tool.minutes);
    // Not `--locked`: the lock of wasm-bindgen-cli names a crate version that was withdrawn. One target folder
    // for all tools, since they share half of their dependencies; optimised lightly, since they run for seconds.
    let mut install = newest_cargo();
    install
        .args(["install", tool.package, "--version", tool.version, "--force"])
        .arg("--root")
        .arg(repo.path("target/tools"))
        .arg("--target-dir")
        .arg(repo.path("target/tools/build"))
        .env_remove("CARGO_TARGET_DIR")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_DEBUG", "0");
    if !tool.features.is_empty() {
        install.arg("--features").arg(tool.features.join(","));
    }
    run(&mut install)?;
    cargo_tool(repo, tool.program, tool.version)
        .map(|_| ())
        .with_context(|| format!("{} was installed and yet is not there", tool.program))
}
