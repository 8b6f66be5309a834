//! Where the server keeps its data.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use backend_store::{Settings, Store, StoreError};

use crate::data_dir::DataDir;

/// Where the server keeps its data.
#[derive(Clone, Debug)]
pub struct Data {
    /// The data folder; made at first start. It holds the keys, and the ledger unless a database is named.
    pub folder: PathBuf,
    /// The database that holds the ledger.
    pub database: Database,
    /// Changes that gather in memory before they are folded into blocks.
    pub fold_at: FoldAt,
}

/// Changes that gather in memory before they are folded into blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FoldAt(pub usize);

impl FoldAt {
    /// Name of the variable.
    pub const VARIABLE: &str = "TANBA_FOLD_AT";

    /// What the environment says; otherwise what the memory of the machine allows.
    ///
    /// # Errors
    /// If the variable is not a number above 0.
    pub fn from_env() -> Result<Self> {
        match std::env::var(Self::VARIABLE).ok().filter(|value| !value.is_empty()) {
            Some(value) => Self::named(&value),
            None => Ok(Self(Settings::of_memory(memory()).fold_at)),
        }
    }

    fn named(value: &str) -> Result<Self> {
        let number = value.parse().ok().filter(|number| *number > 0);
        number.map(Self).with_context(|| format!("{} is a number of changes, at least 1", Self::VARIABLE))
    }
}

/// Bytes of memory that this process may use: the machine's, or less if its control group is given less. 0 if unknown.
fn memory() -> u64 {
    let machine = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let total =
        machine.lines().find_map(|line| line.strip_prefix("MemTotal:")?.split_whitespace().next()?.parse().ok());
    let total = total.map_or(0, |kib: u64| kib << 10);
    let group = std::fs::read_to_string("/sys/fs/cgroup/memory.max").ok().and_then(|text| text.trim().parse().ok());
    group.map_or(total, |group: u64| group.min(total))
}

/// The database that holds the ledger.
#[derive(Clone, PartialEq, Eq)]
pub enum Database {
    /// A file of SQLite in the data folder.
    Folder,
    /// A database of PostgreSQL, by its address.
    Postgres(String),
}

impl Database {
    /// Name of the variable that names the database.
    pub const VARIABLE: &str = "TANBA_DATABASE";

    /// The database that the command line or the environment names: the folder's own if neither does.
    ///
    /// # Errors
    /// If it is none that a ledger can be kept in.
    pub fn named(given: Option<String>) -> Result<Self> {
        let environment = || std::env::var(Self::VARIABLE).ok().filter(|value| !value.is_empty());
        let Some(address) = given.or_else(environment) else { return Ok(Self::Folder) };
        if !address.starts_with("postgres://") && !address.starts_with("postgresql://") {
            // The address itself may hold a password.
            bail!("a database is named as postgres://user@host/name");
        }
        Ok(Self::Postgres(address))
    }
}

impl std::fmt::Debug for Database {
    /// An address may hold a password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Folder => "Folder",
            Self::Postgres(_) => "Postgres(…)",
        })
    }
}

impl Data {
    /// The folder, made if need be and closed to others.
    ///
    /// # Errors
    /// What the file system says.
    pub fn open(&self) -> Result<DataDir> {
        DataDir::open(&self.folder).with_context(|| format!("cannot use the data folder {}", self.folder.display()))
    }

    /// The ledger, brought to the schema of this program.
    ///
    /// # Errors
    /// What the database says.
    pub fn store(&self, folder: &DataDir) -> Result<Store, StoreError> {
        let settings = Settings { fold_at: self.fold_at.0, ..Settings::default() };
        match &self.database {
            Database::Folder => Store::open_with(&folder.database(), settings),
            Database::Postgres(address) => Store::postgres(address, settings),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_much_gathers_as_the_memory_allows() {
        let gathers = |gib: u64| Settings::of_memory(gib << 30).fold_at;
        assert_eq!([0, 1, 4, 24, 512].map(gathers), [1_000_000, 1_048_576, 4_194_304, 25_165_824, 50_000_000]);
        assert_eq!(FoldAt::named("2000000").unwrap(), FoldAt(2_000_000));
        assert!(["0", "-1", "much", "1e6"].iter().all(|value| FoldAt::named(value).is_err()));
    }

    #[test]
    fn only_an_address_of_postgresql_names_a_database() {
        for good in ["postgres://tanba@localhost/tanba", "postgresql:///tanba?host=/run/postgresql"] {
            assert_eq!(Database::named(Some(good.to_owned())).unwrap(), Database::Postgres(good.to_owned()));
        }
        for bad in ["mysql://u:secret@h/d", "ledger.sqlite", " "] {
            let error = Database::named(Some(bad.to_owned())).unwrap_err().to_string();
            assert!(!error.contains("secret"));
        }
        assert!(!format!("{:?}", Database::Postgres("postgres://u:secret@h/d".to_owned())).contains("secret"));
    }
}
