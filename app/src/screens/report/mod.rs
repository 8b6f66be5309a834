//! A report of a violation.

mod form;
mod photo;
mod submit;

pub(crate) use form::Report;
