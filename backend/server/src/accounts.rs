//! The API keys of the demo's participants: one of each role.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use shared::party::Role;
use zeroize::Zeroizing;

use crate::data_dir::private::{self, Existing};

/// Bytes that the file has at most.
const LIMIT: u64 = 16 * 1024;

/// API keys by role, as the file holds them: `{"producer": "…", …}`.
pub struct Accounts(BTreeMap<Role, Zeroizing<String>>);

impl Accounts {
    /// Accounts of these keys.
    pub fn new(keys: impl IntoIterator<Item = (Role, Zeroizing<String>)>) -> Self {
        Self(keys.into_iter().collect())
    }

    /// Reads a file that only its owner may read.
    ///
    /// # Errors
    /// If there is none, others may read it, or it is something else.
    pub fn read(path: &Path) -> Result<Self> {
        let bytes = private::read(path, LIMIT)?;
        let keys: BTreeMap<Role, String> =
            serde_json::from_slice(&bytes).with_context(|| format!("{} holds no API keys by role", path.display()))?;
        Ok(Self::new(keys.into_iter().map(|(role, key)| (role, Zeroizing::new(key)))))
    }

    /// Writes the file, for its owner alone.
    ///
    /// # Errors
    /// What the file system says.
    pub fn write(&self, path: &Path) -> Result<()> {
        let keys: BTreeMap<Role, &str> = self.0.iter().map(|(role, key)| (*role, key.as_str())).collect();
        let mut bytes = Zeroizing::new(Vec::with_capacity(LIMIT as usize));
        serde_json::to_writer_pretty(&mut *bytes, &keys)?;
        bytes.push(b'\n');
        private::write(path, &bytes, Existing::Replace).with_context(|| format!("cannot write {}", path.display()))
    }

    /// The API key of a role.
    ///
    /// # Errors
    /// If there is none.
    pub fn key(&self, role: Role) -> Result<&str> {
        self.0.get(&role).map(|key| key.as_str()).with_context(|| format!("there is no API key for the role {role}"))
    }
}
