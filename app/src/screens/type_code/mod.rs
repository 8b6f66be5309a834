//! Typing a code by hand, checked as it is typed.

use crate::route::Route;
use crate::state::{App, Text, start_check, use_app, use_text};
use crate::ui::button::{Button, Look};
use crate::ui::card::Card;
use crate::ui::head::PageHead;
use assets::Icon;
use dioxus::prelude::*;
use shared::code::{CODE_LIMIT, Reading, Secrets, TailCheck, read};

/// Typing a code by hand.
#[component]
pub(crate) fn TypeCode() -> Element {
    let app = use_app();
    let text = use_text();
    let navigator = use_navigator();
    let mut typed = use_signal(String::new);
    let remark = use_memo(move || remark(app, app.text(), &typed.read()));
    let check = move || {
        let raw = typed.peek().trim().to_owned();
        if !raw.is_empty() {
            navigator.push(Route::Result { id: start_check(app, raw) });
        }
    };
    rsx! {
        PageHead { title: text.of("type-title"), back: true }
        form {
            class: "stack",
            onsubmit: move |event| {
                event.prevent_default();
                check();
            },
            div { class: "field",
                label { r#for: "type-code", {text.of("type-label")} }
                textarea {
                    id: "type-code",
                    class: "input code",
                    rows: "4",
                    maxlength: "{CODE_LIMIT}",
                    autocomplete: "off",
                    autocapitalize: "off",
                    spellcheck: "false",
                    "aria-describedby": "type-help type-remark",
                    placeholder: "(01)04870001234560(21)3…",
                    value: "{typed}",
                    oninput: move |event| typed.set(event.value()),
                    onkeydown: move |event| {
                        if event.key() == Key::Enter {
                            event.prevent_default();
                            check();
                        }
                    },
                }
                p { id: "type-remark", role: "status",
                    if let Some(remark) = remark() {
                        "{remark}"
                    }
                }
                p { id: "type-help", class: "field-help", {text.of("type-help")} }
            }
            Button {
                look: Look::Main,
                icon: Icon::Check,
                wide: true,
                disabled: typed.read().trim().is_empty(),
                onclick: move |_| check(),
                {text.of("type-check")}
            }
        }
        Card { title: text.of("type-where"),
            ul { class: "stack-tight",
                li { {text.of("type-where-1")} }
                li { {text.of("type-where-2")} }
                li { {text.of("type-where-3")} }
            }
        }
    }
}

/// What is typed so far.
fn remark(app: App, text: Text, typed: &str) -> Option<String> {
    let typed = typed.trim();
    if typed.is_empty() {
        return None;
    }
    let read = read(typed, app.keys.read().set(), &Secrets::default());
    Some(match (&read.reading, read.tail) {
        (Reading::Mark(_), Some(TailCheck::Valid)) => text.of("type-valid"),
        (Reading::Mark(_), Some(TailCheck::Invalid)) => text.of("type-invalid"),
        (Reading::Mark(_), _) => text.of("type-complete"),
        (Reading::Foreign(_), _) => text.of("type-foreign"),
        (Reading::Incomplete { missing, .. }, _) => text.named("result-missing", missing.as_str()),
        (Reading::NotAMark(other), _) => text.named("result-other", other.as_str()),
    })
}
