//! The way of a sealed report from the box to the backend: at once, then again and again until it is acknowledged.
//!
//! Decisions only; the box itself, with its storage and its alarm, is the platform's.

use crate::backend;
use crate::config::Config;
use crate::ports::{Backend, Clock, Said, Unreachable};
use serde::{Deserialize, Serialize};
use shared::date::Timestamp;
use shared::refusal::RefusalCode;
use shared::report::ReportStatus;
use shared::ticket::Ticket;
use shared::wire::v1::problem::Problem;
use shared::wire::v1::reports::TicketResponse;

const TARGET: &str = "/edge/v1/reports";

/// How long the backend may take to store a report of the largest size.
const PATIENCE_MS: u32 = 10_000;

/// Pause after the first failure, and the longest, in milliseconds.
const PAUSE_MS: (i64, i64) = (1000, 300_000);

/// What the box keeps about a report beside its ciphertext.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// Where the report is.
    pub status: ReportStatus,
    /// Since when.
    pub at: Timestamp,
    /// How many deliveries have failed.
    #[serde(default)]
    pub failures: u32,
    /// Number of the refusal that no repetition would change. The ciphertext stays for an operator to look into.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<u16>,
}

/// What the box does next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// The backend has the report: the ciphertext goes.
    Erase,
    /// Try again after so many milliseconds.
    TryAfter(i64),
    /// Leave it.
    Rest,
}

impl Letter {
    /// A letter just stored.
    pub fn stored(at: Timestamp) -> Self {
        Self { status: ReportStatus::Stored, at, failures: 0, refused: None }
    }

    /// Whether there is something left to deliver.
    pub fn is_open(&self) -> bool {
        self.status == ReportStatus::Stored && self.refused.is_none()
    }

    /// What its author is told.
    pub fn answer(&self, ticket: Ticket) -> TicketResponse {
        // Letters of before were refused without a status of their own.
        let status = if self.refused.is_some() { ReportStatus::Refused } else { self.status };
        TicketResponse { ticket: ticket.to_string(), status, at: self.at }
    }

    /// Takes note of what became of a delivery.
    pub fn after(&mut self, said: Result<Said, Unreachable>, now: Timestamp) -> Next {
        match said {
            Ok(said) if (200..300).contains(&said.status) => {
                let answer = serde_json::from_str::<TicketResponse>(&said.body);
                self.status = ReportStatus::Delivered;
                self.at = answer.map_or(now, |answer| answer.at);
                Next::Erase
            }
            Ok(said) if is_final(&said) => {
                self.refused = Some(refusal_number(&said).unwrap_or(RefusalCode::ReportUnreadable.number()));
                (self.status, self.at) = (ReportStatus::Refused, now);
                Next::Rest
            }
            _ => {
                let pause = PAUSE_MS.0.saturating_mul(1 << self.failures.min(20)).min(PAUSE_MS.1);
                self.failures = self.failures.saturating_add(1);
                Next::TryAfter(pause)
            }
        }
    }
}

/// Whether the backend would say the same to the same report for ever. A signature it does not accept is a matter of
/// clocks and settings, which are mended.
fn is_final(said: &Said) -> bool {
    matches!(said.status, 400 | 413 | 422)
}

fn refusal_number(said: &Said) -> Option<u16> {
    serde_json::from_str::<Problem>(&said.body).ok().map(|problem| problem.code.number)
}

/// Hands a sealed report to the backend, once.
///
/// # Errors
/// [`Unreachable`].
pub async fn deliver<P: Clock + Backend>(config: &Config, ports: &P, sealed: &str) -> Result<Said, Unreachable> {
    backend::send(config, ports, "POST", TARGET, Some(sealed), PATIENCE_MS).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(status: u16, body: &str) -> Result<Said, Unreachable> {
        Ok(Said { status, body: body.to_owned() })
    }

    #[test]
    fn a_report_is_tried_until_the_backend_has_it() {
        let mut letter = Letter::stored(Timestamp(1));
        let mut pauses = Vec::new();
        for attempt in 0..40 {
            let lost = if attempt % 2 == 0 { Err(Unreachable) } else { said(503, "") };
            match letter.after(lost, Timestamp(2)) {
                Next::TryAfter(pause) => pauses.push(pause),
                next => panic!("{next:?}"),
            }
            assert!(letter.is_open());
        }
        assert_eq!(pauses[..4], [1000, 2000, 4000, 8000]);
        assert_eq!(pauses.last(), Some(&300_000));
        assert!(matches!(letter.after(said(401, ""), Timestamp(2)), Next::TryAfter(_)));
        let answer = r#"{"ticket":"TB-0000-0000-0000-0000","status":"delivered","at":"1970-01-01T00:00:07Z"}"#;
        assert_eq!(letter.after(said(200, answer), Timestamp(9000)), Next::Erase);
        assert_eq!((letter.status, letter.at), (ReportStatus::Delivered, Timestamp(7000)));
        assert!(!letter.is_open());
    }

    #[test]
    fn a_report_that_cannot_be_opened_rests_with_its_number() {
        let mut letter = Letter::stored(Timestamp(1));
        assert_eq!(letter.after(said(422, "{}"), Timestamp(2)), Next::Rest);
        assert_eq!(letter.refused, Some(5001));
        assert_eq!((letter.status, letter.at), (ReportStatus::Refused, Timestamp(2)));
        assert!(!letter.is_open());
        let kept = serde_json::to_string(&letter).unwrap();
        assert_eq!(serde_json::from_str::<Letter>(&kept).unwrap(), letter);
    }

    #[test]
    fn a_letter_refused_before_there_was_a_status_for_it_is_told_as_refused() {
        let kept = r#"{"status":"stored","at":"1970-01-01T00:00:01Z","failures":0,"refused":5001}"#;
        let letter: Letter = serde_json::from_str(kept).unwrap();
        assert!(!letter.is_open());
        assert_eq!(letter.answer(shared::ticket::ReportId([7; 16]).ticket()).status, ReportStatus::Refused);
    }
}
