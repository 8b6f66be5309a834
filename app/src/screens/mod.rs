//! The screens, one folder each.

pub(crate) mod about;
pub(crate) mod check;
pub(crate) mod history;
pub(crate) mod home;
pub(crate) mod lost;
pub(crate) mod report;
pub(crate) mod reports;
pub(crate) mod result;
pub(crate) mod scan;
pub(crate) mod settings;
pub(crate) mod type_code;
