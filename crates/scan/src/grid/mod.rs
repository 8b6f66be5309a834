//! The modules of a symbol on the plane of the image: where they lie, how light they are, and what that makes of them.
//!
//! Nothing here decides which pixels are dark. A symbol is laid over the grey image by the modules that its standard
//! fixes ([`register`]), its modules are taken as grey levels ([`sample`]), and blur is undone between modules rather than
//! between pixels ([`equalise`]).

mod equalise;
mod known;
mod lattice;
mod register;
mod sample;
mod solve;

pub(crate) use equalise::equalise;
pub(crate) use known::Known;
pub(crate) use lattice::{Bend, Lattice};
pub(crate) use register::{agreement, register};
pub(crate) use sample::sample;
