//! Limits of the interface, published at `/api/v1/limits` (DESIGN §5).

use shared::code::CODE_LIMIT;
use shared::document::{LISTED_CODES_LIMIT, ORDER_LIMIT};
use shared::report::SEALED_LIMIT;
use shared::wire::v1::problem::ERRORS_LIMIT;
use shared::wire::v1::service::Limits;

/// Largest body of a document. [`LISTED_CODES_LIMIT`] codes of 124 characters, with two separators of six characters
/// each in JSON, quotes and a comma, are 4.1 MB; those of 20-character serials 4.4 MB.
pub(crate) const DOCUMENT_BYTES: usize = 5_000_000;

/// How long the body of a request may take to arrive.
pub(crate) const BODY_SECONDS: u64 = 60;

/// Most labels in one sheet.
pub(crate) const LABELS: u64 = 2_000;

/// Most codes in one page of look-ups.
pub(crate) const LOOKUPS: usize = 1_000;

/// Most entries in one list.
pub(crate) const PAGE: usize = 100;

/// The limits as they are published.
pub(crate) fn published() -> Limits {
    Limits {
        order_codes: ORDER_LIMIT,
        document_units: backend_ledger::UNITS_LIMIT,
        document_listed_codes: LISTED_CODES_LIMIT as u64,
        lookup_codes: LOOKUPS as u64,
        document_refusals: ERRORS_LIMIT as u64,
        document_bytes: DOCUMENT_BYTES as u64,
        report_bytes: SEALED_LIMIT as u64,
        code_characters: CODE_LIMIT as u64,
        label_sheet: LABELS,
        list_entries: PAGE as u64,
        requests_at_once: crate::state::REQUESTS as u64,
        downloads_at_once: crate::state::DOWNLOADS as u64,
    }
}
