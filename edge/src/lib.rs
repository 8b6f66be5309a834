//! The edge API: answers a check from projections of the ledger, hands out the public keys, and takes sealed reports
//! (DESIGN §5).
//!
//! Everything but `cloudflare` is pure: it sees the platform through [`ports`] and is tested natively
//! with ports in memory. No code, address or report is ever written to a log.

mod accept;
pub mod answer;
pub mod backend;
#[cfg(target_arch = "wasm32")]
mod cloudflare;
pub mod config;
pub mod delivery;
pub mod handlers;
pub mod http;
pub mod isolate;
pub mod keys;
pub mod ports;
mod problem;
pub mod projections;
pub mod router;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
