//! Where the server keeps its data.

use std::path::PathBuf;

use crate::data_dir::DataDir;
use anyhow::{Context, Result};

/// Where the server keeps its data.
#[derive(Clone, Debug)]
pub struct Data {
    /// The data folder; made at first start.
    pub folder: PathBuf,
}

impl Data {
    /// The folder, made if need be and closed to others.
    ///
    /// # Errors
    /// What the file system says.
    pub fn open(&self) -> Result<DataDir> {
        DataDir::open(&self.folder).with_context(|| format!("cannot use the data folder {}", self.folder.display()))
    }
}
