//! The ledger driven through the public face of the store, beside a plain model of it.
//!
//! A [`world::World`] is a store on SQLite or PostgreSQL with participants and a [`model::Model`]: a map of units to their
//! events, decided by the same rules and kept without any of the store's machinery. Each document goes to both, and what
//! they answer must be equal; [`compare`] asks the store everything that the model knows.

#![allow(clippy::unwrap_used, reason = "a harness panics to fail its test")]

pub mod cards;
pub mod compare;
pub mod life;
pub mod look;
pub mod model;
pub mod script;
pub mod variant;
pub mod world;
