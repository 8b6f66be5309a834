//! Reports on their way: sealed at once, kept as ciphertext until the edge has taken them.

use super::status;
use crate::device::{Unavailable, clock, db, http, random};
use crate::state::{App, MyReport, Progress};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use core::convert::Infallible;
use dioxus::prelude::*;
use shared::report::{ENVELOPE_INFO, Report, SEALED_LIMIT, to_bytes};
use shared::seal::envelope;
use shared::seal::rand_core::{TryCryptoRng, TryRng};
use shared::ticket::{ReportId, Ticket};
use shared::wire::v1::problem::Problem;
use shared::wire::v1::reports::{SealedReport, TicketResponse};

/// Why a report cannot be filed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileError {
    /// The phone has never had the backend's key.
    NoKeys,
    /// The note or the photo is too large.
    TooLarge,
    /// The phone keeps nothing.
    NotKept,
}

/// Seals a report and puts it into the outbox; gives its ticket. Nothing is sent yet.
pub(crate) async fn file(app: App, report: &Report, photo: &[u8]) -> Result<Ticket, FileError> {
    let keys = app.keys.peek().clone();
    if !keys.is_known() {
        return Err(FileError::NoKeys);
    }
    let plain = to_bytes(report, photo).map_err(|_| FileError::TooLarge)?;
    let (id, sealed) = seal(&keys.set().report_key, &plain).map_err(|_| FileError::NotKept)?;
    let json = serde_json::to_string(&sealed).map_err(|_| FileError::NotKept)?;
    if json.len() > SEALED_LIMIT {
        return Err(FileError::TooLarge);
    }
    db::put(&sealed.id, &json).await.map_err(|_| FileError::NotKept)?;
    let ticket = id.ticket();
    let entry = MyReport { ticket: ticket.to_string(), at: clock::now(), progress: Progress::Waiting };
    app.with_reports(|all| all.insert(0, entry));
    Ok(ticket)
}

/// Seals to the backend under a fresh id, which is also the additional data (RFC 9180, section 8.1).
fn seal(public: &[u8; 32], plain: &[u8]) -> Result<(ReportId, SealedReport), Unavailable> {
    let mut id = [0; 16];
    random::fill(&mut id)?;
    let id = ReportId(id);
    let text = id.to_string();
    let mut chance = Chance::new()?;
    let sealed = envelope::seal(public, ENVELOPE_INFO, text.as_bytes(), plain, &mut chance).map_err(|_| Unavailable)?;
    let sealed = SealedReport {
        id: text,
        enc: URL_SAFE_NO_PAD.encode(sealed.enc),
        ciphertext: URL_SAFE_NO_PAD.encode(&sealed.ciphertext),
    };
    Ok((id, sealed))
}

/// Sends what waits. What the edge refuses for good leaves the outbox with the reason; everything else stays until it is
/// taken. Sending twice is harmless: the id is the same.
pub(crate) async fn flush(app: App) {
    let Ok(waiting) = db::all().await else { return };
    let language = app.language();
    for json in waiting {
        let Ok(sealed) = serde_json::from_str::<SealedReport>(&json) else { continue };
        let Ok(id) = sealed.id.parse::<ReportId>() else { continue };
        let Ok(reply) = http::post("/v1/reports", language, json).await else { return };
        let Some(progress) = progress_of(reply.status, &reply.body) else { continue };
        if db::remove(&sealed.id).await.is_ok() {
            status::set(app, &id.ticket().to_string(), progress);
        }
    }
}

/// What an answer means for a report; nothing if it is to be sent again later.
fn progress_of(status: u16, body: &str) -> Option<Progress> {
    match status {
        200..=299 => Some(Progress::Sent(serde_json::from_str::<TicketResponse>(body).ok()?.status)),
        // Too early, too many, no time: the report itself is not at fault.
        408 | 425 | 429 => None,
        400..=499 => Some(Progress::Refused(serde_json::from_str::<Problem>(body).ok()?.title)),
        _ => None,
    }
}

/// Random bytes drawn beforehand, so that a failing generator is an error and no panic: one envelope takes 32.
struct Chance {
    pool: [u8; 64],
    used: usize,
}

impl Chance {
    fn new() -> Result<Self, Unavailable> {
        let mut pool = [0; 64];
        random::fill(&mut pool)?;
        Ok(Self { pool, used: 0 })
    }
}

impl TryRng for Chance {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, into: &mut [u8]) -> Result<(), Infallible> {
        for byte in into {
            // Beyond the pool the bytes would repeat: draw it anew, or end the program rather than seal badly.
            if self.used == self.pool.len() {
                assert!(random::fill(&mut self.pool).is_ok(), "the generator of random numbers has failed");
                self.used = 0;
            }
            *byte = self.pool[self.used];
            self.used += 1;
        }
        Ok(())
    }
}

impl TryCryptoRng for Chance {}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::date::Timestamp;
    use shared::report::{ReportStatus, ViolationKind, from_bytes};
    use shared::seal::envelope::{EnvelopeKey, Sealed, open};

    #[test]
    fn what_is_sealed_here_opens_there_and_only_there() {
        let key = EnvelopeKey::from_bytes(&[9; 32]);
        let report = Report {
            kind: ViolationKind::Forged,
            note: "Қорап ашық".into(),
            code: None,
            verdict: None,
            at: Timestamp(1),
            place: None,
            language: "kk".into(),
        };
        let photo = [0xFF, 0xD8, 0xFF, 0xD9];
        let (id, sealed) = seal(&key.public(), &to_bytes(&report, &photo).unwrap()).unwrap();
        let decode = |text: &str| URL_SAFE_NO_PAD.decode(text).unwrap();
        let envelope = Sealed { enc: decode(&sealed.enc).try_into().unwrap(), ciphertext: decode(&sealed.ciphertext) };
        let plain = open(&key, ENVELOPE_INFO, id.to_string().as_bytes(), &envelope).unwrap();
        assert_eq!(from_bytes(&plain).unwrap(), (report, &photo[..]));
        let other = EnvelopeKey::from_bytes(&[8; 32]);
        assert!(open(&other, ENVELOPE_INFO, id.to_string().as_bytes(), &envelope).is_err());
    }

    #[test]
    fn only_a_refusal_that_will_stay_ends_the_waiting() {
        let taken = r#"{"ticket":"TB-0000-0000-0000-0000","status":"delivered","at":"2026-11-22T10:00:00Z"}"#;
        assert_eq!(progress_of(202, taken), Some(Progress::Sent(ReportStatus::Delivered)));
        let refused = r#"{"type":"x","title":"No","status":422,"detail":"","code":{"number":1,"name":"x"}}"#;
        assert_eq!(progress_of(422, refused), Some(Progress::Refused("No".into())));
        for (status, body) in [(429, refused), (503, refused), (404, "<html>"), (200, "<html>"), (500, "")] {
            assert_eq!(progress_of(status, body), None, "{status}");
        }
    }
}
