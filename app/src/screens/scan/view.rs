//! The camera on the screen.

use super::read_file;
use super::run::{Stage, VIDEO, run};
use crate::device::camera::Camera;
use crate::device::{feedback, page};
use crate::route::Route;
use crate::state::{start_check, use_app, use_text};
use crate::ui::button::{Button, IconButton, LinkButton, Look, PickButton};
use crate::ui::head::{HEADING, use_title};
use crate::ui::icon::Glyph;
use assets::Icon;
use dioxus::prelude::*;
use std::rc::Rc;

/// Felt when a code is found, before its verdict is known.
const FOUND: [u32; 1] = [30];

/// The camera.
#[component]
pub(crate) fn Scan() -> Element {
    let app = use_app();
    let text = use_text();
    let navigator = use_navigator();
    let stage = use_signal(|| Stage::Opening);
    let camera = use_signal(|| None::<Rc<Camera>>);
    let mut nothing_found = use_signal(|| false);
    use_title(&text.of("scan-title"));
    use_effect(move || {
        if app.was_shown() {
            page::focus(HEADING);
        }
    });
    let mut scan = use_future(move || async move {
        if let Some(raw) = run(app, stage, camera).await {
            if app.settings.peek().vibration {
                feedback::vibrate(&FOUND);
            }
            navigator.replace(Route::Result { id: start_check(app, raw) });
        }
    });
    let hint = match (stage(), nothing_found()) {
        (_, true) => "home-nothing-found",
        (Stage::Opening, _) => "scan-opening",
        (Stage::Looking, _) => "scan-hint",
        (Stage::NoCamera(_) | Stage::NoScanner, _) => "scan-other-ways",
    };
    rsx! {
        main { class: "scan",
            video { id: VIDEO, autoplay: true, muted: true, playsinline: true, "aria-hidden": "true", tabindex: "-1" }
            header { class: "scan-top",
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
                h1 { id: HEADING, tabindex: "-1", {text.of("scan-title")} }
                Torch { camera }
            }
            div { class: "scan-middle",
                match stage() {
                    Stage::Opening | Stage::Looking => rsx! {
                        Finder { looking: stage() == Stage::Looking }
                    },
                    Stage::NoCamera(error) => rsx! {
                        Problem {
                            icon: Icon::CameraOff,
                            title: text.of(&format!("scan-camera-{}", error.id())),
                            help: text.of(&format!("scan-camera-{}-help", error.id())),
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
            footer { class: "scan-bottom",
                p { class: "scan-hint", role: "status", {text.of(hint)} }
                div { class: "scan-actions",
                    PickButton {
                        look: Look::Plain,
                        icon: Icon::Picture,
                        wide: true,
                        label: text.of("home-picture"),
                        onpick: move |file| async move {
                            match read_file(app, file).await {
                                Some(raw) => {
                                    navigator.replace(Route::Result { id: start_check(app, raw) });
                                }
                                None => nothing_found.set(true),
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

/// The frame to hold the code in.
#[component]
fn Finder(looking: bool) -> Element {
    rsx! {
        div { class: "finder", "aria-hidden": "true",
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

/// The light, for cameras that have one.
#[component]
fn Torch(camera: Signal<Option<Rc<Camera>>>) -> Element {
    let text = use_text();
    let mut on = use_signal(|| false);
    let Some(opened) = camera().filter(|camera| camera.has_torch()) else { return rsx! {} };
    rsx! {
        IconButton {
            icon: if on() { Icon::TorchOff } else { Icon::Torch },
            label: text.of("scan-torch"),
            pressed: on(),
            onclick: move |_| {
                let opened = Rc::clone(&opened);
                async move {
                    if opened.set_torch(!on()).await.is_ok() {
                        on.toggle();
                    }
                }
            },
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
