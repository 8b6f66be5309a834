//! One report: its ticket and how far it has come.

use crate::device::{page, timer};
use crate::route::Route;
use crate::state::{MyReport, Progress, use_app, use_text};
use crate::sync::{outbox, status};
use crate::ui::button::{Button, LinkButton, Look};
use crate::ui::card::{Card, Empty, Note};
use crate::ui::head::PageHead;
use crate::ui::icon::Glyph;
use crate::ui::verdict::Tone;
use assets::Icon;
use dioxus::prelude::*;
use shared::report::ReportStatus;

/// How often an open report is asked about while it is looked at.
const ASK_MS: u32 = 4_000;

/// One report.
#[component]
pub(crate) fn Ticket(ticket: String) -> Element {
    let app = use_app();
    let text = use_text();
    let mut copied = use_signal(|| false);
    let wanted = ticket.clone();
    use_future(move || {
        let wanted = wanted.clone();
        async move {
            while app.reports.peek().iter().any(|report| report.ticket == wanted && report.is_open()) {
                outbox::flush(app).await;
                status::refresh(app).await;
                timer::sleep(ASK_MS).await;
            }
        }
    });
    let report = app.reports.read().iter().find(|report| report.ticket == ticket).cloned();
    let Some(report) = report else {
        return rsx! {
            PageHead { title: text.of("reports-unknown"), back: true }
            Empty { icon: Icon::Report, text: text.of("reports-unknown-help") }
        };
    };
    let number = report.ticket.clone();
    let reason = match &report.progress {
        Progress::Refused(reason) => Some(reason.clone()),
        Progress::Sent(ReportStatus::Refused) => Some(text.of("reports-refused-why")),
        _ => None,
    };
    rsx! {
        PageHead { title: text.of(&format!("reports-title-{}", report.progress_id())), back: true }
        div { class: "ticket",
            span { class: "small soft", {text.of("reports-ticket")} }
            output { class: "ticket-number", "{report.ticket}" }
            Button {
                look: Look::Quiet,
                icon: if copied() { Icon::Check } else { Icon::Copy },
                onclick: move |_| {
                    let number = number.clone();
                    async move { copied.set(page::copy(&number).await.is_ok()) }
                },
                {text.of(if copied() { "reports-copied" } else { "reports-copy" })}
            }
        }
        p { class: "soft", {text.of("reports-ticket-help")} }
        Card { title: text.of("reports-progress"),
            Path { report: report.clone() }
        }
        if let Some(reason) = reason {
            Note { tone: Tone::Stop, icon: Icon::Info, "{reason}" }
        }
        LinkButton { look: Look::Plain, icon: Icon::Scan, wide: true, to: Route::Scan {}, {text.of("result-scan-next")} }
    }
}

/// The way of a report, and how far it has come on it.
#[component]
fn Path(report: MyReport) -> Element {
    let text = use_text();
    let done = match report.progress {
        Progress::Waiting | Progress::Refused(_) => 1,
        Progress::Sent(ReportStatus::Stored | ReportStatus::Refused) => 2,
        Progress::Sent(ReportStatus::Delivered) => 3,
    };
    let stops = ["reports-stop-sealed", "reports-stop-stored", "reports-delivered"];
    rsx! {
        ol { class: "path",
            for (at , stop) in stops.into_iter().enumerate() {
                li { key: "{stop}", class: if at < done { "done" },
                    Glyph { icon: if at < done { Icon::Check } else { Icon::NotIntroduced } }
                    span {
                        {text.of(stop)}
                        span { class: "unseen",
                            {text.of(if at < done { "reports-stop-done" } else { "reports-stop-open" })}
                        }
                    }
                }
            }
        }
        // The way says it to those who see.
        p { class: "unseen", role: "status",
            {text.of(&format!("reports-{}", report.progress_id()))}
        }
    }
}
