//! The camera.

mod choose;
mod file;
mod run;
mod view;

pub(crate) use file::read_file;
pub(crate) use view::Scan;
