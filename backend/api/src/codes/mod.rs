//! Codes are computed, not stored: from the numbers of an order to its codes, and from a code back to its number.

mod chunk;
mod find;
mod maker;
mod names;
mod packages;
mod resolver;
mod stream;

pub(crate) use chunk::Format;
pub(crate) use find::{Finder, Found, names_of, unit_of};
pub(crate) use maker::CodeMaker;
pub(crate) use names::Names;
pub(crate) use packages::package_of;
pub(crate) use resolver::{CONTENTS, DIFFERING, FROM, INTO, OUT, Resolved, Resolver, TO, UNITS, check_len};
pub(crate) use stream::stream;
