//! Documents: one file per type, and how all of them are submitted.

pub(crate) mod applications;
pub(crate) mod blocks;
pub(crate) mod get;
pub(crate) mod introductions;
mod submit;
pub(crate) mod unblocks;
pub(crate) mod withdrawals;

pub(crate) use submit::{Made, Sending, document_answer};
