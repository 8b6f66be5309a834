//! Decides: (document, what the book holds, time) → effects or a refusal.
//!
//! Pure: no clock, no randomness, no I/O (ARCHITECTURE, invariant 1). The store asks in three steps: [`Plan::new`]
//! checks what a document says by itself, [`Plan::needs`] tells which blocks it speaks of, [`Plan::decide`] answers with
//! the blocks as they shall be. Nothing is changed in place, so a refused document leaves no trace.

mod book;
mod decide;
mod effects;
mod merge;
mod plan;
mod transition;

pub use book::{Book, Party, Series};
pub use effects::{Changed, Effects};
pub use plan::{Asked, BlockSpan, Place, Plan, UNITS_LIMIT};
pub use transition::{Command, transition};
