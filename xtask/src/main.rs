//! All tooling of the repository, as `cargo xtask <command>`.
//!
//! One command is one file. Nothing of the product is linked here: the parts are built and started as
//! processes, so that this program compiles in seconds and works while a product crate does not.
#![allow(clippy::print_stdout, reason = "this program talks to a terminal")]

mod bench;
mod build;
mod ci;
mod phone;
mod process;
mod repo;
mod setup;
mod sizes;
mod steps;
mod test;
mod tidy;
mod toolchain;
mod up;

use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::repo::Repo;

const USAGE: &str = "\
cargo xtask <command>

  setup                     install what is missing: Debian packages, the WASM target, cargo and npm tools
  up [options]              prepare, build and start everything with demo data, until ctrl-C
      --detach              return when all is ready and leave it running
      --stop                stop what `up --detach` started
      --port-base <port>    use this port and the next one instead of 8080 and 8787
      --release             run the backend as a release build
  test [part…]              prepare, build and run every test; parts: unit, scenarios, browser
  build [part…]             build parts: server, scan, app, edge, shell (default: all)
  bench <name>              measure, print a table, write .run/bench/<name>.json; names: first, ledger, scan,
                            sizes
  ci                        what CI runs: format, tidy, lints, tests
  tidy                      check the rules of the tree
  phone <android|ios|web>   bundle the app with the Dioxus command line
";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let repo = Repo::here()?;
    match args.split_first() {
        Some((&"setup", [])) => setup::run(&repo),
        Some((&"up", rest)) => up::run(&repo, rest),
        Some((&"test", rest)) => test::run(&repo, rest),
        Some((&"build", rest)) => build::run(&repo, rest),
        Some((&"bench", rest)) => bench::run(&repo, rest),
        Some((&"ci", [])) => ci::run(&repo),
        Some((&"tidy", [])) => tidy::run(&repo),
        Some((&"phone", rest)) => phone::run(&repo, rest),
        None | Some((&("help" | "--help" | "-h"), _)) => {
            print!("{USAGE}");
            Ok(())
        }
        Some((command, _)) => {
            bail!("`{command}` is no command, or has too many arguments\n\n{USAGE}")
        }
    }
}
