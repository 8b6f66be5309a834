//! The data folder: everything a backend remembers, for its owner alone, used by one process at a time.

mod lock;
pub mod private;

pub use lock::Lock;

use std::io;
use std::path::{Path, PathBuf};

/// A data folder that exists and that nobody but its owner may enter.
#[derive(Clone, Debug)]
pub struct DataDir(PathBuf);

impl DataDir {
    /// Makes the folder if there is none, and takes it from everybody but its owner (mode 0700): the database in it holds
    /// what reporters trusted us with.
    ///
    /// # Errors
    /// What the file system says.
    pub fn open(path: &Path) -> io::Result<Self> {
        private::create_dir(path)?;
        Ok(Self(path.to_owned()))
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The key file.
    pub fn keys(&self) -> PathBuf {
        self.0.join("keys.json")
    }

    /// The database.
    pub fn database(&self) -> PathBuf {
        self.0.join("ledger.sqlite")
    }

    /// Where a serving process hears its operator.
    pub fn control(&self) -> PathBuf {
        self.0.join("control")
    }

    /// The API keys of the demo's participants, if they were made here.
    pub fn demo_accounts(&self) -> PathBuf {
        self.0.join("demo-accounts.json")
    }

    /// Takes the folder for this process alone.
    ///
    /// # Errors
    /// [`lock::LockError`] if another process has it.
    pub fn lock(&self) -> Result<Lock, lock::LockError> {
        Lock::take(&self.0.join("lock"))
    }
}
