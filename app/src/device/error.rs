//! What a platform may refuse.

/// This platform has no such thing, or it failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unavailable;

/// Why there is no picture from the camera.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "wasm32"), expect(dead_code, reason = "a phone has more to refuse than a bare program"))]
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
    /// Last part of the ids of its texts.
    pub(crate) const fn id(self) -> &'static str {
        match self {
            Self::Denied => "denied",
            Self::Missing => "missing",
            Self::Busy => "busy",
            Self::Unavailable => "unavailable",
        }
    }
}

/// Why no codes are read from a picture file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "wasm32"), expect(dead_code, reason = "a phone has more to refuse than a bare program"))]
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
#[cfg_attr(not(target_arch = "wasm32"), expect(dead_code, reason = "a phone has more to refuse than a bare program"))]
pub(crate) enum PhotoError {
    /// Not a picture that this platform can read.
    Unreadable,
    /// It does not get small enough.
    TooLarge,
}

/// Why the place is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "wasm32"), expect(dead_code, reason = "a phone has more to refuse than a bare program"))]
pub(crate) enum PlaceError {
    /// The person said no to the system's question.
    Denied,
    /// The phone does not know.
    Unknown,
}
