//! The same questions put to PostgreSQL with a row per code and a row per event.

mod codes;
mod events;

use anyhow::Result;
use postgres::{Client, NoTls};
use serde::{Deserialize, Serialize};
use tests::postgres::Cluster;

pub(crate) use codes::Codes;
pub(crate) use events::Events;

/// All that was measured.
#[derive(Serialize, Deserialize)]
pub(crate) struct Baseline {
    pub(crate) codes: Codes,
    pub(crate) events: Events,
}

/// What the machine has room for; durability as it comes.
const SETTINGS: [&str; 6] = [
    "shared_buffers = 4GB",
    "effective_cache_size = 12GB",
    "maintenance_work_mem = 1GB",
    "work_mem = 256MB",
    "max_wal_size = 16GB",
    "checkpoint_timeout = 30min",
];

/// A database of its own, on a server that ends with it.
pub(crate) struct Server {
    url: String,
    _cluster: Cluster,
}

impl Server {
    fn start() -> Self {
        let cluster = Cluster::start_with(&SETTINGS);
        Self { url: cluster.database("rows"), _cluster: cluster }
    }

    fn connect(&self) -> Result<Client> {
        Ok(Client::connect(&self.url, NoTls)?)
    }
}

/// Prepares it, measures it, removes it.
pub(crate) fn measure(rows: u64) -> Result<Baseline> {
    let server = Server::start();
    Ok(Baseline { codes: codes::measure(&server, rows)?, events: events::measure(&server, rows)? })
}
