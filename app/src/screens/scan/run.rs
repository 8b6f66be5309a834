//! The scan itself: picture after picture until a code is found.

use super::choose::Chooser;
use crate::device::camera::Camera;
use crate::device::scanner::Scanner;
use crate::device::{CameraError, Unavailable, page, timer};
use crate::state::App;
use dioxus::prelude::*;
use std::rc::Rc;

/// Id of the `video` element.
pub(super) const VIDEO: &str = "scan-video";

/// Rest between two pictures, so that the phone stays cool.
const REST_MS: u32 = 40;

/// Rest while nobody looks.
const HIDDEN_MS: u32 = 400;

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

/// Opens camera and scanner and looks until a code is found; gives its text.
pub(super) async fn run(app: App, mut stage: Signal<Stage>, mut camera: Signal<Option<Rc<Camera>>>) -> Option<String> {
    stage.set(Stage::Opening);
    // The scanner loads while the person is still asked for the camera.
    let Ok(scanner) = Scanner::start() else {
        stage.set(Stage::NoScanner);
        return None;
    };
    let opened = match Camera::open(VIDEO).await {
        Ok(opened) => Rc::new(opened),
        Err(error) => {
            stage.set(Stage::NoCamera(error));
            return None;
        }
    };
    camera.set(Some(Rc::clone(&opened)));
    stage.set(Stage::Looking);
    if scanner.ready().await.is_err() {
        stage.set(Stage::NoScanner);
        return None;
    }
    look(app, &opened, &scanner).await.map_or_else(
        |Unavailable| {
            stage.set(Stage::NoScanner);
            None
        },
        Some,
    )
}

async fn look(app: App, camera: &Camera, scanner: &Scanner) -> Result<String, Unavailable> {
    let mut chooser = Chooser::default();
    loop {
        if !page::is_visible() {
            timer::sleep(HIDDEN_MS).await;
            continue;
        }
        // A camera gives no picture in its first moments and while the phone turns.
        let Ok(picture) = camera.picture().await else {
            timer::sleep(HIDDEN_MS).await;
            continue;
        };
        let found = scanner.read(picture).await?;
        if let Some(text) = chooser.see(found, app.keys.peek().set()) {
            return Ok(text);
        }
        timer::sleep(REST_MS).await;
    }
}
