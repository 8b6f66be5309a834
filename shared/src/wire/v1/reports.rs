//! Reports of violations on their way: sealed from phone to backend, opened for state bodies.

use crate::date::Timestamp;
use crate::report::{Report, ReportStatus};
use serde::{Deserialize, Serialize};

/// `POST /v1/reports` at the edge, `POST /edge/v1/reports` at the backend: ciphertext only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SealedReport {
    /// Id chosen by the phone: 32 lowercase hex digits. Also the HPKE `aad`.
    pub id: String,
    /// HPKE encapsulated key, base64url without padding.
    pub enc: String,
    /// HPKE ciphertext, base64url without padding.
    pub ciphertext: String,
}

/// Answer to a delivered report, and to `GET /v1/reports/{ticket}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TicketResponse {
    /// The ticket.
    pub ticket: String,
    /// What became of it.
    pub status: ReportStatus,
    /// When it reached where it is.
    pub at: Timestamp,
}

/// An opened report, for state bodies.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReportResponse {
    /// Its ticket.
    pub ticket: String,
    /// When the backend got it.
    pub received: Timestamp,
    /// What it says.
    pub report: Report,
    /// Bytes of its photo at `/api/v1/reports/{ticket}/photo`; 0 if there is none.
    pub photo_bytes: u64,
}

/// `GET /api/v1/reports`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReportList {
    /// Newest first.
    pub reports: Vec<ReportResponse>,
}
