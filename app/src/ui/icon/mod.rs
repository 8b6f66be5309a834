//! An icon: an addition to words beside it, so it is hidden from screen readers.

use assets::Icon;
use dioxus::prelude::*;

/// Shows an icon in the colour and size of the text around it.
#[component]
pub(crate) fn Glyph(icon: Icon) -> Element {
    rsx! {
        span { class: "icon", "aria-hidden": "true", dangerous_inner_html: icon.svg() }
    }
}
