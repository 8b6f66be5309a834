//! From a filled form to a sealed report in the outbox.

use super::photo::Photo;
use crate::device::{PlaceError, clock, place};
use crate::state::{App, Entry};
use crate::sync::outbox::{self, FileError};
use dioxus::core::spawn_forever;
use dioxus::prelude::*;
use shared::report::{Report, ViolationKind};
use shared::ticket::Ticket;

/// A form filled in.
pub(super) struct Filled {
    pub(super) kind: ViolationKind,
    pub(super) note: String,
    pub(super) photo: Option<Photo>,
    pub(super) with_place: bool,
    pub(super) about: Option<Entry>,
}

/// Why the report is not filed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Failure {
    /// The place was wanted and is not known.
    Place(PlaceError),
    /// It cannot be sealed or kept.
    File(FileError),
}

impl Failure {
    /// Its text.
    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::Place(error) => error.id(),
            Self::File(FileError::NoKeys) => "report-no-keys",
            Self::File(FileError::TooLarge) => "report-too-large",
            Self::File(FileError::NotKept) => "report-not-kept",
        }
    }
}

/// Seals the report and begins to send it. The phone is asked where it is only now, and only if the reporter agreed.
pub(super) async fn submit(app: App, filled: Filled) -> Result<Ticket, Failure> {
    let place = if filled.with_place { Some(place::ask().await.map_err(Failure::Place)?) } else { None };
    let report = Report {
        kind: filled.kind,
        note: filled.note.trim().to_owned(),
        code: filled.about.as_ref().map(|entry| entry.raw.clone()),
        verdict: filled.about.as_ref().and_then(Entry::verdict).map(|verdict| verdict.as_str().to_owned()),
        at: clock::now(),
        place,
        language: app.language().to_owned(),
    };
    let photo = filled.photo.map(|photo| photo.0);
    let bytes = photo.as_deref().map_or(&[][..], Vec::as_slice);
    let ticket = outbox::file(app, &report, bytes).await.map_err(Failure::File)?;
    spawn_forever(outbox::flush(app));
    Ok(ticket)
}
