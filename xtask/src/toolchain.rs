//! Which compiler builds WASM.
//!
//! Ordinarily rustup's, with its `wasm32-unknown-unknown` target. Where that target cannot be downloaded,
//! Debian's rustc-web in `/usr/bin`, for which `setup` has built the standard library
//! (`docs/guides/building.md`). Native code is always built by the cargo on `PATH`, in `target/`; WASM goes to
//! `target/wasm/`, so that the two compilers never overwrite each other's work.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::process::{command, output};
use crate::repo::Repo;

/// The target of everything that runs in a browser or in workerd.
pub(crate) const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// Where Debian's compiler keeps the standard library of that target.
pub(crate) const DEBIAN_WASM_LIB: &str = "/usr/lib/rustlib/wasm32-unknown-unknown/lib";

/// The minor version of Rust below which the workspace does not build.
const OLDEST_MINOR: u32 = 95;

/// A compiler that can build WASM here and now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wasm {
    /// The native toolchain, with the target installed.
    Rustup,
    /// `/usr/bin/cargo` and `/usr/bin/rustc`.
    Debian,
}

impl Wasm {
    /// The compiler that works, if one does.
    pub(crate) fn find(repo: &Repo) -> Option<Self> {
        if rustup_has_target() {
            return Some(Self::Rustup);
        }
        debian_works(repo).then_some(Self::Debian)
    }

    /// The same, for commands that cannot go on without.
    pub(crate) fn required(repo: &Repo) -> Result<Self> {
        Self::find(repo).context("no compiler for WASM; run `cargo xtask setup`")
    }

    /// Cargo of this toolchain, writing to `target/wasm`.
    pub(crate) fn cargo(self, repo: &Repo) -> Command {
        let mut cargo = match self {
            Self::Rustup => command("cargo"),
            Self::Debian => command("/usr/bin/cargo"),
        };
        self.prepare(repo, &mut cargo);
        cargo
    }

    /// Makes a program that calls cargo itself, such as worker-build, use this toolchain.
    pub(crate) fn prepare(self, repo: &Repo, program: &mut Command) {
        program.current_dir(repo.root()).env("CARGO_TARGET_DIR", repo.path("target/wasm"));
        if self == Self::Debian {
            program.env("PATH", path_with_first("/usr/bin")).env_remove("RUSTUP_TOOLCHAIN").env_remove("RUSTC");
        }
    }

    /// Whether this toolchain has clippy; Debian's has not.
    pub(crate) fn has_clippy(self) -> bool {
        self == Self::Rustup
    }
}

/// `PATH` with a folder before all others.
pub(crate) fn path_with_first(folder: &str) -> OsString {
    let mut path = OsString::from(folder);
    if let Some(rest) = std::env::var_os("PATH") {
        path.push(":");
        path.push(rest);
    }
    path
}

/// Whether the native compiler has the standard library for WASM.
pub(crate) fn rustup_has_target() -> bool {
    let folder = output(command("rustc").args(["--print", "target-libdir", "--target", WASM_TARGET]));
    folder.is_ok_and(|folder| has_core(Path::new(folder.trim())))
}

fn has_core(folder: &Path) -> bool {
    let Ok(files) = fs::read_dir(folder) else {
        return false;
    };
    files.flatten().any(|file| {
        let name = file.file_name();
        let name = name.to_string_lossy();
        name.starts_with("libcore-") && name.ends_with(".rlib")
    })
}

/// Whether Debian's compiler is there and new enough.
pub(crate) fn debian_version() -> Option<String> {
    if !Path::new("/usr/bin/cargo").is_file() || !Path::new("/usr/bin/rustc").is_file() {
        return None;
    }
    let version = output(command("/usr/bin/rustc").arg("--version")).ok()?;
    (minor(&version)? >= OLDEST_MINOR).then(|| version.trim().to_owned())
}

/// The middle number of what `rustc --version` says.
pub(crate) fn minor(version: &str) -> Option<u32> {
    version.strip_prefix("rustc 1.")?.split('.').next()?.parse().ok()
}

/// Whether Debian's compiler links a WASM program with link-time optimisation: the standard library is of
/// the same version, has bitcode, and the linker is found. Tried once for a compiler and library.
fn debian_works(repo: &Repo) -> bool {
    let Some(version) = debian_version() else {
        return false;
    };
    let lib = Path::new(DEBIAN_WASM_LIB);
    if !has_core(lib) {
        return false;
    }
    let stamp = repo.path("target/tools/wasm-trial.stamp");
    let key = format!("{version} {}", changed(lib));
    if fs::read_to_string(&stamp).is_ok_and(|text| text == key) {
        return true;
    }
    let passed = try_debian(repo);
    if let Err(error) = &passed {
        println!("  Debian's compiler does not build WASM: {error:#}");
        return false;
    }
    // Without the stamp the trial is only repeated.
    fs::write(&stamp, key).is_ok() || passed.is_ok()
}

fn changed(folder: &Path) -> u128 {
    fs::metadata(folder)
        .and_then(|data| data.modified())
        .ok()
        .and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok())
        .map_or(0, |time| time.as_nanos())
}

fn try_debian(repo: &Repo) -> Result<()> {
    let folder = repo.path("target/tools/trial");
    fs::create_dir_all(&folder)?;
    let source = folder.join("trial.rs");
    let program = folder.join("trial.wasm");
    fs::write(&source, "fn main() { println!(\"{}\", std::env::args().count()); }\n")?;
    let mut rustc = command("/usr/bin/rustc");
    Wasm::Debian.prepare(repo, &mut rustc);
    output(
        rustc
            .args(["--target", WASM_TARGET, "-O", "-Clto=fat", "-Cpanic=abort"])
            .arg("--out-dir")
            .arg(&folder)
            .arg(&source),
    )?;
    if !program.is_file() {
        bail!("it wrote no program");
    }
    Ok(())
}

/// A tool installed by cargo: ours in `target/tools`, or the person's own if it has the same version.
pub(crate) fn cargo_tool(repo: &Repo, name: &str, version: &str) -> Option<PathBuf> {
    let ours = repo.path("target/tools/bin").join(name);
    let theirs = crate::process::which(name);
    [Some(ours), theirs].into_iter().flatten().find(|program| has_version(program, version))
}

fn has_version(program: &Path, version: &str) -> bool {
    program.is_file() && output(command(program).arg("--version")).is_ok_and(|text| names_version(&text, version))
}

fn names_version(text: &str, version: &str) -> bool {
    text.split_whitespace().any(|word| word == version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_minor_version_is_read() {
        assert_eq!(minor("rustc 1.96.0 (ac68faa20 2026-05-25)"), Some(96));
        assert_eq!(minor("rustc 2.0.0"), None);
        assert_eq!(minor("cargo 1.96.0"), None);
    }

    #[test]
    fn another_version_of_a_tool_does_not_count() {
        assert!(names_version("wasm-bindgen 0.2.129\n", "0.2.129"));
        assert!(!names_version("wasm-bindgen 0.2.1290\n", "0.2.129"));
        assert!(!has_version(Path::new("/nowhere"), "1.0.0"));
    }
}
