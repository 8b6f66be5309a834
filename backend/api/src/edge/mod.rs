//! What the edge asks: keys, projections, and to take sealed reports. Every request is signed ([`shared::edge_auth`]).

pub(crate) mod keys;
pub(crate) mod projections;
pub(crate) mod receive_report;
pub(crate) mod report;
