//! One process at a time: the ledger has one writer.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// The folder is ours while this lives; the system takes it back when the process ends, however it ends.
#[derive(Debug)]
pub struct Lock {
    file: File,
}

impl Drop for Lock {
    fn drop(&mut self) {
        // To close it would do, unless a process that is being started just now holds a copy of its descriptor.
        let _ = self.file.unlock();
    }
}

/// Why the folder is not ours.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Somebody else has it.
    #[error("the data folder is in use{}: stop that `tanba` first", .holder.as_ref().map(|id| format!(" by process {id}")).unwrap_or_default())]
    InUse {
        /// The process, if it said so.
        holder: Option<String>,
    },
    /// The lock file cannot be used.
    #[error("cannot use the lock file {}", .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
}

impl Lock {
    pub(super) fn take(path: &Path) -> Result<Self, LockError> {
        let io = |source| LockError::Io { path: path.to_owned(), source };
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false).mode(0o600);
        let mut file = options.open(path).map_err(io)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                // Only a help for the reader: a holder that has not written its number yet is as much a holder.
                let read = file.read_to_string(&mut holder);
                let holder = Some(holder.trim().to_owned()).filter(|id| read.is_ok() && !id.is_empty());
                return Err(LockError::InUse { holder });
            }
            Err(TryLockError::Error(source)) => return Err(io(source)),
        }
        file.set_len(0).and_then(|()| file.seek(SeekFrom::Start(0))).map_err(io)?;
        writeln!(file, "{}", std::process::id()).map_err(io)?;
        Ok(Self { file })
    }
}
