//! Fields: choices, segments, switches. Every one is a native control under its looks.

use dioxus::prelude::*;

/// One option of several: its value and its name.
pub(crate) type Choice = (String, String);

/// Options below each other.
#[component]
pub(crate) fn Choices(
    name: String,
    legend: String,
    options: Vec<Choice>,
    chosen: Option<String>,
    error: Option<String>,
    onchoose: EventHandler<String>,
) -> Element {
    let described = error.as_ref().map(|_| format!("{name}-error"));
    rsx! {
        fieldset { class: "field", "aria-describedby": described,
            legend { "{legend}" }
            div { class: "choices",
                for (value , label) in options {
                    label { key: "{value}", class: "choice",
                        input {
                            r#type: "radio",
                            name: "{name}",
                            checked: chosen.as_ref() == Some(&value),
                            value: "{value}",
                            onchange: move |_| onchoose.call(value.clone()),
                        }
                        span { "{label}" }
                    }
                }
            }
            if let Some(error) = error {
                p { id: "{name}-error", class: "field-error", role: "alert", "{error}" }
            }
        }
    }
}

/// A few short options beside each other; `hidden_legend` where the place says what they are for.
#[component]
pub(crate) fn Segments(
    name: String,
    legend: String,
    #[props(default)] hidden_legend: bool,
    options: Vec<Choice>,
    chosen: String,
    /// Languages of the options, for those whose name is in another language than the page.
    langs: Option<Vec<String>>,
    onchoose: EventHandler<String>,
) -> Element {
    rsx! {
        fieldset { class: "field",
            legend { class: if hidden_legend { "unseen" }, "{legend}" }
            div { class: "segments",
                for (at , (value , label)) in options.into_iter().enumerate() {
                    label {
                        key: "{value}",
                        class: "segment",
                        lang: langs.as_ref().and_then(|langs| langs.get(at).cloned()),
                        input {
                            r#type: "radio",
                            name: "{name}",
                            checked: chosen == value,
                            value: "{value}",
                            onchange: move |_| onchoose.call(value.clone()),
                        }
                        span { "{label}" }
                    }
                }
            }
        }
    }
}

/// Something that is on or off.
#[component]
pub(crate) fn Switch(label: String, help: Option<String>, on: bool, onswitch: EventHandler<bool>) -> Element {
    rsx! {
        label { class: "switch",
            span { class: "switch-words",
                span { "{label}" }
                if let Some(help) = help {
                    span { class: "field-help", "{help}" }
                }
            }
            input {
                r#type: "checkbox",
                role: "switch",
                checked: on,
                onchange: move |event| onswitch.call(event.checked()),
            }
        }
    }
}
