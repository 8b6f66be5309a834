//! Reports of violations: all of mine, and one by its ticket.

mod list;
mod ticket;

pub(crate) use list::Reports;
pub(crate) use ticket::Ticket;
