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
    /// Code 128, ISO/IEC 15417; GS1-128 if FNC1 stands first (GS1 General Specifications 5.4).
    #[serde(rename = "code_128")]
    Code128,
    /// EAN-13, ISO/IEC 15420. A UPC-A symbol is one whose number begins with 0, and is given as that.
    #[serde(rename = "ean_13")]
    Ean13,
    /// EAN-8, ISO/IEC 15420.
    #[serde(rename = "ean_8")]
    Ean8,
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

/// One symbol that is in view and was not read, with what keeps it from being read.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Seen {
    /// The kind of symbol.
    pub symbology: Symbology,
    /// Corners in pixels of the given image, in the order in which the outline is walked.
    pub corners: [(f32, f32); 4],
    /// Pixels a module, in the shorter direction.
    pub module: f32,
    /// How much of its contrast an edge keeps over the width of a module: 0 is fog, 1 is print seen close.
    pub sharpness: f32,
    /// Distance between the dark and the light levels, as a share of what the camera can tell apart.
    pub contrast: f32,
    /// Share of the symbol that is burnt out.
    pub glare: f32,
}

/// What one frame of a video gives, with what the frames before it showed.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Look {
    /// The symbols read.
    pub found: Vec<Found>,
    /// The symbols in view that could not be read yet.
    pub seen: Vec<Seen>,
    /// Mean level of the frame, 0 to 255.
    pub light: f32,
    /// Share of the middle of the frame that is burnt out.
    pub glare: f32,
}

/// What a decoder makes of a sampled symbol, before it has a place in the image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Message {
    pub(crate) text: String,
    pub(crate) gs1: bool,
}
