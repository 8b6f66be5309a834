//! An address that leads nowhere.

use crate::route::Route;
use crate::state::use_text;
use crate::ui::button::{LinkButton, Look};
use crate::ui::card::Empty;
use crate::ui::head::PageHead;
use assets::Icon;
use dioxus::prelude::*;

/// An address that leads nowhere.
#[component]
pub(crate) fn Lost(path: Vec<String>) -> Element {
    let text = use_text();
    let address = format!("/{}", path.join("/"));
    rsx! {
        PageHead { title: text.of("app-lost") }
        Empty { icon: Icon::NotAMark, text: text.with("app-lost-help", &[("address", &address)]),
            LinkButton { look: Look::Main, icon: Icon::Scan, to: Route::Home {}, {text.of("app-nav-check")} }
        }
    }
}
