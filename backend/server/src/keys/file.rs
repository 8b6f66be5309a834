//! The key file's form, reading and writing.

use std::io;
use std::path::{Path, PathBuf};

use backend_api::{KeyParts, Keyring, KeyringParts};
use serde::{Deserialize, Serialize};
use shared::group::ProductGroup;
use shared::seal::{KeyId, KeySetError, KeyState, Profile, PublicKey, SigningKey};
use zeroize::Zeroizing;

use super::Secret;
use crate::data_dir::private::{self, Existing, ReadError};

/// The form that this program writes and reads.
const FORMAT: u32 = 1;

/// Bytes that a key file has at most: room for [`shared::seal::MAX_KEYS`] of some 200 bytes.
const LIMIT: u64 = 256 * 1024;

/// The operator's secrets.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyFile {
    /// Form of the file.
    format: u32,
    /// Version of the key set: grows with every change, so that readers know the newer one.
    pub version: u64,
    /// When the keys were last changed, in seconds since 1970-01-01 UTC.
    pub issued_at: i64,
    /// Seed of the anchor (Ed25519), which signs the key set. Phones have its public half built in.
    pub anchor: Secret,
    /// From which the permutation of every series is derived. A code printed is never renumbered, so it has no successor.
    pub serial_master: Secret,
    /// Key of the requests between edge and backend.
    pub edge: Secret,
    /// X25519 secret that reports are sealed to.
    pub report: Secret,
    /// Keys of codes.
    pub keys: Vec<KeyEntry>,
}

/// A key of codes.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyEntry {
    /// Its name, printed after AI 91.
    pub id: KeyId,
    /// The group whose codes it makes.
    pub group: ProductGroup,
    /// How it makes tails.
    pub profile: Profile,
    /// Where it is in its life.
    pub state: KeyState,
    /// Seed of the signature key (RFC 8032), or the key of the MAC.
    pub secret: Secret,
}

/// Why there are no keys.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    /// The file cannot be read, or others can read it.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// It is no key file.
    #[error("{} is not a key file", .path.display())]
    Form {
        /// The file.
        path: PathBuf,
        /// Where it goes wrong.
        #[source]
        source: serde_json::Error,
    },
    /// It was written by a later program.
    #[error("{} has form {found}, this program reads form {FORMAT}", .path.display())]
    Format {
        /// The file.
        path: PathBuf,
        /// Its form.
        found: u32,
    },
    /// Its keys make no set.
    #[error("the keys of the key file do not go together")]
    Set(#[from] KeySetError),
    /// It cannot be written.
    #[error("cannot write {}", .path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The system has no random numbers.
    #[error("the system gives no random numbers")]
    Random(#[source] getrandom::Error),
}

impl KeyFile {
    /// Puts the parts together.
    pub(super) fn new(issued_at: i64, secrets: [Secret; 4], keys: Vec<KeyEntry>) -> Self {
        let [anchor, serial_master, edge, report] = secrets;
        Self { format: FORMAT, version: 1, issued_at, anchor, serial_master, edge, report, keys }
    }

    /// Reads the file at `path`, or makes it if there is none. Of two processes that make it at once one wins, and both
    /// read what the winner wrote. `now` is in seconds since 1970-01-01 UTC.
    ///
    /// # Errors
    /// [`KeyFileError`].
    pub fn open_or_create(path: &Path, now: i64) -> Result<Self, KeyFileError> {
        match Self::open(path) {
            Err(KeyFileError::Read(ReadError::Io { source, .. })) if source.kind() == io::ErrorKind::NotFound => {}
            other => return other,
        }
        match Self::generate(now)?.write(path, Existing::Keep) {
            Err(KeyFileError::Write { source, .. }) if source.kind() == io::ErrorKind::AlreadyExists => {}
            other => other?,
        }
        Self::open(path)
    }

    /// Reads the file at `path`.
    ///
    /// # Errors
    /// [`KeyFileError`]; [`ReadError::Open`] if anybody but the owner may read it.
    pub fn open(path: &Path) -> Result<Self, KeyFileError> {
        let bytes = private::read(path, LIMIT)?;
        let form = |source| KeyFileError::Form { path: path.to_owned(), source };
        let file: Self = serde_json::from_slice(&bytes).map_err(form)?;
        if file.format != FORMAT {
            return Err(KeyFileError::Format { path: path.to_owned(), found: file.format });
        }
        Ok(file)
    }

    /// Writes the file to `path`, for its owner alone, whole or not at all.
    ///
    /// # Errors
    /// [`KeyFileError::Write`].
    pub fn write(&self, path: &Path, existing: Existing) -> Result<(), KeyFileError> {
        let write = |source| KeyFileError::Write { path: path.to_owned(), source };
        // Room for the largest file: a buffer that grows leaves copies behind.
        let mut bytes = Zeroizing::new(Vec::with_capacity(LIMIT as usize));
        serde_json::to_writer_pretty(&mut *bytes, self).map_err(|error| write(error.into()))?;
        bytes.push(b'\n');
        private::write(path, &bytes, existing).map_err(write)
    }

    /// The key of this id.
    pub fn key(&self, id: KeyId) -> Option<&KeyEntry> {
        self.keys.iter().find(|key| key.id == id)
    }

    /// The public half of the anchor, which readers of the key set have built in.
    pub fn anchor_public(&self) -> PublicKey {
        SigningKey::from_seed(self.anchor.as_bytes()).public()
    }

    /// The secrets as the running backend uses them.
    ///
    /// # Errors
    /// [`KeyFileError::Set`] if the keys make no set.
    pub fn keyring(&self) -> Result<Keyring, KeyFileError> {
        let part = |key: &KeyEntry| KeyParts {
            id: key.id,
            group: key.group,
            profile: key.profile,
            state: key.state,
            secret: key.secret.to_bytes(),
        };
        Ok(Keyring::new(KeyringParts {
            serial_master: self.serial_master.to_bytes(),
            anchor: self.anchor.to_bytes(),
            report: self.report.to_bytes(),
            edge: self.edge.to_bytes(),
            keys: self.keys.iter().map(part).collect(),
            version: self.version,
            issued_at: self.issued_at,
        })?)
    }
}
