//! The wire format, by version. Published bytes never change: a new field is optional, a new meaning is a new version.

pub mod v1;
