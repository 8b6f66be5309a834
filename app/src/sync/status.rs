//! What became of reports.

use crate::device::http;
use crate::state::{App, Progress};
use dioxus::prelude::*;
use shared::wire::v1::reports::TicketResponse;

/// Asks for every report whose progress may still change and that has left the phone.
pub(crate) async fn refresh(app: App) {
    let open: Vec<String> = app
        .reports
        .peek()
        .iter()
        .filter(|report| report.is_open() && report.progress != Progress::Waiting)
        .map(|report| report.ticket.clone())
        .collect();
    let language = app.language();
    for ticket in open {
        let Ok(reply) = http::get(&format!("/v1/reports/{ticket}"), language).await else { return };
        if let Ok(answer) = serde_json::from_str::<TicketResponse>(&reply.body) {
            set(app, &ticket, Progress::Sent(answer.status));
        }
    }
}

/// Notes how far a report has come.
pub(super) fn set(app: App, ticket: &str, progress: Progress) {
    app.with_reports(|all| {
        if let Some(report) = all.iter_mut().find(|report| report.ticket == ticket) {
            report.progress = progress;
        }
    });
}
