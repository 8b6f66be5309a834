//! Participants.

pub(crate) mod get;
