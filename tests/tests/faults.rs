//! What a store and a backend do when the process is killed, the disk fails or is full, and bytes change: nothing that was
//! acknowledged is lost, nothing is half done, damage is found before it is used (DESIGN §7).

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "faults/flipped.rs"]
mod flipped;
#[path = "faults/folder.rs"]
mod folder;
#[path = "faults/full.rs"]
mod full;
#[path = "faults/points.rs"]
mod points;
#[path = "faults/server.rs"]
mod server;
