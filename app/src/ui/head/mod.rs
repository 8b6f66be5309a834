//! The head of a screen: the way back and the heading that takes the focus when the screen opens.

use super::button::IconButton;
use crate::device::page;
use crate::route::Route;
use crate::state::use_text;
use assets::Icon;
use dioxus::prelude::*;

/// Id of the heading of every screen.
pub(crate) const HEADING: &str = "heading";

/// Sets the title of the page, and moves the focus to the heading once the screen is there.
pub(crate) fn use_title(title: &str) {
    let text = use_text();
    let full = text.with("app-title", &[("screen", title)]);
    use_effect(use_reactive!(|(full,)| page::set_title(&full)));
}

/// The head of a screen.
#[component]
pub(crate) fn PageHead(title: String, #[props(default)] back: bool) -> Element {
    let text = use_text();
    let navigator = use_navigator();
    use_title(&title);
    rsx! {
        header { class: "page-head",
            if back {
                IconButton {
                    icon: Icon::Back,
                    label: text.of("app-back"),
                    onclick: move |_| {
                        if navigator.can_go_back() {
                            navigator.go_back();
                        } else {
                            navigator.replace(Route::Home {});
                        }
                    },
                }
            }
            h1 { id: HEADING, tabindex: "-1", "{title}" }
        }
    }
}
