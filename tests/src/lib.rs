//! What scenarios stand on: real processes, started and ended by the test that needs them.
//!
//! Nothing here knows the inside of the product. A [`backend::Backend`] is the binary `tanba` on a folder of its own, an
//! [`edge::Edge`] is workerd through wrangler, and tests speak HTTP to them as any client does.

#![allow(clippy::missing_panics_doc, reason = "a harness panics to fail its test")]

pub mod backend;
pub mod client;
pub mod edge;
pub mod facts;
pub mod hostile;
pub mod ledger;
pub mod mail;
pub mod place;
pub mod postgres;
pub mod process;
pub mod raw;
pub mod ring;
pub mod row;
pub mod steps;
pub mod strace;
