//! What to do with a verdict: words, then buttons, the likeliest first.

use crate::route::Route;
use crate::state::{Entry, start_check, use_app, use_text};
use crate::ui::button::{Button, LinkButton, Look};
use crate::ui::verdict::{Step, face_of};
use assets::Icon;
use dioxus::prelude::*;

/// What to do with a verdict.
#[component]
pub(super) fn Next(entry: Entry) -> Element {
    let text = use_text();
    let face = face_of(&entry);
    let steps = match face.step {
        Step::Scan => [Some(Step::Scan), face.violation.map(|_| Step::Report), None],
        Step::Report => [Some(Step::Report), Some(Step::Scan), None],
        // What is wrong with the goods in hand does not wait for a network: the outbox does.
        Step::Recheck => [Some(Step::Recheck), Some(Step::Scan), Some(Step::Report)],
    };
    rsx! {
        section { class: "card stack",
            div {
                h2 { class: "card-title", {text.of("result-what-next")} }
                p { {text.of(face.next)} }
            }
            for (at , step) in steps.into_iter().flatten().enumerate() {
                StepButton { key: "{at}", step, is_first: at == 0, entry: entry.clone() }
            }
        }
    }
}

#[component]
fn StepButton(step: Step, is_first: bool, entry: Entry) -> Element {
    let app = use_app();
    let text = use_text();
    let navigator = use_navigator();
    let look = if is_first { Look::Main } else { Look::Plain };
    match step {
        Step::Scan => rsx! {
            LinkButton { look, icon: Icon::Scan, wide: true, to: Route::Scan {}, {text.of("result-scan-next")} }
        },
        Step::Report => rsx! {
            LinkButton { look, icon: Icon::Report, wide: true, to: Route::Report { about: Some(entry.id) },
                {text.of("home-report")}
            }
        },
        Step::Recheck => rsx! {
            Button {
                look,
                icon: Icon::Refresh,
                wide: true,
                onclick: move |_| {
                    navigator.replace(Route::Result { id: start_check(app, entry.raw.clone()) });
                },
                {text.of("result-recheck")}
            }
        },
    }
}
