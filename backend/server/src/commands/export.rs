//! `tanba export`.

use std::fs::{File, rename};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use anyhow::{Context, Result};
use backend_store::export::{Home, Moved, export};

use crate::config::data::{Data, Database};

/// Writes the whole ledger into a file, which has its name only when it is whole.
pub(super) fn run(data: &Data, out: &Path) -> Result<String> {
    let folder = data.open()?;
    let mut part = out.as_os_str().to_owned();
    part.push(".part");
    let part = Path::new(&part);
    // For its owner alone: it holds what reporters trusted us with.
    let mut file = File::options()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(part)
        .with_context(|| format!("cannot write {}", part.display()))?;
    let moved = match &data.database {
        Database::Folder => export(Home::Sqlite(&folder.database()), &mut file),
        Database::Postgres(address) => export(Home::Postgres(address), &mut file),
    }
    .context("cannot export the ledger")?;
    file.sync_all().with_context(|| format!("cannot write {}", part.display()))?;
    rename(part, out).with_context(|| format!("cannot write {}", out.display()))?;
    Ok(words(&moved))
}

/// What was moved, and the checksum of the ledger.
pub(super) fn words(moved: &Moved) -> String {
    let checksum: String = moved.checksum.iter().map(|byte| format!("{byte:02x}")).collect();
    let Moved { documents, blocks, rows, bytes, .. } = moved;
    format!("{documents} documents, {blocks} blocks, {rows} other rows, {bytes} bytes\nsha256 {checksum}\n")
}
