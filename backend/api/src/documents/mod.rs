//! Documents: one file per type, and how all of them are submitted.

pub(crate) mod acceptances;
pub(crate) mod additions;
pub(crate) mod aggregations;
pub(crate) mod annulments;
pub(crate) mod applications;
pub(crate) mod blocks;
pub(crate) mod corrections;
pub(crate) mod customs_holds;
pub(crate) mod customs_releases;
pub(crate) mod disaggregations;
pub(crate) mod get;
pub(crate) mod inner_sales;
pub(crate) mod introductions;
pub(crate) mod recall_lifts;
pub(crate) mod recalls;
pub(crate) mod recognitions;
pub(crate) mod remarkings;
pub(crate) mod removals;
pub(crate) mod replacements;
pub(crate) mod returns;
pub(crate) mod serials;
pub(crate) mod shipment_cancellations;
pub(crate) mod shipment_refusals;
pub(crate) mod shipments;
mod submit;
pub(crate) mod transformations;
pub(crate) mod unblocks;
pub(crate) mod withdrawals;
pub(crate) mod write_offs;

pub(crate) use submit::Sending;
