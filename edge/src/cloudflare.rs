//! Workers: the only place that names the platform.

mod boxes;
mod entry;
mod ports;
mod settings;
