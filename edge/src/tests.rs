//! The edge over ports in memory: whole requests in, whole answers out.

mod check;
mod hostile;
mod keys;
mod link;
mod reports;
