//! What the app is, how it knows, and what it does not keep.

use crate::state::use_text;
use crate::ui::card::Card;
use crate::ui::head::PageHead;
use crate::ui::icon::Glyph;
use assets::Icon;
use dioxus::prelude::*;

/// What the app is.
#[component]
pub(crate) fn About() -> Element {
    let text = use_text();
    let parts = [
        (Icon::Genuine, "about-how", "about-how-text"),
        (Icon::Offline, "about-offline", "about-offline-text"),
        (Icon::Lock, "about-privacy", "about-privacy-text"),
        (Icon::Report, "about-reports", "about-reports-text"),
    ];
    rsx! {
        PageHead { title: text.of("about-title"), back: true }
        p { {text.of("about-lead")} }
        for (icon , title , body) in parts {
            Card { key: "{title}",
                div { class: "stack-tight",
                    div { class: "row",
                        span { class: "badge tone-info",
                            Glyph { icon }
                        }
                        h2 { {text.of(title)} }
                    }
                    p { {text.of(body)} }
                }
            }
        }
        p { class: "soft small", {text.with("about-version", &[("version", env!("CARGO_PKG_VERSION"))])} }
    }
}
