//! SQLite, the default: one process, one file.

mod driver;
mod failure;
mod migrate;
mod session;

pub(crate) use driver::Sqlite;
