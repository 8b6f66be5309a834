//! `tanba import`.

use std::fs::File;
use std::path::Path;

use anyhow::{Context, Result};
use backend_store::export::{Home, import};

use super::export::words;
use crate::config::data::{Data, Database};

/// Makes a ledger of a file that `tanba export` wrote, where there is none.
pub(super) fn run(data: &Data, from: &Path, parts: u32) -> Result<String> {
    let folder = data.open()?;
    let _lock = folder.lock()?;
    let mut file = File::open(from).with_context(|| format!("cannot read {}", from.display()))?;
    let moved = match &data.database {
        Database::Folder => import(&mut file, Home::Sqlite(&folder.database()), parts),
        Database::Postgres(address) => import(&mut file, Home::Postgres(address), parts),
    }
    .context("cannot import the ledger")?;
    Ok(words(&moved))
}
