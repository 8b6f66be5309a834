//! All reports of this phone.

use crate::route::Route;
use crate::state::{MyReport, use_app, use_text};
use crate::sync::status;
use crate::ui::button::{LinkButton, Look};
use crate::ui::card::Empty;
use crate::ui::head::PageHead;
use crate::ui::icon::Glyph;
use assets::Icon;
use dioxus::prelude::*;

/// Icon and class of a report's progress.
fn badge(report: &MyReport) -> (Icon, &'static str) {
    match report.progress_id() {
        "delivered" => (Icon::Check, "badge tone-good"),
        "refused" => (Icon::Close, "badge tone-stop"),
        "stored" => (Icon::Send, "badge tone-info"),
        _ => (Icon::NotIntroduced, "badge tone-caution"),
    }
}

/// All reports of this phone.
#[component]
pub(crate) fn Reports() -> Element {
    let app = use_app();
    let text = use_text();
    use_future(move || status::refresh(app));
    let all = app.reports.read();
    rsx! {
        PageHead { title: text.of("reports-title") }
        LinkButton { look: Look::Main, icon: Icon::Report, wide: true, to: Route::Report { about: None },
            {text.of("home-report")}
        }
        if all.is_empty() {
            Empty { icon: Icon::Report, text: text.of("reports-empty") }
        } else {
            ul { class: "list",
                for report in all.iter() {
                    li { key: "{report.ticket}",
                        Link { class: "list-row", to: Route::Ticket { ticket: report.ticket.clone() },
                            span { class: badge(report).1,
                                Glyph { icon: badge(report).0 }
                            }
                            span { class: "list-words",
                                strong { {text.of(&format!("reports-{}", report.progress_id()))} }
                                span { class: "small code", "{report.ticket}" }
                                span { class: "small soft", {text.moment(report.at)} }
                            }
                            Glyph { icon: Icon::Forward }
                        }
                    }
                }
            }
        }
    }
}
