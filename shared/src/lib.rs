//! The one domain language of Tanba: what a code is, what may follow what, what a verdict is, and the wire format
//! in which phone, edge and backend say it to each other.
//!
//! Nothing here reads a clock, makes randomness or does I/O (ARCHITECTURE, invariant 1): time and secrets are
//! arguments, so that an answer given on a phone without a network and the answer of the ledger come from the same
//! lines.

pub use gs1;
pub use seal;

pub mod act;
pub mod block;
pub mod calendar;
pub mod code;
pub mod date;
pub mod document;
pub mod edge_auth;
pub mod group;
pub mod package;
pub mod party;
pub mod product;
pub mod refusal;
pub mod region;
pub mod report;
pub mod series;
pub mod state;
mod string_enum;
pub mod ticket;
pub mod verdict;
pub mod wire;
