//! Where things are: the workspace, the binary, folders and ports of a run.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// Root of the workspace.
pub fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().expect("the workspace is where it was compiled")
}

/// The binary `tanba`: `TANBA_BIN`, or what `cargo build -p backend-server` made.
pub fn tanba() -> PathBuf {
    let built = || {
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| workspace().join("target"), PathBuf::from);
        target.join("debug/tanba")
    };
    let path = std::env::var_os("TANBA_BIN").map_or_else(built, PathBuf::from);
    assert!(path.is_file(), "no binary at {}: run `cargo xtask build server` first", path.display());
    path
}

/// A folder of this test's own, removed at its end.
pub struct Folder(PathBuf);

impl Folder {
    /// Makes one.
    pub fn new(name: &str) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("tanba-{}-{count}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a temporary folder can be made");
        Self(path)
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // A folder that cannot be removed is the system's to clean.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A port of the loopback that is free, and that no outgoing connection takes meanwhile: those are given ports from 32768
/// on (Linux, `ip_local_port_range`).
pub fn free_port() -> u16 {
    loop {
        // Below 10 000, so it fits.
        let random = getrandom::u32().expect("the system gives random numbers") % 10_000;
        let port = 20_000 + random as u16;
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}

/// The folder of the Worker's configuration and build: `TANBA_EDGE`, or `edge`.
pub fn edge() -> PathBuf {
    let path = std::env::var_os("TANBA_EDGE").map_or_else(|| workspace().join("edge"), PathBuf::from);
    assert!(path.join("build").is_dir(), "no Worker at {}: run `cargo xtask build edge` first", path.display());
    path
}

/// `TANBA_WRANGLER`, or what npm installed.
pub fn wrangler() -> PathBuf {
    let installed = || workspace().join("node_modules/.bin/wrangler");
    std::env::var_os("TANBA_WRANGLER").map_or_else(installed, PathBuf::from)
}

/// The built app, if it is built: `TANBA_SITE`, or where `cargo xtask build app` puts it.
pub fn site() -> Option<PathBuf> {
    let built = || workspace().join("target/web/app");
    Some(std::env::var_os("TANBA_SITE").map_or_else(built, PathBuf::from)).filter(|path| path.is_dir())
}
