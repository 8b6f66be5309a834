//! The navigation: below on a phone, above on a desk.

use super::icon::Glyph;
use crate::route::Route;
use crate::state::use_text;
use assets::Icon;
use dioxus::prelude::*;

/// The navigation.
#[component]
pub(crate) fn Nav() -> Element {
    let text = use_text();
    let links = [
        (Route::Home {}, Icon::Scan, "app-nav-check"),
        (Route::History {}, Icon::History, "app-nav-history"),
        (Route::Reports {}, Icon::Report, "app-nav-reports"),
        (Route::Settings {}, Icon::Settings, "app-nav-settings"),
    ];
    rsx! {
        nav { class: "nav", "aria-label": text.of("app-nav"),
            ul {
                for (to , icon , label) in links {
                    li { key: "{label}",
                        Link { class: "nav-link", to,
                            Glyph { icon }
                            span { {text.of(label)} }
                        }
                    }
                }
            }
        }
    }
}
