//! `tanba migrate`.

use anyhow::{Context, Result};

use crate::config::data::Data;

/// Makes the ledger's tables, or brings them to the schema of this program.
pub(super) fn run(data: &Data) -> Result<String> {
    let folder = data.open()?;
    let _lock = folder.lock()?;
    data.store(&folder).context("cannot open the database")?;
    Ok("the ledger has the schema of this program\n".to_owned())
}
