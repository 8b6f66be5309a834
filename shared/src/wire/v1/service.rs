//! What the backend says of itself.

use crate::party::Role;
use serde::{Deserialize, Serialize};

/// `GET /api/v1/limits`: what a request may be at most.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Limits {
    /// Codes in one order.
    pub order_codes: u64,
    /// Units in one document, ranges of orders included.
    pub document_units: u64,
    /// Single codes listed in one document; also entries in its list of orders.
    pub document_listed_codes: u64,
    /// Codes in one page of look-ups.
    pub lookup_codes: u64,
    /// Refusals that one document is answered with.
    pub document_refusals: u64,
    /// Bytes of a document.
    pub document_bytes: u64,
    /// Bytes of a sealed report.
    pub report_bytes: u64,
    /// Bytes of a code that is read at all.
    pub code_characters: u64,
    /// Labels in one sheet.
    pub label_sheet: u64,
    /// Entries in one list.
    pub list_entries: u64,
    /// Requests served at once; more are answered 429.
    pub requests_at_once: u64,
    /// Downloads of codes under way at once; more are answered 429.
    pub downloads_at_once: u64,
}

/// `GET /api/v1/health`: the backend answers, and so does its store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Health {
    /// `ok`.
    pub status: String,
    /// Version of the key set in use.
    pub keys_version: u64,
}

/// `GET /api/v1/participant`: the participant that asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Participant {
    /// Its number, under which others send it goods.
    pub participant: u64,
    /// Its name.
    pub name: String,
    /// What it may do.
    pub role: Role,
}
