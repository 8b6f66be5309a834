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
        match &self.database {
            Database::Folder => Store::open(&folder.database()),
            Database::Postgres(address) => Store::postgres(address, Settings::default()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
