//! The platform's own reader of codes: none here. Web views have no `BarcodeDetector`, and ours is at least as good.

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
