//! What the server says of its work.

use std::io::stderr;

use anyhow::{Context, Result, anyhow};
use tracing_subscriber::EnvFilter;

/// What the server says of its work, on standard error. No line holds a code, a name, an address or a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Log {
    /// Levels, in the notation of `tracing_subscriber`: `info`, `warn,backend_api=debug`.
    pub filter: String,
}

impl Log {
    /// Name of the variable that holds the filter.
    pub const VARIABLE: &str = "TANBA_LOG";

    /// Reads the filter from the environment; `info` if there is none.
    ///
    /// # Errors
    /// If the variable is no filter.
    pub fn from_env() -> Result<Self> {
        let filter = std::env::var(Self::VARIABLE).unwrap_or_else(|_| "info".to_owned());
        EnvFilter::try_new(&filter).with_context(|| format!("{} is no filter of log lines", Self::VARIABLE))?;
        Ok(Self { filter })
    }

    /// Starts the log of this process.
    ///
    /// # Errors
    /// If it was started before.
    pub fn start(&self) -> Result<()> {
        let filter = EnvFilter::try_new(&self.filter)?;
        tracing_subscriber::fmt()
            .with_env_filter(filter)
            .with_writer(stderr)
            .with_ansi(false)
            .try_init()
            .map_err(|error| anyhow!(error))
            .context("cannot start the log")
    }
}
