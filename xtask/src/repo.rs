//! Where things are in the checkout.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The checkout that this program was built from.
pub(crate) struct Repo {
    root: PathBuf,
}

impl Repo {
    /// The checkout above this package.
    pub(crate) fn here() -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("xtask is not inside a workspace")?;
        Ok(Self { root: root.to_path_buf() })
    }

    /// A path below the root, written with `/`.
    pub(crate) fn path(&self, below: &str) -> PathBuf {
        self.root.join(below)
    }

    /// The root itself.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// The program of the backend, as a development or release build.
    pub(crate) fn tanba(&self, release: bool) -> PathBuf {
        self.path(if release { "target/release/tanba" } else { "target/debug/tanba" })
    }

    /// The built app: what a web server would serve.
    pub(crate) fn site(&self) -> PathBuf {
        self.path("target/web/app")
    }

    /// A program that npm installed.
    pub(crate) fn npm_bin(&self, name: &str) -> PathBuf {
        self.path("node_modules/.bin").join(name)
    }
}
