//! A report of a violation: what a phone seals and the backend opens. The edge never sees inside.

use crate::date::Timestamp;
use crate::string_enum::string_enum;
use serde::{Deserialize, Serialize};

string_enum! {
    /// What the reporter saw (R5).
    ViolationKind {
        /// The goods carry no mark.
        NoMark = "no_mark",
        /// The mark is false or copied.
        Forged = "forged",
        /// The product is not the one on the card.
        Mismatch = "mismatch",
        /// Sold before: the mark is shown as sold, the goods are on the shelf.
        SoldAgain = "sold_again",
        /// Past its date.
        Expired = "expired",
        /// Sold without scanning the mark.
        NotScanned = "not_scanned",
        /// Something else.
        Other = "other",
    }
}

string_enum! {
    /// What became of a report.
    ReportStatus {
        /// At the edge, not yet at the backend.
        Stored = "stored",
        /// At the backend; a state body can read it.
        Delivered = "delivered",
        /// The backend refused it for good: nobody can read it, and sending it again as it is changes nothing.
        Refused = "refused",
    }
}

/// Where the reporter stood, only if they agreed to say.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Place {
    /// Degrees north, WGS 84.
    pub latitude: f64,
    /// Degrees east, WGS 84.
    pub longitude: f64,
    /// Radius of uncertainty in metres.
    pub accuracy_m: f64,
}

/// The report without its photo.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Report {
    /// What the reporter saw.
    pub kind: ViolationKind,
    /// In their words; at most [`NOTE_LIMIT`] characters.
    pub note: String,
    /// The code as it was read, if there was one.
    pub code: Option<String>,
    /// The verdict the reporter saw, by its published name.
    pub verdict: Option<String>,
    /// When, by the phone's clock.
    pub at: Timestamp,
    /// Where, if they agreed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// Language of the app: kk, ru or en.
    pub language: String,
}

/// Longest note, in characters.
pub const NOTE_LIMIT: usize = 2000;

/// Largest photo, in bytes of JPEG. The phone scales down until it fits.
pub const PHOTO_LIMIT: usize = 700_000;

/// Largest sealed report on the wire, in bytes of JSON: photo, note and their base64.
pub const SEALED_LIMIT: usize = 1_000_000;

/// HPKE `info` of reports (RFC 9180, section 5.1): what the key is used for.
pub const ENVELOPE_INFO: &[u8] = b"tanba report v1";

/// The opened bytes are not a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a report of a violation")]
pub struct BadReport;

/// Bytes to seal: length of the JSON (4 bytes, big-endian), the JSON, the photo.
///
/// # Errors
/// [`BadReport`] if note or photo are over their limits.
pub fn to_bytes(report: &Report, photo: &[u8]) -> Result<Vec<u8>, BadReport> {
    if report.note.chars().count() > NOTE_LIMIT || photo.len() > PHOTO_LIMIT {
        return Err(BadReport);
    }
    let json = serde_json::to_vec(report).map_err(|_| BadReport)?;
    let mut bytes = u32::try_from(json.len()).map_err(|_| BadReport)?.to_be_bytes().to_vec();
    bytes.extend_from_slice(&json);
    bytes.extend_from_slice(photo);
    Ok(bytes)
}

/// Reads what [`to_bytes`] wrote: the report and its photo, empty if there is none.
///
/// # Errors
/// [`BadReport`].
pub fn from_bytes(bytes: &[u8]) -> Result<(Report, &[u8]), BadReport> {
    let (len, rest) = bytes.split_first_chunk::<4>().ok_or(BadReport)?;
    let (json, photo) = rest.split_at_checked(u32::from_be_bytes(*len) as usize).ok_or(BadReport)?;
    let report: Report = serde_json::from_slice(json).map_err(|_| BadReport)?;
    let photo_is_jpeg = photo.is_empty() || photo.starts_with(&[0xFF, 0xD8, 0xFF]);
    if !photo_is_jpeg || photo.len() > PHOTO_LIMIT || report.note.chars().count() > NOTE_LIMIT {
        return Err(BadReport);
    }
    Ok((report, photo))
}
