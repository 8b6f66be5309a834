//! What a reading gives.

use serde::Serialize;

/// The kind of symbol a text was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Symbology {
    /// DataMatrix ECC 200, ISO/IEC 16022.
    DataMatrix,
    /// QR Code model 2, ISO/IEC 18004.
    Qr,
}

/// One symbol that was found and read.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Found {
    /// The text of the symbol; an FNC1 that separates elements is U+001D (GS1 General Specifications 7.8.3), and a
    /// symbology identifier (ISO/IEC 15424) is not part of it.
    pub text: String,
    /// Whether FNC1 stands first, which makes the text a GS1 element string.
    pub gs1: bool,
    /// The kind of symbol.
    pub symbology: Symbology,
    /// Corners in pixels of the given image, in the order in which the outline is walked.
    pub corners: [(f32, f32); 4],
}

/// What a decoder makes of a sampled symbol, before it has a place in the image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Message {
    pub(crate) text: String,
    pub(crate) gs1: bool,
}
