//! The commands, one file each.

mod audit;
mod export;
mod import;
mod keys;
mod migrate;
mod openapi;
mod party;
mod serve;

use std::io::{Write as _, stdout};

use anyhow::{Context, Result};

use crate::args::{Command, HELP};
use crate::demo;

/// Carries a command out.
pub(crate) fn run(command: Command) -> Result<()> {
    match command {
        Command::Help => print(HELP),
        Command::Version => print(concat!("tanba ", env!("CARGO_PKG_VERSION"), "\n")),
        Command::Openapi => print(&openapi::document()?),
        Command::Serve { data, http, demo_accounts } => serve::run(&data, &http, demo_accounts.as_deref()),
        Command::Migrate { data } => print(&migrate::run(&data)?),
        Command::Export { data, out } => print(&export::run(&data, &out)?),
        Command::Import { data, from, parts } => print(&import::run(&data, &from, parts)?),
        Command::Audit { data } => print(&audit::run(&data)?),
        Command::PartyAdd { data, role, name } => print(&party::add(&data, role, &name)?),
        Command::KeysList { data } => print(&keys::list(&data)?),
        Command::KeysState { data, id, state } => print(&keys::state(&data, id, &state)?),
        Command::KeysEdge { data, out } => keys::edge(&data, &out),
        Command::Demo(options) => runtime()?.block_on(demo::run(&options)),
    }
}

/// Prints what was asked for.
fn print(text: &str) -> Result<()> {
    let mut out = stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).context("cannot write to standard output")
}

fn runtime() -> Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().context("cannot start the runtime")
}
