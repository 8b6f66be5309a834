//! A check as a row of a list.

use super::icon::Glyph;
use super::verdict::face_of;
use crate::route::Route;
use crate::state::{Entry, use_text};
use assets::Icon;
use dioxus::prelude::*;

/// A check as a row that leads to its result.
#[component]
pub(crate) fn EntryRow(entry: Entry) -> Element {
    let text = use_text();
    let face = face_of(&entry);
    let code = entry.code();
    let name = match entry.card() {
        Some(card) => text.name(&card.product.name),
        None => code.hri.clone().or_else(|| code.gtin.clone()).unwrap_or_else(|| short(&entry.raw)),
    };
    rsx! {
        Link { class: "list-row", to: Route::Result { id: entry.id },
            span { class: "badge {face.tone.class()}",
                Glyph { icon: face.icon }
            }
            span { class: "list-words",
                strong { {text.of(face.title)} }
                span { class: "small", "{name}" }
                span { class: "small soft", {text.moment(entry.at)} }
            }
            Glyph { icon: Icon::Forward }
        }
    }
}

/// The beginning of a text that may be anything.
fn short(raw: &str) -> String {
    let shown: String = raw.chars().filter(|c| !c.is_control()).take(40).collect();
    if shown.len() < raw.len() { shown + "…" } else { shown }
}
