//! The camera: what it sees, what is meant of it, what to say to the person who holds it.

mod choose;
mod cue;
mod file;
mod guide;
mod meaning;
mod outline;
mod run;
mod tools;
mod view;
mod zoom;

pub(crate) use file::{ChooseMark, Shown, read_file};
pub(crate) use view::Scan;
