//! PostgreSQL 15 or later: several processes, one server; with Citus, several servers.

mod citus;
mod driver;
mod failure;
mod migrate;
mod session;
mod value;

#[cfg(any(test, feature = "trial"))]
pub(crate) use citus::distribute;
pub(crate) use driver::Postgres;
#[cfg(any(test, feature = "trial"))]
pub(crate) use migrate::{MIGRATIONS, migrate};
#[cfg(any(test, feature = "trial"))]
pub(crate) use session::READ_BLOCKS;
