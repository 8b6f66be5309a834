//! The first screen: check a product.

use crate::route::Route;
use crate::screens::scan::{ChooseMark, Shown, read_file};
use crate::screens::settings::LanguageChoice;
use crate::state::{start_check, use_app, use_text};
use crate::ui::button::{LinkButton, Look, PickButton};
use crate::ui::card::{Card, Note};
use crate::ui::head::{HEADING, use_title};
use crate::ui::icon::Glyph;
use crate::ui::row::EntryRow;
use crate::ui::verdict::Tone;
use assets::Icon;
use dioxus::prelude::*;

/// How many earlier checks are shown.
const RECENT: usize = 3;

/// The first screen.
#[component]
pub(crate) fn Home() -> Element {
    let app = use_app();
    let text = use_text();
    let navigator = use_navigator();
    let mut shown = use_signal(|| None::<Shown>);
    let mut busy = use_signal(|| false);
    use_title(&text.of("app-nav-check"));
    let check = move |raw: String| {
        navigator.push(Route::Result { id: start_check(app, raw) });
    };
    let recent: Vec<_> = app.history.read().iter().take(RECENT).cloned().collect();
    rsx! {
        header { class: "top-bar",
            span { class: "brand",
                Glyph { icon: Icon::Mark }
                "Tanba"
            }
            div { class: "languages",
                LanguageChoice { name: "home-language", short: true }
            }
        }
        section { class: "hero",
            div { class: "hero-mark",
                Glyph { icon: Icon::Mark }
            }
            h1 { id: HEADING, tabindex: "-1", {text.of("home-title")} }
            p { {text.of("home-lead")} }
            LinkButton { look: Look::Main, icon: Icon::Scan, wide: true, to: Route::Scan {}, {text.of("home-scan")} }
            div { class: "hero-ways",
                PickButton {
                    look: Look::Plain,
                    icon: Icon::Picture,
                    wide: true,
                    label: text.of("home-picture"),
                    disabled: busy(),
                    onpick: move |file| async move {
                        busy.set(true);
                        let now = read_file(app, file).await;
                        busy.set(false);
                        shown.set(Some(now.clone()));
                        if let Shown::Code(raw) = now {
                            check(raw);
                        }
                    },
                }
                LinkButton { look: Look::Plain, icon: Icon::Keyboard, wide: true, to: Route::TypeCode {}, {text.of("home-type")} }
            }
        }
        div { role: "status",
            if busy() {
                Note { tone: Tone::Info, icon: Icon::Picture, {text.of("home-reading")} }
            } else if let Some(id) = shown.read().as_ref().and_then(Shown::id) {
                Note { tone: Tone::Caution, icon: Icon::Picture, {text.of(id)} }
            }
        }
        if !busy() {
            ChooseMark { shown: shown(), onpick: check }
        }
        if recent.is_empty() {
            Card { title: text.of("home-how"),
                ol { class: "steps",
                    li { span { {text.of("home-step-1")} } }
                    li { span { {text.of("home-step-2")} } }
                    li { span { {text.of("home-step-3")} } }
                }
            }
        } else {
            section { class: "stack-tight",
                div { class: "section-head",
                    h2 { {text.of("home-recent")} }
                    Link { to: Route::History {}, {text.of("home-all")} }
                }
                ul { class: "list",
                    for entry in recent {
                        li { key: "{entry.id}",
                            EntryRow { entry }
                        }
                    }
                }
            }
        }
        LinkButton { look: Look::Plain, icon: Icon::Report, wide: true, to: Route::Report { about: None }, {text.of("home-report")} }
        p { class: "soft small", {text.of("home-privacy")} }
    }
}
