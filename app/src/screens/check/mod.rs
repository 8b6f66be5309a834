//! Where a Digital Link leads: checks it and shows the result in its place.

use crate::route::{Landing, Route};
use crate::state::{start_check, use_app, use_text};
use crate::ui::head::PageHead;
use dioxus::prelude::*;

/// Where a Digital Link leads.
#[component]
pub(crate) fn Check(landing: Landing) -> Element {
    let app = use_app();
    let text = use_text();
    let navigator = use_navigator();
    use_effect(use_reactive!(|(landing,)| {
        if landing.0.is_empty() {
            navigator.replace(Route::TypeCode {});
        } else {
            navigator.replace(Route::Result { id: start_check(app, landing.0) });
        }
    }));
    rsx! {
        PageHead { title: text.of("result-checking") }
    }
}
