//! Which camera is opened. Names and ids are told only after the person has agreed to one.

use super::super::{CameraError, Unavailable, property, set_property};
use super::{powers, stop};
use crate::device::lens::{self, Lens};
use js_sys::{Array, Function, Object};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DomException, MediaDevices, MediaStream, MediaStreamConstraints, MediaStreamTrack};

/// How many cameras are tried before the best by name is taken.
const TRIES: usize = 3;

type Opened = (MediaStream, MediaStreamTrack);

/// Opens the wanted camera if it is there; or the one behind the phone, and in its place another one if it cannot see what
/// is near.
pub(super) async fn open(wanted: Option<&str>) -> Result<(MediaStream, MediaStreamTrack, Vec<Lens>), CameraError> {
    let devices = devices().map_err(|_| CameraError::Unavailable)?;
    if let Some(id) = wanted
        // Ids change when the person clears what the browser keeps.
        && let Ok((stream, track)) = ask(&devices, Some(id)).await
    {
        return Ok((stream, track, lenses(&devices).await));
    }
    let (stream, track) = ask(&devices, None).await?;
    let lenses = lenses(&devices).await;
    if lenses.len() < 2 || sees_near(&track) {
        return Ok((stream, track, lenses));
    }
    // Many phones cannot have two of their cameras open.
    stop(&stream);
    for lens in lenses.iter().take(TRIES) {
        if let Ok((stream, track)) = ask(&devices, Some(&lens.id)).await {
            if sees_near(&track) {
                return Ok((stream, track, lenses));
            }
            stop(&stream);
        }
    }
    let best = lenses.first().map(|lens| lens.id.as_str());
    let (stream, track) = ask(&devices, best).await?;
    Ok((stream, track, lenses))
}

/// The id of a track's camera.
pub(super) fn id(track: &MediaStreamTrack) -> Option<String> {
    let settings = property(track, "getSettings")?.dyn_into::<Function>().ok()?.call0(track).ok()?;
    property(&settings, "deviceId")?.as_string()
}

/// Whether nothing speaks against the camera: its focus follows, or it does not tell and is no special one by its name.
fn sees_near(track: &MediaStreamTrack) -> bool {
    powers(track).follows.unwrap_or_else(|| !lens::is_poor(&track.label()))
}

/// A page without a secure context has no `mediaDevices` at all.
fn devices() -> Result<MediaDevices, Unavailable> {
    let navigator = super::super::window()?.navigator();
    property(&navigator, "mediaDevices").ok_or(Unavailable)?;
    Ok(navigator.media_devices()?)
}

async fn ask(devices: &MediaDevices, id: Option<&str>) -> Result<Opened, CameraError> {
    let asked = devices.get_user_media_with_constraints(&constraints(id)).map_err(|error| reason(&error))?;
    let stream: MediaStream = JsFuture::from(asked).await.map_err(|error| reason(&error))?.unchecked_into();
    let track = stream.get_video_tracks().get(0).dyn_into().map_err(|_| CameraError::Unavailable)?;
    Ok((stream, track))
}

async fn lenses(devices: &MediaDevices) -> Vec<Lens> {
    let Ok(asked) = devices.enumerate_devices() else { return Vec::new() };
    let all = JsFuture::from(asked).await.map(|all| Array::from(&all)).unwrap_or_default();
    let text = |device: &JsValue, name| property(device, name).and_then(|value| value.as_string()).unwrap_or_default();
    let cameras = all.iter().filter(|device| text(device, "kind") == "videoinput");
    let lenses = cameras.map(|device| Lens { id: text(&device, "deviceId"), label: text(&device, "label") });
    lens::best_first(lenses.filter(|lens| !lens.id.is_empty()).collect())
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
    match error.dyn_ref::<DomException>().map(DomException::name).as_deref() {
        Some("NotAllowedError" | "SecurityError") => CameraError::Denied,
        Some("NotFoundError" | "OverconstrainedError") => CameraError::Missing,
        Some("NotReadableError" | "AbortError") => CameraError::Busy,
        _ => CameraError::Unavailable,
    }
}
