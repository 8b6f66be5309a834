//! One contract, two databases: what a store on SQLite does, a store on PostgreSQL does, however it folds, is cut in
//! parts, or is closed and opened (DESIGN §5).

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "conformance/concurrency.rs"]
mod concurrency;
#[path = "conformance/processes.rs"]
mod processes;
#[path = "conformance/random.rs"]
mod random;
#[path = "conformance/registers.rs"]
mod registers;
#[path = "conformance/stories.rs"]
mod stories;
