//! What the camera can do beyond looking, within reach of the thumb.

use super::guide::Advice;
use super::run::Scene;
use super::zoom::{self, Zoom};
use crate::state::{use_app, use_text};
use crate::ui::button::{Button, IconButton, Look};
use assets::Icon;
use dioxus::prelude::*;
use std::rc::Rc;

/// Light, zoom and another camera, as far as this one has them. `onswitch` opens the camera that was chosen.
#[component]
pub(super) fn Tools(scene: Scene, onswitch: EventHandler<()>) -> Element {
    let app = use_app();
    let text = use_text();
    let mut is_lit = use_signal(|| false);
    // A camera that is opened anew has its light off.
    use_effect(move || {
        let _ = scene.camera.read();
        is_lit.set(false);
    });
    let Some(camera) = (scene.camera)() else { return rsx! {} };
    let (lit, enlarged) = (Rc::clone(&camera), Rc::clone(&camera));
    let next = next_camera(&camera.lenses().iter().map(|lens| lens.id.clone()).collect::<Vec<_>>(), camera.id());
    let toggle = move || {
        let lit = Rc::clone(&lit);
        async move {
            if lit.set_torch(!is_lit()).await.is_ok() {
                is_lit.toggle();
            }
        }
    };
    let now = (scene.zoom)();
    let times = (now.times.round() as u32).to_string();
    rsx! {
        if camera.has_torch() {
            if (scene.advice)() == Advice::Dark && !is_lit() {
                Button {
                    look: Look::Main,
                    icon: Icon::Torch,
                    onclick: {
                        let toggle = toggle.clone();
                        move |_| toggle()
                    },
                    {text.of("scan-torch")}
                }
            } else {
                IconButton {
                    icon: if is_lit() { Icon::TorchOff } else { Icon::Torch },
                    label: text.of("scan-torch"),
                    pressed: is_lit(),
                    onclick: move |_| toggle(),
                }
            }
        }
        if let Some(range) = camera.zoom() {
            button {
                r#type: "button",
                class: "button button-quiet button-round",
                "aria-label": text.with("scan-zoom", &[("times", &times)]),
                onclick: move |_| {
                    let (camera, mut zoom) = (Rc::clone(&enlarged), scene.zoom);
                    async move {
                        let times = zoom::next(now.times, range);
                        if camera.set_zoom(times).await.is_ok() {
                            zoom.set(Zoom { times, by_hand: true });
                        }
                    }
                },
                "{times}×"
            }
        }
        if let Some(id) = next {
            IconButton {
                icon: Icon::CameraSwitch,
                label: text.of("scan-switch"),
                onclick: move |_| {
                    app.set(|settings| settings.camera = Some(id.clone()));
                    onswitch.call(());
                },
            }
        }
    }
}

/// The camera after this one, round and round; nothing if there is no other.
fn next_camera(ids: &[String], now: Option<String>) -> Option<String> {
    let at = ids.iter().position(|id| Some(id) == now.as_ref());
    let next = at.map_or(0, |at| (at + 1) % ids.len());
    ids.get(next).filter(|id| Some(*id) != now.as_ref()).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_button_goes_through_all_cameras() {
        let ids = ["a", "b", "c"].map(str::to_owned);
        let next = |ids: &[String], now: Option<&str>| next_camera(ids, now.map(str::to_owned));
        assert_eq!(next(&ids, Some("a")).as_deref(), Some("b"));
        assert_eq!(next(&ids, Some("c")).as_deref(), Some("a"));
        assert_eq!(next(&ids, Some("gone")).as_deref(), Some("a"));
        assert_eq!(next(&ids[..1], Some("a")), None);
        assert_eq!(next(&[], None), None);
    }
}
