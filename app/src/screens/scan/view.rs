//! The camera on the screen.

use super::file::{ChooseMark, Shown, read_file};
use super::outline::Outlines;
use super::run::{FINDER, Stage, VIDEO, run, use_scene};
use super::tools::Tools;
use crate::device::{feedback, page, timer};
use crate::route::Route;
use crate::state::{App, start_check, use_app, use_text};
use crate::ui::button::{Button, IconButton, LinkButton, Look, PickButton};
use crate::ui::head::{HEADING, use_title};
use crate::ui::icon::Glyph;
use assets::{Icon, Tune};
use dioxus::prelude::*;

/// How long it is said why nothing came of a picture, before the camera has the word again.
const SAID_MS: u32 = 5_000;

/// The camera.
#[component]
pub(crate) fn Scan() -> Element {
    let app = use_app();
    let text = use_text();
    let navigator = use_navigator();
    let scene = use_scene();
    let mut shown = use_signal(|| None::<Shown>);
    use_title(&text.of("scan-title"));
    use_effect(move || {
        if app.was_shown() {
            page::focus(HEADING);
        }
    });
    let take = move |raw: String| {
        told(app);
        navigator.replace(Route::Result { id: start_check(app, raw) });
    };
    let mut scan = use_future(move || async move {
        if let Some(raw) = run(app, scene).await {
            take(raw);
        }
    });
    let stage = (scene.stage)();
    let is_looking = stage == Stage::Looking;
    let of_file = shown.read().as_ref().and_then(Shown::id);
    let hint = of_file.unwrap_or(match stage {
        Stage::Opening => "scan-opening",
        Stage::Looking => (scene.advice)().id(),
        Stage::NoCamera(_) | Stage::NoScanner => "scan-other-ways",
    });
    rsx! {
        main { class: "scan",
            video { id: VIDEO, autoplay: true, muted: true, playsinline: true, "aria-hidden": "true", tabindex: "-1" }
            header { class: "scan-top",
                h1 { id: HEADING, tabindex: "-1", {text.of("scan-title")} }
            }
            div {
                class: "scan-middle",
                onclick: move |event| async move {
                    let at = event.client_coordinates();
                    let camera = scene.camera.peek().clone();
                    if let Some(camera) = camera
                        && let Some(stand) = camera.stand(FINDER)
                    {
                        camera.focus_at(stand.in_picture((at.x as f32, at.y as f32))).await;
                    }
                },
                match stage {
                    Stage::Opening | Stage::Looking => rsx! {
                        Finder { looking: is_looking }
                    },
                    Stage::NoCamera(error) => rsx! {
                        Problem {
                            icon: Icon::CameraOff,
                            title: text.of(&format!("scan-camera-{}", error.id())),
                            help: text.of(error.help()),
                            onretry: move |()| scan.restart(),
                        }
                    },
                    Stage::NoScanner => rsx! {
                        Problem {
                            icon: Icon::Offline,
                            title: text.of("scan-no-scanner"),
                            help: text.of("scan-no-scanner-help"),
                            onretry: move |()| scan.restart(),
                        }
                    },
                }
            }
            if is_looking {
                Outlines { outlines: scene.outlines, onpick: take }
            }
            footer { class: "scan-bottom",
                p { class: "scan-hint", role: "status", {text.of(hint)} }
                ChooseMark { shown: shown(), onpick: take }
                div { class: "scan-tools",
                    IconButton {
                        icon: Icon::Close,
                        label: text.of("scan-close"),
                        onclick: move |_| {
                            if navigator.can_go_back() {
                                navigator.go_back();
                            } else {
                                navigator.replace(Route::Home {});
                            }
                        },
                    }
                    Tools { scene, onswitch: move |()| scan.restart() }
                }
                div { class: "scan-actions",
                    PickButton {
                        look: Look::Plain,
                        icon: Icon::Picture,
                        wide: true,
                        label: text.of("home-picture"),
                        onpick: move |file| async move {
                            shown.set(None);
                            let now = read_file(app, file).await;
                            if let Shown::Code(raw) = now {
                                return take(raw);
                            }
                            shown.set(Some(now.clone()));
                            if let Shown::Nothing(_) = now {
                                timer::sleep(SAID_MS).await;
                                if *shown.peek() == Some(now) {
                                    shown.set(None);
                                }
                            }
                        },
                    }
                    LinkButton { look: Look::Plain, icon: Icon::Keyboard, wide: true, to: Route::TypeCode {},
                        {text.of("home-type")}
                    }
                }
            }
        }
    }
}

/// A code was found: heard and felt at once, before its verdict is known.
fn told(app: App) {
    let settings = app.settings.peek();
    if settings.cues {
        feedback::play(Tune::Read.notes());
    }
    if settings.vibration {
        feedback::vibrate(Tune::Read.vibration());
    }
}

/// The frame to hold the code in.
#[component]
fn Finder(looking: bool) -> Element {
    rsx! {
        div { id: FINDER, class: "finder", "aria-hidden": "true",
            svg {
                view_box: "0 0 100 100",
                fill: "none",
                stroke: "currentColor",
                stroke_width: "2.6",
                stroke_linecap: "round",
                path { d: "M3 22V11a8 8 0 0 1 8-8h11M78 3h11a8 8 0 0 1 8 8v11M97 78v11a8 8 0 0 1-8 8H78M22 97H11a8 8 0 0 1-8-8V78" }
            }
            if looking {
                div { class: "finder-line" }
            }
        }
    }
}

/// Why nothing is scanned, and what helps.
#[component]
fn Problem(icon: Icon, title: String, help: String, onretry: EventHandler<()>) -> Element {
    let text = use_text();
    rsx! {
        div { class: "scan-message", role: "alert",
            Glyph { icon }
            h2 { "{title}" }
            p { "{help}" }
            Button { look: Look::Main, icon: Icon::Refresh, onclick: move |_| onretry.call(()), {text.of("scan-retry")} }
        }
    }
}
