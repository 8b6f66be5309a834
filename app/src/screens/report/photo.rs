//! The photo: drawn anew on the phone, so that nothing of the file but its pixels leaves it.

use crate::device::picked::Picked;
use crate::device::{PhotoError, photo as device_photo};
use crate::state::use_text;
use crate::ui::button::{Button, Look, PickButton};
use crate::ui::card::Note;
use crate::ui::verdict::Tone;
use assets::Icon;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use dioxus::prelude::*;
use shared::report::PHOTO_LIMIT;
use std::rc::Rc;

/// A photo ready to be sealed: JPEG.
#[derive(Clone, PartialEq)]
pub(super) struct Photo(pub(super) Rc<Vec<u8>>);

impl Photo {
    fn address(&self) -> String {
        format!("data:image/jpeg;base64,{}", STANDARD.encode(&*self.0))
    }
}

/// Takes, shows and removes the photo.
#[component]
pub(super) fn PhotoField(photo: Signal<Option<Photo>>) -> Element {
    let text = use_text();
    let mut error = use_signal(|| None::<PhotoError>);
    let mut busy = use_signal(|| false);
    let shown = photo.read().as_ref().map(Photo::address);
    rsx! {
        fieldset { class: "field",
            legend { {text.of("report-photo")} }
            div { class: "stack-tight",
                if let Some(address) = shown {
                    div { class: "photo",
                        img { src: "{address}", alt: text.of("report-photo-alt") }
                    }
                    Button { look: Look::Plain, icon: Icon::Trash, wide: true, onclick: move |_| photo.set(None),
                        {text.of("report-photo-remove")}
                    }
                } else {
                    PickButton {
                        look: Look::Plain,
                        icon: Icon::Camera,
                        wide: true,
                        camera: true,
                        disabled: busy(),
                        label: text.of(if busy() { "report-photo-busy" } else { "report-photo-take" }),
                        onpick: move |file: Picked| async move {
                            busy.set(true);
                            let drawn = match file.bytes().await {
                                Ok(bytes) => device_photo::to_jpeg(&bytes, PHOTO_LIMIT).await,
                                Err(_) => Err(PhotoError::Unreadable),
                            };
                            busy.set(false);
                            error.set(drawn.as_ref().err().copied());
                            photo.set(drawn.ok().map(|jpeg| Photo(Rc::new(jpeg))));
                        },
                    }
                }
                p { class: "field-help", {text.of("report-photo-help")} }
                div { role: "alert",
                    match error() {
                        Some(PhotoError::Unreadable) => rsx! {
                            Note { tone: Tone::Stop, icon: Icon::Picture, {text.of("report-photo-unreadable")} }
                        },
                        Some(PhotoError::TooLarge) => rsx! {
                            Note { tone: Tone::Stop, icon: Icon::Picture, {text.of("report-photo-too-large")} }
                        },
                        None => rsx! {},
                    }
                }
            }
        }
    }
}
