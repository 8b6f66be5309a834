//! The result of a check: verdict, what to do, card, evidence.

mod evidence;
mod next;

use crate::device::{feedback, page};
use crate::route::Route;
use crate::state::{Answer, App, Current, Entry, use_app, use_text};
use crate::ui::button::{LinkButton, Look};
use crate::ui::card::{Card, Empty};
use crate::ui::head::{HEADING, PageHead, use_title};
use crate::ui::product::ProductCard;
use crate::ui::verdict::{Panel, face_of};
use assets::Icon;
use dioxus::prelude::*;
use evidence::Evidence;
use next::Next;
use shared::wire::v1::check::CheckResponse;

/// The result of a check.
#[component]
pub(crate) fn Result(id: u64) -> Element {
    let app = use_app();
    let text = use_text();
    let is_pending = matches!(app.current.read().as_ref(), Some(Current::Pending { id: current }) if *current == id);
    use_effect(use_reactive!(|(id, is_pending)| {
        if !is_pending {
            arrived(app, id);
        }
    }));
    let entry = app.entry(id);
    let spoken = match &entry {
        _ if is_pending => text.of("result-checking"),
        Some(entry) => {
            let face = face_of(entry);
            format!("{}. {}", text.of(face.title), text.of(face.lead))
        }
        None => String::new(),
    };
    rsx! {
        p { class: "unseen", role: "status", "aria-live": "assertive", "{spoken}" }
        if is_pending {
            Waiting {}
        } else if let Some(entry) = entry {
            Found { entry }
        } else {
            PageHead { title: text.of("result-gone"), back: true }
            Empty { icon: Icon::History, text: text.of("result-gone-help"),
                LinkButton { look: Look::Main, icon: Icon::Scan, to: Route::Scan {}, {text.of("home-scan")} }
            }
        }
    }
}

/// A verdict has come: it is heard and felt, and takes the focus. Only a fresh one is heard.
fn arrived(app: App, id: u64) {
    page::focus(HEADING);
    let current = app.current.peek();
    let Some(Current::Done(entry)) = current.as_ref().filter(|current| current.id() == id) else { return };
    let tune = face_of(entry).tune;
    let settings = app.settings.peek();
    if settings.sound {
        feedback::play(tune.notes());
    }
    if settings.vibration {
        feedback::vibrate(tune.vibration());
    }
}

/// While the ledger is asked.
#[component]
fn Waiting() -> Element {
    let text = use_text();
    use_title(&text.of("result-checking"));
    rsx! {
        div { class: "waiting", "aria-busy": "true",
            span { class: "spinner", "aria-hidden": "true" }
            h1 { id: HEADING, tabindex: "-1", {text.of("result-checking")} }
            p { class: "soft", {text.of("result-checking-help")} }
        }
    }
}

/// The verdict and all that belongs to it.
#[component]
fn Found(entry: Entry) -> Element {
    let response = match &entry.answer {
        Answer::Judged(response) => Some((**response).clone()),
        Answer::NeedsNetwork { .. } => None,
    };
    rsx! {
        Panel { entry: entry.clone() }
        Next { entry: entry.clone() }
        if let Some(card) = entry.card() {
            ProductCard { card: card.clone() }
        }
        if let Some(response) = response {
            State { response, offline: entry.offline }
        }
        Evidence { entry }
    }
}

/// State of the unit: never its owner.
#[component]
fn State(response: CheckResponse, offline: bool) -> Element {
    let text = use_text();
    let Some(state) = response.state else { return rsx! {} };
    let rows = [
        Some(("result-status", text.named("status", state.status.as_str()))),
        state.withdrawal.map(|body| ("result-reason", text.named("withdrawal", body.reason.as_str()))),
        state.withdrawal.map(|body| ("result-withdrawal-date", text.day(body.date))),
        state
            .withdrawal
            .and_then(|body| body.region)
            .map(|region| ("result-region", text.named("region", region.as_str()))),
        state.block.map(|body| ("result-block", text.named("stop", body.reason.as_str()))),
        state.block.map(|body| ("result-block-date", text.day(body.date))),
        state.recalled.map(|date| ("result-recalled-date", text.day(date))),
        Some(state.inner_sold).filter(|count| *count > 0).map(|count| ("result-inner-sold", count.to_string())),
        response.as_of.map(|at| (if offline { "result-as-of-earlier" } else { "result-as-of" }, text.moment(at))),
    ];
    rsx! {
        Card { title: text.of("result-state"),
            dl { class: "states",
                for (label , value) in rows.into_iter().flatten() {
                    div { key: "{label}",
                        dt { {text.of(label)} }
                        dd { "{value}" }
                    }
                }
            }
        }
    }
}
