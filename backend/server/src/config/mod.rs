//! What a server is told when it starts: one struct per concern, checked before anything runs.

pub mod data;
pub mod http;
pub mod log;
