//! Decides: (document, what the book holds, time) → effects or refusals.
//!
//! Pure: no clock, no randomness, no I/O (ARCHITECTURE, invariant 1). The store asks in three steps: [`Plan::new`]
//! checks what a document says by itself, [`Plan::blocks`] tells which blocks it speaks of, so that they can be read at
//! once, [`Plan::decide`] answers with what is to be appended to the histories of units and packages. Nothing is changed
//! in place, so a refused document leaves no trace.
//!
//! The one published state machine is [`transition`]; `docs/reference/lifecycle.md` is printed from it.

mod book;
mod decide;
mod decision;
pub mod merkle;
mod named;
mod packages;
mod place;
mod plan;
mod ranges;
mod roles;
mod sense;
mod settle;
mod transition;
mod units;
mod work;

pub use book::{Book, Party, Series, Shipment};
pub use decide::TRANSFER_WORKING_DAYS;
pub use decision::{Also, Decision, Undecided, registered};
pub use named::{Named, named};
pub use place::Place;
pub use plan::{Asked, Plan, REFUSALS_LIMIT, UNITS_LIMIT};
pub use sense::may_be_partial;
pub use transition::transition;
