//! The key file: every secret of the operator, and what may be done with it from the command line.
//!
//! The file is `keys.json` in the data folder: JSON, mode 0600, written whole or not at all. It is made at the first
//! start from the system's random numbers and is the only copy: losing it means that no series can be continued and no
//! report opened, so a copy belongs in a safe. `docs/guides/running.md` says how.

mod edge;
mod file;
mod generate;
mod list;
mod secret;
mod state;

pub use edge::edge_variables;
pub use file::{KeyEntry, KeyFile, KeyFileError};
pub use list::list;
pub use secret::Secret;
pub use state::{StateError, set_state};
