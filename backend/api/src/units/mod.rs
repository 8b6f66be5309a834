//! Single units.

pub(crate) mod lookup;
