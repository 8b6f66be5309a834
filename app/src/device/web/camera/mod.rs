//! The camera behind the phone: `getUserMedia`, and what its track offers beyond pictures.

mod choose;
mod shown;

use super::{CameraError, Unavailable, property, set_property};
use crate::device::lens::{self, Lens};
use crate::device::scanning::Stand;
use js_sys::{Array, Function, Object};
use shown::Shown;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlVideoElement, MediaStream, MediaStreamTrack};

#[wasm_bindgen]
extern "C" {
    /// A frame as the camera gave it, of which nothing is copied (WebCodecs). Not in every browser.
    pub(super) type VideoFrame;

    #[wasm_bindgen(constructor, catch)]
    fn new(source: &HtmlVideoElement) -> Result<VideoFrame, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn clone(this: &VideoFrame) -> Result<VideoFrame, JsValue>;
}

/// How long a camera that is told to focus once is left alone.
const FOCUS_MS: u32 = 3_000;

/// Half the least place to hold a code in, in CSS pixels, however large the text is that leaves no room for it.
const LEAST_REACH: f64 = 60.0;

/// A picture to scan: a frame, or a bitmap where there are no frames.
pub(crate) struct Picture {
    pub(super) data: JsValue,
    /// The name of its kind in a message to a worker.
    pub(super) kind: &'static str,
}

impl Picture {
    /// The same picture for a second reader; bitmaps would have to be copied and are not.
    pub(super) fn shared(&self) -> Option<VideoFrame> {
        (self.kind == "frame").then(|| self.data.unchecked_ref::<VideoFrame>().clone().ok())?
    }
}

/// What a camera can do.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Powers {
    torch: bool,
    /// The least and the most of its zoom, in its own measure.
    zoom: Option<(f64, f64)>,
    /// Whether its focus follows what it sees; nothing if it does not tell.
    follows: Option<bool>,
    /// Whether it can be told where to focus.
    points: bool,
}

/// An open camera, shown in a `video` element. Closed when dropped.
pub(crate) struct Camera {
    stream: MediaStream,
    video: HtmlVideoElement,
    track: MediaStreamTrack,
    powers: Powers,
    shown: Shown,
    lenses: Vec<Lens>,
}

impl Camera {
    /// Opens a camera and shows it in the `video` element with this id: the wanted one if it is there, or the one that
    /// suits best.
    pub(crate) async fn open(video: &str, wanted: Option<&str>) -> Result<Self, CameraError> {
        let video = element(video).map_err(|_| CameraError::Unavailable)?;
        let ((stream, track), lenses) = lens::open(&choose::Devices::of_page()?, wanted).await?;
        let shown = Shown::new(&video, &track).map_err(|_| CameraError::Unavailable)?;
        let camera = Self { powers: powers(&track), stream, video, track, shown, lenses };
        camera.video.set_src_object(Some(&camera.stream));
        camera.video.set_muted(true);
        let playing = camera.video.play().map_err(|_| CameraError::Unavailable)?;
        // A page that is left at once breaks off the play; the camera is then closed by the drop.
        JsFuture::from(playing).await.map_err(|_| CameraError::Unavailable)?;
        camera.focus_by_itself().await;
        Ok(camera)
    }

    /// Whether it has a light.
    pub(crate) fn has_torch(&self) -> bool {
        self.powers.torch
    }

    /// Turns its light on or off.
    pub(crate) async fn set_torch(&self, on: bool) -> Result<(), Unavailable> {
        apply(&self.track, &[("torch", on.into())]).await
    }

    /// The least and the most that it enlarges.
    pub(crate) fn zoom(&self) -> Option<(f64, f64)> {
        self.powers.zoom.map(|(least, most)| (least / once(least), most / once(least)))
    }

    /// Sets how much it enlarges.
    pub(crate) async fn set_zoom(&self, times: f64) -> Result<(), Unavailable> {
        let (least, _) = self.powers.zoom.ok_or(Unavailable)?;
        apply(&self.track, &[("zoom", (times * once(least)).into())]).await
    }

    /// Focuses on a point of the picture, each way from 0 to 1, where the camera can be told; then by itself again.
    pub(crate) async fn focus_at(&self, (x, y): (f32, f32)) {
        if !self.powers.points {
            return;
        }
        let point = Object::new();
        set_property(&point, "x", x);
        set_property(&point, "y", y);
        let points = Array::of1(&point).into();
        // A camera that refuses goes on as it was.
        let _ = apply(&self.track, &[("pointsOfInterest", points), ("focusMode", "single-shot".into())]).await;
        super::timer::sleep(FOCUS_MS).await;
        self.focus_by_itself().await;
    }

