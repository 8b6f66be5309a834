//! A program without a shell of its own: clock and chance are there, the rest of the phone is not. Each function says so
//! with an error, never with an invented answer.

use super::{CameraError, PhotoError, PictureError, PlaceError, Reply, Theme, Unavailable};

/// The wall clock.
pub(crate) mod clock {
    use shared::date::Timestamp;
    use std::time::{SystemTime, UNIX_EPOCH};

    /// Now.
    pub(crate) fn now() -> Timestamp {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
}

/// Chance.
pub(crate) mod random {
    use super::Unavailable;

    /// Fills from the system's generator.
    pub(crate) fn fill(bytes: &mut [u8]) -> Result<(), Unavailable> {
        getrandom::fill(bytes).map_err(|_| Unavailable)
    }
}

/// Small things kept by name.
pub(crate) mod storage {
    use super::Unavailable;

    /// Nothing is kept.
    pub(crate) fn get(_name: &str) -> Option<String> {
        None
    }

    /// Nothing can be kept.
    pub(crate) fn set(_name: &str, _value: &str) -> Result<(), Unavailable> {
        Err(Unavailable)
    }

    /// There is nothing to remove.
    pub(crate) fn remove(_name: &str) {}
}

/// Larger things kept by name.
pub(crate) mod db {
    use super::Unavailable;

    /// Nothing can be kept.
    pub(crate) async fn put(_name: &str, _value: &str) -> Result<(), Unavailable> {
        Err(Unavailable)
    }

    /// Nothing is kept.
    pub(crate) async fn all() -> Result<Vec<String>, Unavailable> {
        Err(Unavailable)
    }

    /// There is nothing to remove.
    pub(crate) async fn remove(_name: &str) -> Result<(), Unavailable> {
        Err(Unavailable)
    }
}

/// The network.
pub(crate) mod http {
    use super::{Reply, Unavailable};

    /// There is no service of one's own to ask.
    pub(crate) async fn get(_path: &str, _language: &str) -> Result<Reply, Unavailable> {
        Err(Unavailable)
    }

    /// There is no service of one's own to tell.
    pub(crate) async fn post(_path: &str, _language: &str, _json: String) -> Result<Reply, Unavailable> {
        Err(Unavailable)
    }
}

/// The page around the app.
pub(crate) mod page {
    use super::{Theme, Unavailable};

    /// No page to prepare.
    pub(crate) fn prepare(_styles: &[&str]) {}

    /// No page to set.
    pub(crate) fn set_language(_tag: &str) {}

    /// No page to set.
    pub(crate) fn set_title(_title: &str) {}

    /// No page to set.
    pub(crate) fn set_theme(_theme: Theme) {}

