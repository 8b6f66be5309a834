//! `tanba keys`.

use std::path::Path;

use anyhow::{Context, Result};
use shared::seal::KeyId;

use crate::clock;
use crate::config::data::Data;
use crate::data_dir::private::{self, Existing};
use crate::keys::{KeyFile, edge_variables, list as table, set_state};

/// `tanba keys list`.
pub(super) fn list(data: &Data) -> Result<String> {
    let file = KeyFile::open(&data.open()?.keys())?;
    Ok(table(&file, file.keyring()?.set()))
}

/// `tanba keys state`. The server must be down: it would go on with the keys it has read.
pub(super) fn state(data: &Data, id: KeyId, state: &str) -> Result<String> {
    let folder = data.open()?;
    let _lock = folder.lock()?;
    let mut file = KeyFile::open(&folder.keys())?;
    set_state(&mut file, id, state, clock::now_seconds())?;
    // Before it is written: a set that cannot be signed would keep the server from starting.
    file.keyring()?;
    file.write(&folder.keys(), Existing::Replace)?;
    Ok(format!("{id} is {state}; the key set has version {}\n", file.version))
}

/// `tanba keys edge`. Makes the keys if there are none yet, so that the edge can be set up first.
pub(super) fn edge(data: &Data, out: &Path) -> Result<()> {
    let file = KeyFile::open_or_create(&data.open()?.keys(), clock::now_seconds())?;
    let text = edge_variables(&file)?;
    private::write(out, &text, Existing::Replace).with_context(|| format!("cannot write {}", out.display()))
}
