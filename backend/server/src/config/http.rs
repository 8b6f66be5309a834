//! How the server is reached.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

/// How the server is reached.
#[derive(Clone, Copy, Debug)]
pub struct Http {
    /// Where it listens. It speaks plain HTTP, so anything but this machine belongs behind a proxy that speaks TLS.
    pub listen: SocketAddr,
    /// How long requests under way may take to end when the server is told to stop.
    pub grace: Duration,
}

impl Default for Http {
    fn default() -> Self {
        Self { listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)), grace: Duration::from_secs(20) }
    }
}
