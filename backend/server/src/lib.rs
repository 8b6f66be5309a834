//! The program `tanba`: puts store, interface and keys together, and gives the operator a command line.
//!
//! Everything that decides lives in the crates below; here are configuration, the key file, the data folder and the start
//! and stop of the process.

pub mod accounts;
pub mod args;
mod clock;
mod commands;
pub mod config;
mod control;
pub mod data_dir;
pub mod demo;
pub mod keys;
pub mod sweep;

use std::ffi::OsString;
use std::io::{Write as _, stderr};
use std::process::ExitCode;

/// Runs the program with the arguments after its name. Standard output holds what was asked for; everything else goes to
/// standard error. The status is 2 for a command line that cannot be read, 1 for a command that failed.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let command = match args::parse(args) {
        Ok(command) => command,
        Err(error) => {
            complain(&error.to_string());
            return ExitCode::from(2);
        }
    };
    match commands::run(command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // The chain of causes, once, at the rim of the process.
            complain(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn complain(text: &str) {
    // Nobody is left to tell if standard error is closed.
    let _ = writeln!(stderr(), "tanba: {text}");
}