    /// The cameras to choose from, best first.
    pub(crate) fn lenses(&self) -> &[Lens] {
        &self.lenses
    }

    /// The id of this one.
    pub(crate) fn id(&self) -> Option<String> {
        choose::id(&self.track)
    }

    /// Where its picture lies on the screen, with the element of this id as the place to hold a code in.
    pub(crate) fn stand(&self, finder: &str) -> Option<Stand> {
        let picture = (self.video.video_width() as f32, self.video.video_height() as f32);
        let finder = super::document().ok()?.get_element_by_id(finder)?.get_bounding_client_rect();
        let video = self.video.get_bounding_client_rect();
        let stand = Stand {
            picture,
            shown: (video.width() as f32, video.height() as f32),
            aim: (
                (finder.x() + finder.width() / 2.0 - video.x()) as f32,
                (finder.y() + finder.height() / 2.0 - video.y()) as f32,
            ),
            reach: (finder.width() / 2.0).max(LEAST_REACH) as f32,
        };
        (picture.0 > 0.0 && picture.1 > 0.0).then_some(stand)
    }

    /// The newest picture that was not given yet; waits for it if there is none. Fails if the camera has ended or gives
    /// none while it is looked at.
    pub(crate) async fn picture(&self) -> Result<Picture, Unavailable> {
        self.shown.next().await?;
        if let Ok(frame) = VideoFrame::new(&self.video) {
            return Ok(Picture { data: frame.into(), kind: "frame" });
        }
        let bitmap = super::window()?.create_image_bitmap_with_html_video_element(&self.video)?;
        Ok(Picture { data: JsFuture::from(bitmap).await?, kind: "bitmap" })
    }

    /// Codes are held close and move: focus that follows them, where the camera offers it.
    async fn focus_by_itself(&self) {
        // A camera without this setting stays as it is.
        let _ = apply(&self.track, &[("focusMode", "continuous".into())]).await;
    }
}

impl Drop for Camera {
    fn drop(&mut self) {
        stop(&self.stream);
        self.video.set_src_object(None);
    }
}

/// What a camera calls "once": some count in hundredths, and those that can show more than that begin below 1.
fn once(least: f64) -> f64 {
    least.max(1.0)
}

fn stop(stream: &MediaStream) {
    for track in stream.get_tracks().iter() {
        track.unchecked_into::<MediaStreamTrack>().stop();
    }
}

fn element(id: &str) -> Result<HtmlVideoElement, Unavailable> {
    super::document()?.get_element_by_id(id).and_then(|element| element.dyn_into().ok()).ok_or(Unavailable)
}

/// Settings of a camera beyond pictures (Image Capture API) are wishes: what it lacks it leaves out.
async fn apply(track: &MediaStreamTrack, settings: &[(&str, JsValue)]) -> Result<(), Unavailable> {
    let (wished, all) = (Object::new(), Object::new());
    for (name, value) in settings {
        set_property(&wished, name, value);
    }
    set_property(&all, "advanced", Array::of1(&wished));
    JsFuture::from(track.apply_constraints_with_constraints(all.unchecked_ref())?).await?;
    Ok(())
}

/// What the track tells of the camera; some browsers tell nothing.
fn powers(track: &MediaStreamTrack) -> Powers {
    let ask = property(track, "getCapabilities").and_then(|ask| ask.dyn_into::<Function>().ok());
    let Some(told) = ask.and_then(|ask| ask.call0(track).ok()) else { return Powers::default() };
    let number = |of: &JsValue, name| property(of, name).and_then(|value| value.as_f64());
    let modes = property(&told, "focusMode").map(|modes| Array::from(&modes));
    let has_mode = |name: &str| modes.as_ref().map(|modes| modes.includes(&name.into(), 0));
    let zoom = property(&told, "zoom").and_then(|zoom| Some((number(&zoom, "min")?, number(&zoom, "max")?)));
    let devices = super::window().and_then(|window| Ok(window.navigator().media_devices()?));
    let knows_points =
        devices.is_ok_and(|devices| property(&devices.get_supported_constraints(), "pointsOfInterest").is_some());
    Powers {
        torch: property(&told, "torch").is_some_and(|torch| torch.is_truthy()),
        zoom: zoom.filter(|(least, most)| most > least),
        follows: has_mode("continuous"),
        points: knows_points && has_mode("single-shot") == Some(true),
    }
}
