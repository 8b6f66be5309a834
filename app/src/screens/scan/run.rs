//! The scan itself: picture after picture until a code is found.

use super::choose::{Choice, Chooser};
use super::cue::Ticks;
use super::guide::{self, Advice, Guide};
use super::outline::{self, Outline};
use super::zoom::{AutoZoom, Zoom};
use crate::device::camera::Camera;
use crate::device::detector::Detector;
use crate::device::scanner::Scanner;
use crate::device::scanning::{Look, Stand};
use crate::device::{CameraError, clock, feedback, timer};
use crate::state::App;
use dioxus::prelude::*;
use std::rc::Rc;

/// Id of the `video` element.
pub(super) const VIDEO: &str = "scan-video";

/// Id of the place to hold a code in.
pub(super) const FINDER: &str = "scan-finder";

/// A camera that has gone is asked for again so often, after this rest.
const RETURNS: u32 = 4;
const RETURN_MS: u32 = 700;

/// How the scan stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// The camera is being opened.
    Opening,
    /// The camera is open.
    Looking,
    /// There is no camera.
    NoCamera(CameraError),
    /// The scanner could not be loaded.
    NoScanner,
}

/// What the screen shows of the scan.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Scene {
    pub(super) stage: Signal<Stage>,
    pub(super) camera: Signal<Option<Rc<Camera>>>,
    pub(super) advice: Signal<Advice>,
    pub(super) outlines: Signal<Vec<Outline>>,
    pub(super) zoom: Signal<Zoom>,
}

/// What the screen shows of the scan, before it has begun.
pub(super) fn use_scene() -> Scene {
    Scene {
        stage: use_signal(|| Stage::Opening),
        camera: use_signal(|| None),
        advice: use_signal(Advice::default),
        outlines: use_signal(Vec::new),
        zoom: use_signal(Zoom::default),
    }
}

/// Why a scan ended without a code.
enum Stop {
    /// The camera gives no more pictures.
    Camera,
    /// The scanner is gone.
    Scanner,
}

/// Opens camera and scanner and looks until a code is found; gives its text.
pub(super) async fn run(app: App, mut scene: Scene) -> Option<String> {
    scene.camera.set(None);
    scene.stage.set(Stage::Opening);
    // The scanner loads while the person is still asked for the camera.
    let Ok(scanner) = Scanner::start() else {
        scene.stage.set(Stage::NoScanner);
        return None;
    };
    let detector = Detector::start();
    let mut is_ready = false;
    loop {
        let opened = match reopen(app, if is_ready { RETURNS } else { 1 }).await {
            Ok(opened) => Rc::new(opened),
            Err(error) => {
                scene.stage.set(Stage::NoCamera(error));
                return None;
            }
        };
        scene.camera.set(Some(Rc::clone(&opened)));
        scene.zoom.set(Zoom::default());
        scene.stage.set(Stage::Looking);
        if !is_ready && scanner.ready().await.is_err() {
            scene.stage.set(Stage::NoScanner);
            return None;
        }
        is_ready = true;
        match look(app, scene, &opened, &scanner, detector.as_ref()).await {
            Ok(text) => return Some(text),
            Err(Stop::Scanner) => {
                scene.stage.set(Stage::NoScanner);
                return None;
            }
            Err(Stop::Camera) => {
                scanner.forget();
                scene.outlines.set(Vec::new());
                scene.camera.set(None);
                scene.stage.set(Stage::Opening);
            }
        }
    }
}

/// Opens the camera; one that was open a moment ago may take a while to come back.
async fn reopen(app: App, tries: u32) -> Result<Camera, CameraError> {
    let wanted = app.settings.peek().camera.clone();
    let mut left = tries;
    loop {
        left -= 1;
        match Camera::open(VIDEO, wanted.as_deref()).await {
            Err(_) if left > 0 => timer::sleep(RETURN_MS).await,
            result => return result,
        }
    }
}

async fn look(
    app: App,
    scene: Scene,
    camera: &Camera,
    scanner: &Scanner,
    detector: Option<&Detector>,
) -> Result<String, Stop> {
    let (mut chooser, mut guide) = (Chooser::default(), Guide::default());
    let (mut ticks, mut auto) = (Ticks::default(), AutoZoom::default());
    loop {
        let picture = camera.picture().await.map_err(|_| Stop::Camera)?;
        let proposals = detector.map(|detector| {
            detector.offer(&picture);
            detector.take()
        });
        let look = scanner.look(picture).await.map_err(|_| Stop::Scanner)?;
        // Before it is drawn the screen has no place for a code.
        let Some(stand) = camera.stand(FINDER) else { continue };
        let now = clock::now().0;
        let proposals = proposals.unwrap_or_default();
        let choice = chooser.see(&look, &proposals, &stand, app.keys.peek().set(), now);
        if let Choice::Take(text) = choice {
            return Ok(text);
        }
        set_if_new(scene.advice, guide.see(guide::measure(&look, &choice, &stand), now));
        set_if_new(scene.outlines, outline::of(&look, chooser.tracks(), &choice, &stand));
        tick(app, &look, &choice, &stand, &mut ticks, now);
        if let Some(range) = camera.zoom() {
            let module = guide::aimed(&look, &stand).map(guide::module);
            let (mut zoom, before) = (scene.zoom, *scene.zoom.peek());
            if let Some(times) = auto.see(module, before, range, now)
                && camera.set_zoom(times).await.is_ok()
            {
                zoom.set(Zoom { times, by_hand: false });
            }
        }
    }
}

/// What has not changed is not drawn anew.
fn set_if_new<T: PartialEq + 'static>(mut signal: Signal<T>, value: T) {
    if *signal.peek() != value {
        signal.set(value);
    }
}

/// Lets a code in view be heard.
fn tick(app: App, look: &Look, choice: &Choice, stand: &Stand, ticks: &mut Ticks, now: i64) {
    let nearness = match choice {
        Choice::Several => Some(1.0),
        _ => guide::aimed(look, stand).map(guide::nearness),
    };
    if let Some(nearness) = nearness.filter(|_| app.settings.peek().cues)
        && let Some(note) = ticks.due(nearness, now)
    {
        feedback::whisper(&[note]);
    }
}