    /// No page to watch.
    pub(crate) fn watch_theme(_changed: impl Fn() + 'static) {}

    /// No element to focus.
    pub(crate) fn focus(_id: &str) {}

    /// No dialogue to open.
    pub(crate) fn open_sheet(_id: &str) {}

    /// No dialogue to close.
    pub(crate) fn close_sheet(_id: &str) {}

    /// No languages told.
    pub(crate) fn languages() -> Vec<String> {
        Vec::new()
    }

    /// No network of this platform.
    pub(crate) fn is_online() -> bool {
        false
    }

    /// Nothing changes.
    pub(crate) fn watch_online(_changed: impl Fn(bool) + 'static) {}

    /// No clipboard.
    pub(crate) async fn copy(_text: &str) -> Result<(), Unavailable> {
        Err(Unavailable)
    }
}

/// Sound and touch.
pub(crate) mod feedback {
    use assets::Note;

    /// Silence.
    pub(crate) fn play(_notes: &[Note]) {}

    /// Silence.
    pub(crate) fn whisper(_notes: &[Note]) {}

    /// Stillness.
    pub(crate) fn vibrate(_pattern: &[u32]) {}
}

/// Keys pressed anywhere.
pub(crate) mod keyboard {
    /// A key as it was pressed.
    pub(crate) struct Press {
        /// What it types, or its name.
        pub(crate) key: String,
        /// Whether the control key was held.
        pub(crate) control: bool,
    }

    /// Listens to no keys.
    pub(crate) struct Listener;

    /// No keyboard.
    pub(crate) fn listen(_pressed: impl FnMut(Press) -> bool + 'static) -> Option<Listener> {
        None
    }
}

/// Waiting.
pub(crate) mod timer {
    /// Nothing here waits: every source of events is absent.
    pub(crate) async fn sleep(_millis: u32) {
        core::future::pending::<()>().await;
    }
}

/// Where the phone is.
pub(crate) mod place {
    use super::PlaceError;
    use shared::report::Place;

    /// Not known.
    pub(crate) async fn ask() -> Result<Place, PlaceError> {
        Err(PlaceError::Unknown)
    }
}

/// Photos.
pub(crate) mod photo {
    use super::PhotoError;

    /// Pictures cannot be drawn anew here.
    pub(crate) async fn to_jpeg(_file: &[u8], _limit: usize) -> Result<Vec<u8>, PhotoError> {
        Err(PhotoError::Unreadable)
    }
}

/// The camera.
pub(crate) mod camera {
    use super::{CameraError, Unavailable};
    use crate::device::lens::Lens;
    use crate::device::scanning::Stand;

    /// A picture to scan.
    pub(crate) struct Picture;

    /// An open camera: there is none.
    pub(crate) struct Camera;

    impl Camera {
        /// No camera.
        pub(crate) async fn open(_video: &str, _wanted: Option<&str>) -> Result<Self, CameraError> {
            Err(CameraError::Unavailable)
        }

        /// No light.
        pub(crate) fn has_torch(&self) -> bool {
            false
        }

        /// No light.
        pub(crate) async fn set_torch(&self, _on: bool) -> Result<(), Unavailable> {
            Err(Unavailable)
        }

        /// Nothing is enlarged.
        pub(crate) fn zoom(&self) -> Option<(f64, f64)> {
            None
        }

        /// Nothing is enlarged.
        pub(crate) async fn set_zoom(&self, _times: f64) -> Result<(), Unavailable> {
            Err(Unavailable)
        }

        /// No focus.
        pub(crate) async fn focus_at(&self, _point: (f32, f32)) {}

        /// No other cameras either.
        pub(crate) fn lenses(&self) -> &[Lens] {
            &[]
        }

        /// No id.
        pub(crate) fn id(&self) -> Option<String> {
            None
        }

        /// No screen.
        pub(crate) fn stand(&self, _finder: &str) -> Option<Stand> {
            None
        }

        /// No picture.
        pub(crate) async fn picture(&self) -> Result<Picture, Unavailable> {
            Err(Unavailable)
        }
    }
}

/// The scanner.
pub(crate) mod scanner {
    use super::camera::Picture;
    use super::{PictureError, Unavailable};
    use crate::device::scanning::{Found, Look};

    /// A scanner away from the main thread: there is none.
    pub(crate) struct Scanner;

    impl Scanner {
        /// No scanner.
        pub(crate) fn start() -> Result<Self, Unavailable> {
            Err(Unavailable)
        }

        /// Never.
        pub(crate) async fn ready(&self) -> Result<(), Unavailable> {
            Err(Unavailable)
        }

        /// Nothing is seen.
        pub(crate) async fn look(&self, _picture: Picture) -> Result<Look, Unavailable> {
            Err(Unavailable)
        }

        /// Nothing is read.
        pub(crate) async fn read_file(&self, _file: &[u8]) -> Result<Vec<Found>, PictureError> {
            Err(PictureError::NoScanner)
        }

        /// There is nothing to forget.
        pub(crate) fn forget(&self) {}
    }
}

/// The platform's own reader of codes.
pub(crate) mod detector {
    use super::camera::Picture;
    use crate::device::scanning::Found;

    /// There is none.
    pub(crate) struct Detector;

    impl Detector {
        /// None.
        pub(crate) fn start() -> Option<Self> {
            None
        }

        /// Nothing is looked at.
        pub(crate) fn offer(&self, _picture: &Picture) {}

        /// Nothing was read.
        pub(crate) fn take(&self) -> Vec<Found> {
            Vec::new()
        }
    }
}
