//! Reports of violations as their author sees them: ticket and progress. What they said is kept nowhere but sealed.

use crate::device::storage;
use serde::{Deserialize, Serialize};
use shared::date::Timestamp;
use shared::report::ReportStatus;

const NAME: &str = "tanba.reports";

/// How far a report has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Progress {
    /// On the phone, sealed, waiting for a network.
    Waiting,
    /// Where the other side says it is.
    Sent(ReportStatus),
    /// Refused for good by the edge itself, with the reason in the language of that time.
    Refused(String),
}

/// A report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct MyReport {
    /// Its ticket.
    pub(crate) ticket: String,
    /// When it was made.
    pub(crate) at: Timestamp,
    /// How far it has come.
    pub(crate) progress: Progress,
}

impl MyReport {
    /// Whether its progress may still change.
    pub(crate) fn is_open(&self) -> bool {
        matches!(self.progress, Progress::Waiting | Progress::Sent(ReportStatus::Stored))
    }

    /// Last part of the ids of its texts.
    pub(crate) fn progress_id(&self) -> &'static str {
        match self.progress {
            Progress::Waiting => "waiting",
            Progress::Sent(ReportStatus::Stored) => "stored",
            Progress::Sent(ReportStatus::Delivered) => "delivered",
            Progress::Sent(ReportStatus::Refused) | Progress::Refused(_) => "refused",
        }
    }
}

/// Reads what was kept.
pub(super) fn load() -> Vec<MyReport> {
    storage::get(NAME).and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

/// Keeps them, as far as the phone allows.
pub(super) fn store(all: &[MyReport]) {
    if let Ok(text) = serde_json::to_string(all) {
        let _ = storage::set(NAME, &text);
    }
}
