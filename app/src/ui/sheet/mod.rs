//! A question that must be answered first: a modal dialogue, kept by the browser (focus inside, Escape closes).

use super::button::{Button, Look};
use crate::device::page;
use crate::state::use_text;
use dioxus::prelude::*;

/// Asks before something that cannot be undone. Opened by [`page::open_sheet`] with its id.
#[component]
pub(crate) fn Confirm(id: String, title: String, body: String, yes: String, onyes: EventHandler<()>) -> Element {
    let text = use_text();
    let (no_id, yes_id) = (id.clone(), id.clone());
    rsx! {
        dialog { id: "{id}", class: "sheet", "aria-labelledby": "{id}-title",
            div { class: "stack",
                h2 { id: "{id}-title", "{title}" }
                p { class: "soft", "{body}" }
                Button {
                    look: Look::Danger,
                    wide: true,
                    onclick: move |_| {
                        page::close_sheet(&yes_id);
                        onyes.call(());
                    },
                    "{yes}"
                }
                Button { look: Look::Plain, wide: true, onclick: move |_| page::close_sheet(&no_id),
                    {text.of("app-cancel")}
                }
            }
        }
    }
}
