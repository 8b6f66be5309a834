//! One resource, one folder; one verb, one file.

pub mod check;
pub mod health;
pub mod keys;
pub mod link;
pub mod reports;
