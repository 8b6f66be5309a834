//! The camera: the page opens and shows it, and gives its pictures to the program.

mod frames;

use super::{CameraError, Unavailable, ask};
use crate::device::lens::{self, Cameras, Lens};
use crate::device::scanning::Stand;
use frames::Frames;
use serde::Deserialize;
use serde_json::json;
use std::cell::{Cell, RefCell};

/// How long a camera that is told to focus once is left alone.
const FOCUS_MS: u32 = 3_000;

/// Half the least place to hold a code in, in CSS pixels, however large the text is that leaves no room for it.
const LEAST_REACH: f32 = 60.0;

/// A picture to scan.
pub(crate) struct Picture {
    width: u32,
    height: u32,
    /// One byte a pixel, its level; else four, of which the first three are red, green and blue.
    is_levels: bool,
    pixels: Vec<u8>,
}

impl Picture {
    /// Shows it to a scanner.
    pub(super) fn look(&self, scanner: &mut scan::Scanner) -> scan::Look {
        if self.is_levels {
            scanner.see_luma(self.width, self.height, &self.pixels)
        } else {
            scanner.see_rgba(self.width, self.height, &self.pixels)
        }
    }
}

/// A camera that the page has opened, as it tells of itself.
#[derive(Clone, Debug, Deserialize, PartialEq)]
struct Opened {
    id: Option<String>,
    label: String,
    torch: bool,
    zoom: Option<Range>,
    /// Whether its focus follows what it sees; nothing if it does not tell.
    follows: Option<bool>,
    /// Whether it can be told where to focus.
    points: bool,
}

/// A zoom in the camera's own measure.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq)]
struct Range {
    least: f64,
    most: f64,
    /// What it calls "once".
    once: f64,
}

/// What the page answers when a camera is to be opened.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Opening {
    Opened(Opened),
    /// With the name of a `DOMException`.
    Failed(String),
}

/// The cameras that the page may open, one at a time.
struct Page;

impl Cameras for Page {
    type Opened = Opened;

    async fn open(&self, id: Option<&str>) -> Result<Opened, CameraError> {
        match ask("return await tanbaCamera.open(given);", &id).await {
            Ok(Opening::Opened(opened)) => Ok(opened),
            Ok(Opening::Failed(name)) => Err(CameraError::of_exception(&name)),
            Err(Unavailable) => Err(CameraError::Unavailable),
        }
    }

    async fn lenses(&self) -> Vec<Lens> {
        #[derive(Deserialize)]
        struct Told {
            id: String,
            label: String,
        }
        let all: Vec<Told> = ask("return await tanbaCamera.lenses();", &()).await.unwrap_or_default();
        all.into_iter().map(|Told { id, label }| Lens { id, label }).collect()
    }

    fn follows(&self, opened: &Opened) -> Option<bool> {
        opened.follows
    }

    fn label(&self, opened: &Opened) -> String {
        opened.label.clone()
    }

    /// The page has one open at most, and closes it before the next.
    fn close(&self, _opened: Opened) {}
}

/// An open camera, shown in a `video` element. Closed when dropped.
pub(crate) struct Camera {
    opened: Opened,
    lenses: Vec<Lens>,
    frames: Frames,
    /// The element to hold a code in, once somebody has asked for it.
    finder: RefCell<String>,
    stand: Cell<Option<Stand>>,
}

impl Camera {
    /// Opens a camera and shows it in the `video` element with this id: the wanted one if it is there, or the one that
    /// suits best.
    pub(crate) async fn open(video: &str, wanted: Option<&str>) -> Result<Self, CameraError> {
        let (opened, lenses) = lens::open(&Page, wanted).await?;
        let frames = Frames::start()?;
        let given = json!({ "id": video, "address": frames.address });
        ask::<bool>("return await tanbaCamera.show(given);", &given).await?;
        let camera = Self { opened, lenses, frames, finder: RefCell::default(), stand: Cell::default() };
        camera.focus_by_itself().await;
        Ok(camera)
    }

    /// Whether it has a light.
    pub(crate) fn has_torch(&self) -> bool {
        self.opened.torch
    }

    /// Turns its light on or off.
    pub(crate) async fn set_torch(&self, on: bool) -> Result<(), Unavailable> {
        set(json!({ "torch": on })).await
    }

    /// The least and the most that it enlarges.
    pub(crate) fn zoom(&self) -> Option<(f64, f64)> {
        self.opened.zoom.map(|Range { least, most, once }| (least / once, most / once))
    }

    /// Sets how much it enlarges.
    pub(crate) async fn set_zoom(&self, times: f64) -> Result<(), Unavailable> {
        let range = self.opened.zoom.ok_or(Unavailable)?;
        set(json!({ "zoom": times * range.once })).await
    }

    /// Focuses on a point of the picture, each way from 0 to 1, where the camera can be told; then by itself again.
    pub(crate) async fn focus_at(&self, (x, y): (f32, f32)) {
        if !self.opened.points {
            return;
        }
        // A camera that refuses goes on as it was.
        let _ = set(json!({ "pointsOfInterest": [{ "x": x, "y": y }], "focusMode": "single-shot" })).await;
        super::timer::sleep(FOCUS_MS).await;
        self.focus_by_itself().await;
    }

    /// The cameras to choose from, best first.
    pub(crate) fn lenses(&self) -> &[Lens] {
        &self.lenses
    }

    /// The id of this one.
    pub(crate) fn id(&self) -> Option<String> {
        self.opened.id.clone()
    }

    /// Where its picture lay on the screen when it was taken, with the element of this id as the place to hold a code in;
    /// nothing before a picture was taken with that element in mind.
    pub(crate) fn stand(&self, finder: &str) -> Option<Stand> {
        if *self.finder.borrow() != finder {
            finder.clone_into(&mut self.finder.borrow_mut());
            return None;
        }
        self.stand.get().map(|stand| Stand { reach: stand.reach.max(LEAST_REACH), ..stand })
    }

    /// The newest picture that was not given yet; waits for it if there is none. Fails if the camera has ended or gives
    /// none while it is looked at.
    pub(crate) async fn picture(&self) -> Result<Picture, Unavailable> {
        let finder = self.finder.borrow().clone();
        let (picture, stand) = self.frames.next(&finder).await?;
        self.stand.set(stand);
        Ok(picture)
    }

    /// Codes are held close and move: focus that follows them, where the camera offers it.
    async fn focus_by_itself(&self) {
        // A camera without this setting stays as it is.
        let _ = set(json!({ "focusMode": "continuous" })).await;
    }
}

async fn set(wished: serde_json::Value) -> Result<(), Unavailable> {
    ask::<bool>("return await tanbaCamera.set(given);", &wished).await.map(|_| ())
}
