//! Grounds: a card, a remark, and what stands where there is nothing yet.

use super::icon::Glyph;
use super::verdict::Tone;
use assets::Icon;
use dioxus::prelude::*;

/// A card with an optional heading.
#[component]
pub(crate) fn Card(title: Option<String>, children: Element) -> Element {
    rsx! {
        section { class: "card",
            if let Some(title) = title {
                h2 { class: "card-title", "{title}" }
            }
            {children}
        }
    }
}

/// A remark.
#[component]
pub(crate) fn Note(tone: Tone, icon: Icon, children: Element) -> Element {
    rsx! {
        div { class: "note {tone.class()}",
            Glyph { icon }
            div { class: "note-body", {children} }
        }
    }
}

/// Where there is nothing yet: what will be here, and how.
#[component]
pub(crate) fn Empty(icon: Icon, text: String, children: Element) -> Element {
    rsx! {
        div { class: "empty",
            Glyph { icon }
            p { "{text}" }
            {children}
        }
    }
}
