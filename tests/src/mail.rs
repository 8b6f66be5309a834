//! Reports as a phone seals them.

use serde_json::{Value, json};
use shared::report::{ENVELOPE_INFO, Report, to_bytes};
use shared::seal::{envelope, rand_core};
use shared::ticket::ReportId;

/// A sealed report, ready to be sent.
#[derive(Clone, Debug)]
pub struct Letter {
    /// Its ticket, known before anything is sent.
    pub ticket: String,
    /// The body of `POST /v1/reports`.
    pub body: Value,
}

/// A report with this note.
pub fn report(note: &str) -> Report {
    let report = json!({
        "kind": "forged", "note": note, "code": "0104870000000012213ABC", "verdict": "not_issued",
        "at": "2026-05-01T09:30:00Z", "language": "kk"
    });
    serde_json::from_value(report).expect("a report")
}

/// A picture: what makes it one for us is how it begins.
pub fn photo(len: usize) -> Vec<u8> {
    let mut photo = vec![0; len];
    getrandom::fill(&mut photo).expect("the system gives random numbers");
    photo[..4].copy_from_slice(&[0xFF, 0xD8, 0xFF, 0xE0]);
    photo
}

/// Seals a report to a public key.
pub fn seal(to: &[u8; 32], report: &Report, photo: &[u8]) -> Letter {
    let mut id = [0; 16];
    getrandom::fill(&mut id).expect("the system gives random numbers");
    let id = ReportId(id);
    let text = id.to_string();
    let bytes = to_bytes(report, photo).expect("a report within its limits");
    let mut random = rand_core::UnwrapErr(getrandom::SysRng);
    let sealed = envelope::seal(to, ENVELOPE_INFO, text.as_bytes(), &bytes, &mut random).expect("a usable key");
    let body = json!({"id": text, "enc": base64url(&sealed.enc), "ciphertext": base64url(&sealed.ciphertext)});
    Letter { ticket: id.ticket().to_string(), body }
}

/// Base 64 with the alphabet of URLs and without padding (RFC 4648, section 5).
pub fn base64url(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes)
}
