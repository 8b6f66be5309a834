//! The Worker in workerd, through wrangler, on a folder of its own.

use crate::backend::Backend;
use crate::client::Client;
use crate::place::{Folder, edge, free_port, site, wrangler};
use crate::process::Server;
use std::path::PathBuf;
use std::process::Command;

/// Seconds for which a projection is fresh in scenarios: short, so that what the ledger learns is soon seen.
pub const FRESH_SECONDS: u64 = 1;

/// A running edge.
pub struct Edge {
    // Dropped in this order: the server ends before its folder goes.
    server: Option<Server>,
    folder: Folder,
    port: u16,
}

impl Edge {
    /// Starts it before a running `backend`.
    pub fn start(backend: &Backend) -> Self {
        let mut edge = Self { server: None, folder: Folder::new("edge"), port: free_port() };
        edge.resume(backend);
        edge
    }

    /// Starts it again: a new isolate, over what the old one has stored.
    pub fn resume(&mut self, backend: &Backend) {
        assert!(self.server.is_none(), "the edge runs already");
        let site = site().unwrap_or_else(|| {
            let empty = self.folder.path().join("site");
            std::fs::create_dir_all(&empty).expect("a folder can be made");
            empty
        });
        let mut command = Command::new(wrangler());
        command
            .current_dir(edge())
            .env("CI", "true")
            .env("WRANGLER_SEND_METRICS", "false")
            .env("WRANGLER_SEND_ERROR_REPORTS", "false")
            // Else it asks the operator of the cloud where this machine is.
            .env("CLOUDFLARE_CF_FETCH_ENABLED", "false")
            .env("WRANGLER_LOG_PATH", self.folder.path().join("wrangler"))
            .args(["dev", "--local", "--ip", "127.0.0.1", "--inspector-port", "0"])
            .args(["--show-interactive-dev-session", "false"])
            .args(["--port", &self.port.to_string()])
            .args(["--var", &format!("BACKEND_URL:{}", backend.url())])
            .args(["--var", &format!("PROJECTION_SECONDS:{FRESH_SECONDS}")])
            .arg("--config")
            .arg(edge().join("wrangler.toml"))
            .arg("--env-file")
            .arg(backend.edge_variables())
            .arg("--assets")
            .arg(site)
            .arg("--persist-to")
            .arg(self.data());
        let mut server = Server::start(&mut command, self.log());
        server.wait_for(&format!("{}/v1/health", self.url()));
        self.server = Some(server);
    }

    /// Its origin.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Where it keeps what it stores.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// What it has said.
    pub fn log(&self) -> PathBuf {
        self.folder.path().join("edge.log")
    }

    /// A client: there are no keys at the edge.
    pub fn client(&self) -> Client {
        Client::new(&self.url(), None)
    }

    /// Stops it, and waits until it has; its folder stays until the value is dropped.
    pub fn stop(&mut self) {
        drop(self.server.take());
    }
}
