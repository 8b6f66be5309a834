//! The same questions put to PostgreSQL with a row per code and a row per event.

mod cluster;
mod codes;
mod events;

use anyhow::Result;
use cluster::Cluster;

pub(crate) use codes::Codes;
pub(crate) use events::Events;

/// All that was measured.
pub(crate) struct Baseline {
    pub(crate) codes: Codes,
    pub(crate) events: Events,
}

/// Prepares it, measures it, removes it.
pub(crate) fn measure(rows: u64) -> Result<Baseline> {
    let cluster = Cluster::start()?;
    Ok(Baseline { codes: codes::measure(&cluster, rows)?, events: events::measure(&cluster, rows)? })
}
