//! The standard library for WASM, built from Debian's source, and the linker that Debian's compiler lacks.
//!
//! Debian ships the compiler and the library's source with its dependencies, but no built library for
//! `wasm32-unknown-unknown`. Built once with bitcode (link-time optimisation fails without) and put into the
//! compiler's folder, it makes every ordinary build work without unstable flags.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::debian::as_root;
use crate::process::{command, output, run};
use crate::repo::Repo;
use crate::toolchain::{DEBIAN_WASM_LIB, WASM_TARGET, Wasm, debian_version};

/// Where Debian's compiler looks for its linker.
const DEBIAN_BIN: &str = "/usr/lib/rustlib/x86_64-unknown-linux-gnu/bin";

/// Tools that come with rustup's toolchain and not with Debian's.
const LINKERS: [&str; 3] = ["rust-lld", "rust-objcopy", "wasm-component-ld"];

/// Installs the linkers and the library.
pub(super) fn ensure(repo: &Repo) -> Result<()> {
    let version = debian_version().context("/usr/bin/rustc is missing or too old, though its package is installed")?;
    if !cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        bail!("Debian's way to build WASM is known for x86_64 only; use rustup's target");
    }
    link_tools(repo)?;
    println!("setup: building the standard library for {WASM_TARGET} ({version})");
    build(repo)
}

/// Wrappers around rustup's tools: they need its LLVM library, so a link would not do.
fn link_tools(repo: &Repo) -> Result<()> {
    let sysroot = output(command("rustc").args(["--print", "sysroot"]))?;
    let sysroot = sysroot.trim();
    let folder = repo.path("target/tools/linkers");
    fs::create_dir_all(&folder)?;
    for tool in LINKERS {
        let real = format!("{sysroot}/lib/rustlib/x86_64-unknown-linux-gnu/bin/{tool}");
        if !Path::new(&real).is_file() {
            bail!("{real} is missing: the Rust toolchain is not rustup's?");
        }
        let wrapper = folder.join(tool);
        fs::write(&wrapper, format!("#!/bin/sh\nLD_LIBRARY_PATH='{sysroot}/lib' exec '{real}' \"$@\"\n"))?;
        fs::set_permissions(&wrapper, fs::Permissions::from_mode(0o755))?;
        run(as_root("install")?.args(["-D", "-m", "755"]).arg(&wrapper).arg(Path::new(DEBIAN_BIN).join(tool)))?;
    }
    Ok(())
}

fn build(repo: &Repo) -> Result<()> {
    let package = repo.path("target/tools/wasm-std");
    fs::create_dir_all(package.join("src"))?;
    // Its own workspace, or cargo would look for it in ours.
    fs::write(
        package.join("Cargo.toml"),
        "[package]\nname = \"carrier\"\nversion = \"0.0.0\"\nedition = \"2021\"\n\n\
         [workspace]\n\n[profile.release]\npanic = \"abort\"\n",
    )?;
    fs::write(package.join("src/lib.rs"), "")?;
    let mut cargo = command("/usr/bin/cargo");
    Wasm::Debian.prepare(repo, &mut cargo);
    run(cargo
        .current_dir(&package)
        .env("CARGO_TARGET_DIR", package.join("target"))
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTFLAGS", "-Cembed-bitcode=yes")
        .args(["build", "--quiet", "--release", "--target", WASM_TARGET])
        .arg("-Zbuild-std=core,alloc,std,panic_abort,panic_unwind"))?;
    let built = package.join(format!("target/{WASM_TARGET}/release/deps"));
    install(&built)
}

/// Puts a whole new folder in place of the old: libraries of two compilers in one folder break both.
fn install(built: &Path) -> Result<()> {
    let fresh = format!("{DEBIAN_WASM_LIB}.new");
    run(as_root("rm")?.args(["-rf", &fresh]))?;
    run(as_root("mkdir")?.args(["-p", &fresh]))?;
    let libraries: Vec<_> = fs::read_dir(built)
        .with_context(|| format!("no libraries in {}", built.display()))?
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| is_library(path))
        .collect();
    if libraries.is_empty() {
        bail!("no libraries in {}", built.display());
    }
    let status = as_root("cp")?.args(&libraries).arg(&fresh).status()?;
    if !status.success() {
        bail!("could not copy the libraries to {fresh}");
    }
    run(as_root("rm")?.args(["-rf", DEBIAN_WASM_LIB]))?;
    run(as_root("mv")?.args([fresh.as_str(), DEBIAN_WASM_LIB]))
}

fn is_library(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.ends_with(".rlib") && !name.starts_with("libcarrier")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_carrier_itself_is_no_library() {
        assert!(is_library(Path::new("deps/libcore-0123.rlib")));
        assert!(!is_library(Path::new("deps/libcarrier-0123.rlib")));
        assert!(!is_library(Path::new("deps/libcore-0123.rmeta")));
    }
}
