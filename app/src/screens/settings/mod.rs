//! What the person may set.

use crate::device::Theme;
use crate::route::Route;
use crate::state::{use_app, use_text};
use crate::ui::card::Card;
use crate::ui::field::{Segments, Switch};
use crate::ui::head::PageHead;
use crate::ui::icon::Glyph;
use assets::Icon;
use dioxus::prelude::*;
use locales::Locale;
use shared::date::Timestamp;

const THEMES: [(Theme, &str); 3] = [(Theme::Auto, "auto"), (Theme::Light, "light"), (Theme::Dark, "dark")];

/// The languages, each by its own name; `short` where there is no room for more than two letters.
#[component]
pub(crate) fn LanguageChoice(name: String, #[props(default)] short: bool) -> Element {
    let app = use_app();
    let text = use_text();
    let label = |locale: Locale| match (short, locale) {
        (false, locale) => locale.autonym().to_owned(),
        (true, Locale::Kk) => "Қаз".to_owned(),
        (true, Locale::Ru) => "Рус".to_owned(),
        (true, Locale::En) => "Eng".to_owned(),
    };
    rsx! {
        Segments {
            name,
            legend: text.of("settings-language"),
            hidden_legend: short,
            options: Locale::ALL.map(|locale| (locale.tag().to_owned(), label(locale))).to_vec(),
            langs: Locale::ALL.map(|locale| locale.tag().to_owned()).to_vec(),
            chosen: app.locale().tag(),
            onchoose: move |tag| app.set(|settings| settings.language = Some(tag)),
        }
    }
}

/// What the person may set.
#[component]
pub(crate) fn Settings() -> Element {
    let app = use_app();
    let text = use_text();
    let settings = app.settings.read().clone();
    let theme = THEMES.iter().find(|(theme, _)| *theme == settings.theme).map_or("auto", |(_, id)| id);
    rsx! {
        PageHead { title: text.of("settings-title") }
        Card {
            div { class: "stack",
                LanguageChoice { name: "language" }
                Segments {
                    name: "theme",
                    legend: text.of("settings-theme"),
                    options: THEMES
                        .iter()
                        .map(|(_, id)| ((*id).to_owned(), text.of(&format!("settings-theme-{id}"))))
                        .collect::<Vec<_>>(),
                    chosen: theme,
                    onchoose: move |id: String| {
                        if let Some((theme, _)) = THEMES.iter().find(|(_, known)| *known == id) {
                            app.set(|settings| settings.theme = *theme);
                        }
                    },
                }
            }
        }
        Card { title: text.of("settings-verdict"),
            div { class: "stack-tight",
                Switch {
                    label: text.of("settings-sound"),
                    on: settings.sound,
                    onswitch: move |on| app.set(|settings| settings.sound = on),
                }
                Switch {
                    label: text.of("settings-cues"),
                    help: text.of("settings-cues-help"),
                    on: settings.cues,
                    onswitch: move |on| app.set(|settings| settings.cues = on),
                }
                Switch {
                    label: text.of("settings-vibration"),
                    on: settings.vibration,
                    onswitch: move |on| app.set(|settings| settings.vibration = on),
                }
                Switch {
                    label: text.of("settings-history"),
                    help: text.of("settings-history-help"),
                    on: settings.keep_history,
                    onswitch: move |on| {
                        app.set(|settings| settings.keep_history = on);
                        if !on {
                            app.forget();
                        }
                    },
                }
            }
        }
        Keys {}
        ul { class: "list",
            li {
                Link { class: "list-row", to: Route::About {},
                    span { class: "badge",
                        Glyph { icon: Icon::Info }
                    }
                    span { class: "list-words",
                        strong { {text.of("about-title")} }
                        span { class: "small soft", {text.of("settings-about")} }
                    }
                    Glyph { icon: Icon::Forward }
                }
            }
        }
    }
}

/// What the phone can check without a network.
#[component]
fn Keys() -> Element {
    let app = use_app();
    let text = use_text();
    let keys = app.keys.read();
    rsx! {
        Card { title: text.of("settings-keys"),
            if keys.is_known() {
                dl { class: "states",
                    div {
                        dt { {text.of("settings-keys-version")} }
                        dd { "{keys.set().version}" }
                    }
                    div {
                        dt { {text.of("settings-keys-issued")} }
                        dd { {text.moment(Timestamp(keys.set().issued_at.saturating_mul(1000)))} }
                    }
                    div {
                        dt { {text.of("settings-keys-count")} }
                        dd { "{keys.set().keys.len()}" }
                    }
                }
            } else {
                p { {text.of("settings-keys-none")} }
            }
            p { class: "field-help", {text.of("settings-keys-help")} }
        }
    }
}
