//! Version 1: JSON between app, edge, backend and participants' systems (DESIGN §5).
//!
//! Wire types are plain data; `TryFrom` makes domain types of them and refuses with the field's JSON Pointer.

pub mod check;
pub mod documents;
pub mod epcis;
pub mod history;
pub mod packages;
pub mod problem;
pub mod products;
pub mod projection;
pub mod reports;
pub mod service;
pub mod shipments;
pub mod units;
