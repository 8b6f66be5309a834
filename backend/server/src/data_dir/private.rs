//! Files that only their owner may read, written whole or not at all.

use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

/// Permission bits of everybody but the owner.
const OTHERS: u32 = 0o077;

/// Why a private file cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// Others may read or write it, so its secrets may not be secret any more.
    #[error(
        "{} is open to others (mode {mode:04o}). If nobody else can have read it, close it with \
         `chmod 600 {}`; if somebody may have, its keys are compromised and must be replaced",
        .path.display(), .path.display()
    )]
    Open {
        /// The file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// It is larger than such a file can be.
    #[error("{} is larger than {limit} bytes", .path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// The limit.
        limit: u64,
    },
    /// The file system's word.
    #[error("cannot read {}", .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
}

/// Whether to replace a file that is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    /// Leave it and fail with [`io::ErrorKind::AlreadyExists`].
    Keep,
    /// Put the new one in its place.
    Replace,
}

/// Makes a folder, with those above it, that only its owner may enter; closes one that is there.
///
/// # Errors
/// What the file system says.
pub fn create_dir(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(path)?;
    let mode = fs::metadata(path)?.permissions().mode();
    if mode & OTHERS != 0 {
        fs::set_permissions(path, Permissions::from_mode(0o700))?;
    }
    Ok(())
}

/// Reads a file of at most `limit` bytes, if it is its owner's alone. The bytes are overwritten when dropped.
///
/// # Errors
/// [`ReadError`].
pub fn read(path: &Path, limit: u64) -> Result<Zeroizing<Vec<u8>>, ReadError> {
    let io = |source| ReadError::Io { path: path.to_owned(), source };
    let file = File::open(path).map_err(io)?;
    // Of the file that was opened, not of what stands at the path by now.
    let about = file.metadata().map_err(io)?;
    let mode = about.permissions().mode() & 0o7777;
    if mode & OTHERS != 0 {
        return Err(ReadError::Open { path: path.to_owned(), mode });
    }
    if about.len() > limit {
        return Err(ReadError::TooLarge { path: path.to_owned(), limit });
    }
    // Room for all of it and for the read that finds the end: a buffer that grows leaves copies behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(about.len() as usize + 64));
    file.take(limit).read_to_end(&mut bytes).map_err(io)?;
    Ok(bytes)
}

/// Writes a file for its owner alone. Whoever looks sees the old one, or none, or all of the new one, also after a loss
/// of power at any moment.
///
/// # Errors
/// What the file system says.
pub fn write(path: &Path, bytes: &[u8], existing: Existing) -> io::Result<()> {
    let folder = match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    let draft = Draft::write(folder, path, bytes)?;
    match existing {
        // A name that is taken makes this fail, in one step with the making.
        Existing::Keep => fs::hard_link(&draft.0, path)?,
        Existing::Replace => fs::rename(&draft.0, path)?,
    }
    drop(draft);
    File::open(folder)?.sync_all()
}

/// A file not yet under its name; removed if it does not get it.
struct Draft(PathBuf);

impl Draft {
    fn write(folder: &Path, path: &Path, bytes: &[u8]) -> io::Result<Self> {
        let mut random = [0_u8; 8];
        getrandom::fill(&mut random).map_err(io::Error::other)?;
        let mut name = std::ffi::OsString::from(".");
        name.push(path.file_name().unwrap_or_default());
        name.push(format!(".{:016x}", u64::from_ne_bytes(random)));
        let draft = Self(folder.join(name));
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft.0)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        Ok(draft)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // Under its name already, or of no use: a failure to remove it changes nothing.
        let _ = fs::remove_file(&self.0);
    }
}
