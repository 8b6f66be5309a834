//! What a platform may refuse.

/// Whether the app is a page in a browser, and no program of its own.
const IN_PAGE: bool = cfg!(target_arch = "wasm32");

/// This platform has no such thing, or it failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unavailable;

/// Why there is no picture from the camera.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CameraError {
    /// The person, or the system for them, said no.
    Denied,
    /// There is no camera.
    Missing,
    /// Another program holds it.
    Busy,
    /// This platform or this page gives no camera.
    Unavailable,
}

impl CameraError {
    /// What a page's refusal means, by the name of its `DOMException` (W3C Media Capture and Streams, 10.2).
    pub(crate) fn of_exception(name: &str) -> Self {
        match name {
            "NotAllowedError" | "SecurityError" => Self::Denied,
            "NotFoundError" | "OverconstrainedError" => Self::Missing,
            "NotReadableError" | "AbortError" => Self::Busy,
            _ => Self::Unavailable,
        }
    }

    /// Id of what can be done about it. In a page it is the browser that gives the camera, in a program the phone.
    pub(crate) const fn help(self) -> &'static str {
        match self {
            Self::Denied if IN_PAGE => "scan-camera-denied-help",
            Self::Denied => "scan-camera-denied-help-app",
            Self::Missing => "scan-camera-missing-help",
            Self::Busy => "scan-camera-busy-help",
            Self::Unavailable if IN_PAGE => "scan-camera-unavailable-help",
            Self::Unavailable => "scan-camera-unavailable-help-app",
        }
    }

    /// Last part of the id of its name.
    pub(crate) const fn id(self) -> &'static str {
        match self {
            Self::Denied => "denied",
            Self::Missing => "missing",
            Self::Busy => "busy",
            Self::Unavailable => "unavailable",
        }
    }
}

impl From<Unavailable> for CameraError {
    fn from(_: Unavailable) -> Self {
        Self::Unavailable
    }
}

/// Why no codes are read from a picture file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PictureError {
    /// Not a picture that this platform or the scanner can open.
    UnknownFormat,
    /// Its sides are longer than the scanner opens.
    TooLarge,
    /// It is cut short or damaged, or cannot be read at all.
    Damaged,
    /// The scanner is not here.
    NoScanner,
}

impl From<Unavailable> for PictureError {
    fn from(_: Unavailable) -> Self {
        Self::NoScanner
    }
}

/// Why a photo cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PhotoError {
    /// Not a picture that this platform can read.
    Unreadable,
    /// It does not get small enough.
    TooLarge,
}

/// Why the place is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PlaceError {
    /// The person said no to the system's question.
    Denied,
    /// The phone does not know.
    Unknown,
}

impl PlaceError {
    /// Id of what is said of it.
    pub(crate) const fn id(self) -> &'static str {
        match self {
            Self::Denied if IN_PAGE => "report-place-denied",
            Self::Denied => "report-place-denied-app",
            Self::Unknown => "report-place-unknown",
        }
    }
}
