//! Earlier checks.

use crate::device::page;
use crate::route::Route;
use crate::state::{HISTORY_LIMIT, use_app, use_text};
use crate::ui::button::{Button, LinkButton, Look};
use crate::ui::card::{Empty, Note};
use crate::ui::head::PageHead;
use crate::ui::row::EntryRow;
use crate::ui::sheet::Confirm;
use crate::ui::verdict::Tone;
use assets::Icon;
use dioxus::prelude::*;

/// Id of the question before everything is forgotten.
const CLEAR: &str = "history-clear";

/// Earlier checks.
#[component]
pub(crate) fn History() -> Element {
    let app = use_app();
    let text = use_text();
    let all = app.history.read();
    rsx! {
        PageHead { title: text.of("history-title") }
        if all.is_empty() {
            Empty {
                icon: Icon::History,
                text: text.of(if app.settings.read().keep_history { "history-empty" } else { "history-off" }),
                LinkButton { look: Look::Main, icon: Icon::Scan, to: Route::Scan {}, {text.of("home-scan")} }
            }
        } else {
            ul { class: "list",
                for entry in all.iter().cloned() {
                    li { key: "{entry.id}",
                        EntryRow { entry }
                    }
                }
            }
            Note { tone: Tone::Neutral, icon: Icon::Lock,
                {text.count("history-privacy", HISTORY_LIMIT)}
            }
            Button { look: Look::Plain, icon: Icon::Trash, wide: true, onclick: move |_| page::open_sheet(CLEAR),
                {text.of("history-clear")}
            }
            Confirm {
                id: CLEAR,
                title: text.of("history-clear-title"),
                body: text.count("history-clear-body", all.len()),
                yes: text.of("history-clear-yes"),
                onyes: move |()| app.forget(),
            }
        }
    }
}
