//! `ci`: all that `.ci/run` calls. What passes here passes there.

use anyhow::Result;

use crate::process::{cargo, run as run_command};
use crate::repo::Repo;
use crate::steps::Steps;
use crate::toolchain::{WASM_TARGET, Wasm};
use crate::{setup, test, tidy};

/// Packages that also exist as WASM.
const WASM_PACKAGES: [&str; 3] = ["app", "edge", "scan"];

/// Format, tidy and lints first, since they are quick; then every test.
pub(crate) fn run(repo: &Repo) -> Result<()> {
    let mut steps = Steps::new();
    steps.must("setup", || setup::run(repo))?;
    steps.take("format", || run_command(cargo().current_dir(repo.root()).args(["fmt", "--all", "--check"])));
    steps.take("tidy", || tidy::run(repo));
    steps.take("lints", || {
        run_command(cargo().current_dir(repo.root()).args([
            "clippy",
            "--workspace",
            "--all-targets",
            "--",
            "-D",
            "warnings",
        ]))
    });
    steps.take("lints of WASM", || lint_wasm(repo));
    test::take_all(repo, &mut steps)?;
    steps.finish()
}

/// Clippy where the WASM toolchain has it; otherwise the compiler's own warnings, which must be none.
fn lint_wasm(repo: &Repo) -> Result<()> {
    let toolchain = Wasm::required(repo)?;
    let mut check = toolchain.cargo(repo);
    check.arg(if toolchain.has_clippy() { "clippy" } else { "check" });
    // The profile of the real build, so that this compiles its dependencies and not others.
    check.args(["--target", WASM_TARGET, "--profile", "wasm"]);
    for package in WASM_PACKAGES {
        check.args(["--package", package]);
    }
    if toolchain.has_clippy() {
        check.args(["--", "-D", "warnings"]);
    } else {
        check.env("RUSTFLAGS", "-Dwarnings");
    }
    run_command(&mut check)
}
