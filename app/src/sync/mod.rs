//! What goes over the network: questions to the edge, keys from it, and reports that wait until they are taken.

pub(crate) mod check;
pub(crate) mod keys;
pub(crate) mod outbox;
pub(crate) mod status;
