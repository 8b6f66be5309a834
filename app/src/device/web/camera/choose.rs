//! The browser's cameras.

use super::super::{CameraError, Unavailable, property, set_property};
use super::{powers, stop};
use crate::device::lens::{Cameras, Lens};
use js_sys::{Array, Function, Object};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DomException, MediaDevices, MediaStream, MediaStreamConstraints, MediaStreamTrack};

/// The cameras that the page may open.
pub(super) struct Devices(MediaDevices);

impl Devices {
    /// A page without a secure context has no `mediaDevices` at all.
    pub(super) fn of_page() -> Result<Self, Unavailable> {
        let navigator = super::super::window()?.navigator();
        property(&navigator, "mediaDevices").ok_or(Unavailable)?;
        Ok(Self(navigator.media_devices()?))
    }
}

impl Cameras for Devices {
    type Opened = (MediaStream, MediaStreamTrack);

    async fn open(&self, id: Option<&str>) -> Result<Self::Opened, CameraError> {
        let asked = self.0.get_user_media_with_constraints(&constraints(id)).map_err(|error| reason(&error))?;
        let stream: MediaStream = JsFuture::from(asked).await.map_err(|error| reason(&error))?.unchecked_into();
        let track = stream.get_video_tracks().get(0).dyn_into().map_err(|_| CameraError::Unavailable)?;
        Ok((stream, track))
    }

    async fn lenses(&self) -> Vec<Lens> {
        let Ok(asked) = self.0.enumerate_devices() else { return Vec::new() };
        let all = JsFuture::from(asked).await.map(|all| Array::from(&all)).unwrap_or_default();
        let text =
            |device: &JsValue, name| property(device, name).and_then(|value| value.as_string()).unwrap_or_default();
        let cameras = all.iter().filter(|device| text(device, "kind") == "videoinput");
        cameras.map(|device| Lens { id: text(&device, "deviceId"), label: text(&device, "label") }).collect()
    }

    fn follows(&self, (_, track): &Self::Opened) -> Option<bool> {
        powers(track).follows
    }

    fn label(&self, (_, track): &Self::Opened) -> String {
        track.label()
    }

    fn close(&self, (stream, _): Self::Opened) {
        stop(&stream);
    }
}

/// The id of a track's camera.
pub(super) fn id(track: &MediaStreamTrack) -> Option<String> {
    let settings = property(track, "getSettings")?.dyn_into::<Function>().ok()?.call0(track).ok()?;
    property(&settings, "deviceId")?.as_string()
}

fn constraints(id: Option<&str>) -> MediaStreamConstraints {
    let (video, width, height) = (Object::new(), Object::new(), Object::new());
    set_property(&width, "ideal", 1920);
    set_property(&height, "ideal", 1080);
    set_property(&video, "width", width);
    set_property(&video, "height", height);
    // Only a camera that was asked for its zoom offers it.
    set_property(&video, "zoom", true);
    match id {
        Some(id) => {
            let exact = Object::new();
            set_property(&exact, "exact", id);
            set_property(&video, "deviceId", exact);
        }
        None => set_property(&video, "facingMode", "environment"),
    }
    let constraints = MediaStreamConstraints::new();
    constraints.set_audio(&JsValue::FALSE);
    constraints.set_video(&video);
    constraints
}

fn reason(error: &JsValue) -> CameraError {
    CameraError::of_exception(&error.dyn_ref::<DomException>().map(DomException::name).unwrap_or_default())
}
