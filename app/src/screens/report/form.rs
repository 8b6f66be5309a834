//! The form.

use super::photo::{Photo, PhotoField};
use super::submit::{Failure, Filled, submit};
use crate::route::Route;
use crate::state::{Entry, use_app, use_text};
use crate::ui::button::{Button, Look};
use crate::ui::card::{Card, Note};
use crate::ui::field::{Choices, Switch};
use crate::ui::head::PageHead;
use crate::ui::icon::Glyph;
use crate::ui::verdict::{Tone, face_of};
use assets::Icon;
use dioxus::prelude::*;
use shared::report::{NOTE_LIMIT, ViolationKind};

/// A report of a violation; `about` is the check that it follows.
#[component]
pub(crate) fn Report(about: Option<u64>) -> Element {
    let app = use_app();
    let text = use_text();
    let navigator = use_navigator();
    let entry = about.and_then(|id| app.entry(id));
    let likely = entry.as_ref().and_then(|entry| face_of(entry).violation);
    let mut kind = use_signal(|| likely);
    let mut note = use_signal(String::new);
    let photo = use_signal(|| None::<Photo>);
    let mut with_place = use_signal(|| false);
    let mut asked = use_signal(|| false);
    let mut busy = use_signal(|| false);
    let mut failure = use_signal(|| None::<Failure>);
    let kinds: Vec<_> = ViolationKind::ALL
        .iter()
        .map(|kind| (kind.as_str().to_owned(), text.named("report-kind", kind.as_str())))
        .collect();
    let about = entry.clone();
    let send = move |_| {
        let about = about.clone();
        async move {
            asked.set(true);
            let Some(kind) = kind() else { return };
            busy.set(true);
            let filled = Filled { kind, note: note(), photo: photo(), with_place: with_place(), about };
            match submit(app, filled).await {
                Ok(ticket) => {
                    navigator.replace(Route::Ticket { ticket: ticket.to_string() });
                }
                Err(error) => {
                    failure.set(Some(error));
                    busy.set(false);
                }
            }
        }
    };
    rsx! {
        PageHead { title: text.of("report-title"), back: true }
        p { class: "soft", {text.of("report-lead")} }
        if let Some(entry) = entry {
            About { entry }
        }
        Choices {
            name: "kind",
            legend: text.of("report-kind"),
            options: kinds,
            chosen: kind().map(|kind| kind.as_str().to_owned()),
            error: (asked() && kind().is_none()).then(|| text.of("report-kind-missing")),
            onchoose: move |value: String| kind.set(value.parse().ok()),
        }
        div { class: "field",
            label { r#for: "note", {text.of("report-note")} }
            textarea {
                id: "note",
                class: "input",
                rows: "4",
                maxlength: "{NOTE_LIMIT}",
                "aria-describedby": "note-help",
                value: "{note}",
                oninput: move |event| note.set(event.value()),
            }
            p { id: "note-help", class: "field-help", {text.of("report-note-help")} }
        }
        PhotoField { photo }
        Card {
            Switch {
                label: text.of("report-place"),
                help: text.of("report-place-help"),
                on: with_place(),
                onswitch: move |on| with_place.set(on),
            }
        }
        Note { tone: Tone::Good, icon: Icon::Lock, {text.of("report-sealed")} }
        div { role: "alert",
            if let Some(failure) = failure() {
                Note { tone: Tone::Stop, icon: Icon::Info, {text.of(failure.id())} }
            }
        }
        Button { look: Look::Main, icon: Icon::Send, wide: true, disabled: busy(), onclick: send,
            {text.of(if busy() { "report-sealing" } else { "report-send" })}
        }
    }
}

/// The check that the report is about.
#[component]
fn About(entry: Entry) -> Element {
    let text = use_text();
    let face = face_of(&entry);
    let name = match entry.card() {
        Some(card) => text.name(&card.product.name),
        None => entry.code().hri.clone().unwrap_or_default(),
    };
    rsx! {
        div { class: "card row",
            span { class: "badge {face.tone.class()}",
                Glyph { icon: face.icon }
            }
            span { class: "list-words",
                span { class: "small soft", {text.of("report-about")} }
                strong { {text.of(face.title)} }
                span { class: "small", "{name}" }
            }
        }
    }
}
