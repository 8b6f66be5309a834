//! From a package to a small WASM module with its JavaScript: cargo, wasm-bindgen, wasm-opt.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use super::files::{Stamp, fingerprint};
use crate::process::{command, run};
use crate::repo::Repo;
use crate::setup::WASM_BINDGEN;
use crate::toolchain::{WASM_TARGET, Wasm, cargo_tool};

/// What every browser since 2023 has, and rustc may use. Naming them beats `--all-features`, which would let
/// a newer wasm-opt write what a phone cannot read.
pub(crate) const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-reference-types",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-multivalue",
];

/// The profile in `Cargo.toml` of what browsers load.
pub(crate) const PROFILE: &str = "wasm";

/// A package that becomes a module.
pub(crate) struct Module {
    /// The package, and the name of what it becomes.
    pub(crate) package: &'static str,
    /// What of the package is built: `--lib` or `--bin`.
    pub(crate) kind: &'static [&'static str],
    /// How hard wasm-opt tries, and for what.
    pub(crate) effort: &'static str,
    /// Whether it counts several numbers at once (128-bit SIMD: Chrome 91, Firefox 89, Safari 16.4).
    pub(crate) simd: bool,
}

impl Module {
    /// Where `<package>.js` and `<package>_bg.wasm` are written.
    pub(crate) fn folder(&self, repo: &Repo) -> PathBuf {
        repo.path("target/web/modules").join(self.package)
    }

    /// Builds it; the two later tools run only if cargo's result has changed.
    pub(crate) fn build(&self, repo: &Repo) -> Result<()> {
        let toolchain = Wasm::required(repo)?;
        let mut cargo = toolchain.cargo(repo);
        cargo
            .args(["build", "--target", WASM_TARGET, "--profile", PROFILE])
            .args(["--package", self.package])
            .args(self.kind);
        if self.simd {
            // For what runs in the browser alone; what runs while building is left as it is.
            cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", "-Ctarget-feature=+simd128");
        }
        run(&mut cargo)?;
        let compiled = repo.path(&format!("target/wasm/{WASM_TARGET}/{PROFILE}/{}.wasm", self.package));
        let bytes = fs::read(&compiled)
            .with_context(|| format!("package `{}` gave no {}", self.package, compiled.display()))?;
        let tools = format!("{} {} {FEATURES:?} {}", WASM_BINDGEN.version, self.effort, self.simd);
        let folder = self.folder(repo);
        let stamp = Stamp::new(
            repo.path(&format!("target/web/modules/{}.stamp", self.package)),
            fingerprint([&bytes[..], tools.as_bytes()]),
        );
        if stamp.fresh() && folder.is_dir() {
            return Ok(());
        }
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        let bindgen = cargo_tool(repo, WASM_BINDGEN.program, WASM_BINDGEN.version)
            .context("no wasm-bindgen; run `cargo xtask setup`")?;
        run(command(bindgen)
            .args(["--target", "web", "--no-typescript", "--out-name", self.package])
            .arg("--out-dir")
            .arg(&folder)
            .arg(&compiled))?;
        let module = folder.join(format!("{}_bg.wasm", self.package));
        let mut optimise = command(repo.npm_bin("wasm-opt"));
        optimise.arg(self.effort).args(FEATURES);
        if self.simd {
            optimise.arg("--enable-simd");
        }
        run(optimise.arg("-o").arg(&module).arg(&module))?;
        stamp.set()
    }
}
