//! The camera behind the phone: `getUserMedia`.

use super::{CameraError, Unavailable, property, set_property};
use js_sys::{Array, Object};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DomException, HtmlVideoElement, ImageBitmap, MediaDevices, MediaStream, MediaStreamConstraints, MediaStreamTrack,
};

/// A picture to scan.
pub(crate) struct Picture(pub(super) ImageBitmap);

/// An open camera, shown in a `video` element. Closed when dropped.
pub(crate) struct Camera {
    stream: MediaStream,
    video: HtmlVideoElement,
}

impl Camera {
    /// Opens the rear camera and shows it in the `video` element with this id.
    pub(crate) async fn open(video: &str) -> Result<Self, CameraError> {
        let video = element(video).map_err(|_| CameraError::Unavailable)?;
        let devices = devices().map_err(|_| CameraError::Unavailable)?;
        let asked = devices.get_user_media_with_constraints(&constraints()).map_err(|error| reason(&error))?;
        let stream: MediaStream = JsFuture::from(asked).await.map_err(|error| reason(&error))?.unchecked_into();
        let camera = Self { stream, video };
        camera.video.set_src_object(Some(&camera.stream));
        camera.video.set_muted(true);
        let playing = camera.video.play().map_err(|_| CameraError::Unavailable)?;
        // A page that is left at once breaks off the play; the camera is then closed by the drop.
        JsFuture::from(playing).await.map_err(|_| CameraError::Unavailable)?;
        camera.focus_close().await;
        Ok(camera)
    }

    /// Whether it has a light.
    pub(crate) fn has_torch(&self) -> bool {
        let capabilities = self.track().and_then(|track| {
            let ask = property(&track, "getCapabilities")?.dyn_into::<js_sys::Function>().ok()?;
            ask.call0(&track).ok()
        });
        capabilities.and_then(|all| property(&all, "torch")).is_some_and(|torch| torch.is_truthy())
    }

    /// Turns its light on or off.
    pub(crate) async fn set_torch(&self, on: bool) -> Result<(), Unavailable> {
        self.apply("torch", on.into()).await
    }

    /// What it sees now.
    pub(crate) async fn picture(&self) -> Result<Picture, Unavailable> {
        let bitmap = super::window()?.create_image_bitmap_with_html_video_element(&self.video)?;
        Ok(Picture(JsFuture::from(bitmap).await?.dyn_into()?))
    }

    fn track(&self) -> Option<MediaStreamTrack> {
        self.stream.get_video_tracks().get(0).dyn_into().ok()
    }

    /// Codes are held close and move: focus that follows them, where the camera offers it.
    async fn focus_close(&self) {
        // A camera without this setting stays as it is.
        let _ = self.apply("focusMode", "continuous".into()).await;
    }

    async fn apply(&self, name: &str, value: JsValue) -> Result<(), Unavailable> {
        let track = self.track().ok_or(Unavailable)?;
        let (setting, all) = (Object::new(), Object::new());
        set_property(&setting, name, value);
        set_property(&all, "advanced", Array::of1(&setting));
        JsFuture::from(track.apply_constraints_with_constraints(all.unchecked_ref())?).await?;
        Ok(())
    }
}

impl Drop for Camera {
    fn drop(&mut self) {
        for track in self.stream.get_tracks().iter() {
            track.unchecked_into::<MediaStreamTrack>().stop();
        }
        self.video.set_src_object(None);
    }
}

fn element(id: &str) -> Result<HtmlVideoElement, Unavailable> {
    super::document()?.get_element_by_id(id).and_then(|element| element.dyn_into().ok()).ok_or(Unavailable)
}

/// A page without a secure context has no `mediaDevices` at all.
fn devices() -> Result<MediaDevices, Unavailable> {
    let navigator = super::window()?.navigator();
    property(&navigator, "mediaDevices").ok_or(Unavailable)?;
    Ok(navigator.media_devices()?)
}

fn constraints() -> MediaStreamConstraints {
    let (video, width, height) = (Object::new(), Object::new(), Object::new());
    set_property(&width, "ideal", 1920);
    set_property(&height, "ideal", 1080);
    set_property(&video, "facingMode", "environment");
    set_property(&video, "width", width);
    set_property(&video, "height", height);
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
