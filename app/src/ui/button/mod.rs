//! Buttons, links that look like buttons, and a button that picks a file.

use super::icon::Glyph;
use crate::device::picked::Picked;
use crate::route::Route;
use assets::Icon;
use dioxus::prelude::*;

/// How much a button stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    /// The one thing to do.
    Main,
    /// Another thing to do.
    Plain,
    /// Beside the matter.
    Quiet,
    /// Cannot be undone.
    Danger,
}

impl Look {
    const fn class(self, wide: bool) -> &'static str {
        match (self, wide) {
            (Self::Main, false) => "button button-main",
            (Self::Main, true) => "button button-main button-wide",
            (Self::Plain, false) => "button button-plain",
            (Self::Plain, true) => "button button-plain button-wide",
            (Self::Quiet, false) => "button button-quiet",
            (Self::Quiet, true) => "button button-quiet button-wide",
            (Self::Danger, false) => "button button-danger",
            (Self::Danger, true) => "button button-danger button-wide",
        }
    }
}

/// A button.
#[component]
pub(crate) fn Button(
    look: Look,
    icon: Option<Icon>,
    #[props(default)] wide: bool,
    #[props(default)] disabled: bool,
    onclick: EventHandler<MouseEvent>,
    children: Element,
) -> Element {
    rsx! {
        button { r#type: "button", class: look.class(wide), disabled, onclick: move |event| onclick.call(event),
            if let Some(icon) = icon {
                Glyph { icon }
            }
            {children}
        }
    }
}

/// A round button with an icon alone; its name is for those who do not see it.
#[component]
pub(crate) fn IconButton(
    icon: Icon,
    label: String,
    pressed: Option<bool>,
    onclick: EventHandler<MouseEvent>,
) -> Element {
    rsx! {
        button {
            r#type: "button",
            class: "button button-quiet button-round",
            "aria-label": label,
            "aria-pressed": pressed.map(|pressed| pressed.to_string()),
            onclick: move |event| onclick.call(event),
            Glyph { icon }
        }
    }
}

/// A link that looks like a button.
#[component]
pub(crate) fn LinkButton(
    look: Look,
    icon: Option<Icon>,
    #[props(default)] wide: bool,
    to: Route,
    children: Element,
) -> Element {
    rsx! {
        Link { class: look.class(wide), to,
            if let Some(icon) = icon {
                Glyph { icon }
            }
            {children}
        }
    }
}

/// A button that picks a picture file; with `camera`, phones offer to take one.
#[component]
pub(crate) fn PickButton(
    look: Look,
    icon: Icon,
    label: String,
    #[props(default)] wide: bool,
    #[props(default)] camera: bool,
    #[props(default)] disabled: bool,
    onpick: EventHandler<Picked>,
) -> Element {
    rsx! {
        span { class: "{look.class(wide)} pick",
            Glyph { icon }
            span { "aria-hidden": "true", "{label}" }
            input {
                r#type: "file",
                accept: "image/*",
                capture: camera.then_some("environment"),
                "aria-label": label,
                disabled,
                onchange: move |event| {
                    if let Some(file) = Picked::of(&event) {
                        onpick.call(file);
                    }
                },
            }
        }
    }
}
