//! Typing a code by hand, checked as it is typed; or by a hand scanner that plays a keyboard.

mod parts;
mod wedge;

use crate::device::{clock, keyboard};
use crate::route::Route;
use crate::state::{App, Text, start_check, use_app, use_text};
use crate::ui::button::{Button, Look};
use crate::ui::card::Card;
use crate::ui::head::PageHead;
use crate::ui::icon::Glyph;
use assets::Icon;
use dioxus::prelude::*;
use parts::{Fault, Part, State};
use shared::code::{CODE_LIMIT, Reading, Secrets, TailCheck, read};
use std::cell::RefCell;
use std::rc::Rc;
use wedge::{Heard, Wedge};

/// Typing a code by hand.
#[component]
pub(crate) fn TypeCode() -> Element {
    let app = use_app();
    let text = use_text();
    let navigator = use_navigator();
    let mut typed = use_signal(String::new);
    let remark = use_memo(move || remark(app, app.text(), &typed.read()));
    let parts = use_memo(move || parts::of(&typed.read(), app.keys.read().set()));
    let take = move |raw: String| {
        if !raw.is_empty() {
            navigator.push(Route::Result { id: start_check(app, raw) });
        }
    };
    let check = move || take(typed.peek().trim().to_owned());
    let scanned = use_coroutine(move |mut codes: UnboundedReceiver<String>| async move {
        while let Ok(code) = codes.recv().await {
            take(code);
        }
    });
    use_hook(|| {
        let (codes, wedge) = (scanned.tx(), RefCell::new(Wedge::default()));
        let listener = keyboard::listen(move |press| {
            match wedge.borrow_mut().hear(&press.key, press.control, clock::now().0) {
                Heard::Pass => false,
                Heard::Keep => true,
                // The receiver lives as long as the screen.
                Heard::Code(code) => codes.unbounded_send(code).is_ok(),
            }
        });
        Rc::new(listener)
    });
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
            if !parts.read().is_empty() {
                ul { class: "typed", "aria-label": text.of("type-parts"),
                    for part in parts() {
                        Row { key: "{part.ai}", part }
                    }
                }
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
        p { class: "soft small", {text.of("type-scanner")} }
    }
}

/// One part of the code: its name, what was typed of it, how it stands.
#[component]
fn Row(part: Part) -> Element {
    let text = use_text();
    let (tone, icon) = match part.state {
        State::Whole | State::CheckDigit | State::Verified => ("tone-good", Icon::Check),
        State::Unverified => ("tone-info", Icon::NeedsNetwork),
        State::Open(_) => ("tone-neutral", Icon::Keyboard),
        State::Missing => ("tone-neutral", Icon::Incomplete),
        State::Wrong(_) => ("tone-stop", Icon::NotIssued),
    };
    let name = match part.ai.as_str() {
        known @ ("01" | "21" | "91" | "92" | "93") => text.of(&format!("type-name-{known}")),
        _ => text.of("type-name-other"),
    };
    let name = if part.ai.is_empty() { name } else { text.with("type-part", &[("ai", &part.ai), ("name", &name)]) };
    rsx! {
        li { class: "typed-part {tone}",
            span { class: "badge",
                Glyph { icon }
            }
            span { class: "list-words",
                strong { "{name}" }
                if !part.value.is_empty() {
                    span { class: "code small", "{part.value}" }
                }
                span { class: "typed-state", {words(text, &part)} }
            }
        }
    }
}

/// How a part stands, in words.
fn words(text: Text, part: &Part) -> String {
    let got = part.value.chars().count().to_string();
    let got = [("got", got.as_str())];
    let of_needed = |id: &str, need: usize| text.with(id, &[got[0], ("need", &need.to_string())]);
    match part.state {
        State::Whole => text.of("type-part-ok"),
        State::CheckDigit => text.with("type-part-check-digit", &got),
        State::Verified => text.with("type-part-verified", &got),
        State::Unverified => text.with("type-part-unverified", &got),
        State::Open(Some(need)) => of_needed("type-part-open", need),
        State::Open(None) => text.with("type-part-any", &got),
        State::Missing => text.of("type-part-missing"),
        State::Wrong(Fault::CheckDigit) => text.of("type-wrong-check-digit"),
        State::Wrong(Fault::Signature) => text.of("type-wrong-signature"),
        State::Wrong(Fault::Character(character)) => {
            text.with("type-wrong-character", &[("character", &character.to_string())])
        }
        State::Wrong(Fault::Short(need)) => of_needed("type-wrong-short", need),
        State::Wrong(Fault::Long) => text.of("type-wrong-long"),
        State::Wrong(Fault::Other) => text.of("type-wrong-other"),
    }
}

/// What is typed so far, in a sentence.
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
