//! The attempts made on an image, in order.

use rxing::common::BitMatrix;

use crate::effort::Effort;
use crate::found::{Found, Message, Symbology};
use crate::frame::Frame;
use crate::ink::{self, Threshold};
use crate::{datamatrix, identifier, qr};

/// Longest side at which a camera frame is read; a larger one is made smaller first.
const FRAME_SIDE: usize = 1280;

/// Reads the symbols of a grey camera frame, one byte per pixel; empty if there are none or the sizes do not agree.
pub fn read_luma(width: u32, height: u32, pixels: &[u8]) -> Vec<Found> {
    read_luma_with(width, height, pixels, Effort::Frame)
}

/// [`read_luma`] with a chosen effort.
pub fn read_luma_with(width: u32, height: u32, pixels: &[u8], effort: Effort) -> Vec<Found> {
    Frame::from_luma(width, height, pixels).map_or_else(Vec::new, |frame| read(&frame, effort))
}

/// Reads the symbols of a camera frame, four bytes per pixel as a canvas gives them; empty if there are none or the
/// sizes do not agree.
pub fn read_rgba(width: u32, height: u32, pixels: &[u8]) -> Vec<Found> {
    read_rgba_with(width, height, pixels, Effort::Frame)
}

/// [`read_rgba`] with a chosen effort.
pub fn read_rgba_with(width: u32, height: u32, pixels: &[u8], effort: Effort) -> Vec<Found> {
    Frame::from_rgba(width, height, pixels).map_or_else(Vec::new, |frame| read(&frame, effort))
}

/// Makes the attempts that the effort allows until one finds something.
pub(crate) fn read(frame: &Frame, effort: Effort) -> Vec<Found> {
    match effort {
        Effort::Frame => {
            let view = View::fitted(frame, FRAME_SIDE);
            first([&|| view.try_all(Threshold::Blocks), &|| view.try_pale()])
        }
        Effort::Picture => picture(frame),
    }
}

fn picture(frame: &Frame) -> Vec<Found> {
    let fitted = View::fitted(frame, 1600);
    first([
        &|| fitted.try_all(Threshold::Blocks),
        &|| fitted.try_all(Threshold::Whole),
        &|| fitted.softened().try_all(Threshold::Neighbourhood),
        &|| smaller(frame),
        &|| larger(frame),
        &|| fitted.try_regions(),
        &|| parts(frame),
    ])
}

/// For large modules, blur and noise.
fn smaller(frame: &Frame) -> Vec<Found> {
    let half = View::fitted(frame, 800);
    let third = View::fitted(frame, 500);
    first([&|| half.try_all(Threshold::Blocks), &|| third.try_all(Threshold::Blocks)])
}

/// For modules of a pixel or two.
fn larger(frame: &Frame) -> Vec<Found> {
    if frame.longer_side() > 1000 {
        return Vec::new();
    }
    let grown = View { frame: frame.grown(2), scale: 0.5, left: 0.0, top: 0.0 };
    let found = first([&|| grown.try_all(Threshold::Blocks), &|| grown.try_all(Threshold::Whole)]);
    if !found.is_empty() || frame.longer_side() > 300 {
        return found;
    }
    let framed = View { frame: frame.framed(4, 32), scale: 0.25, left: -8.0, top: -8.0 };
    framed.try_all(Threshold::Whole)
}

/// For a small symbol in a large picture: overlapping quarters and the middle, at full size.
fn parts(frame: &Frame) -> Vec<Found> {
    if frame.longer_side() <= 1000 {
        return Vec::new();
    }
    let (width, height) = (frame.width(), frame.height());
    let (part_width, part_height) = (width * 5 / 9, height * 5 / 9);
    let mut found = Vec::new();
    for (left, top) in [
        ((width - part_width) / 2, (height - part_height) / 2),
        (0, 0),
        (width - part_width, 0),
        (0, height - part_height),
        (width - part_width, height - part_height),
    ] {
        let part = frame.part(left, top, part_width, part_height);
        let view = View::fitted(&part, 1600).moved(left as f32, top as f32);
        merge(&mut found, view.try_all(Threshold::Blocks));
    }
    found
}

/// Runs attempts until one finds something.
fn first<const N: usize>(attempts: [&dyn Fn() -> Vec<Found>; N]) -> Vec<Found> {
    attempts.into_iter().map(|attempt| attempt()).find(|found| !found.is_empty()).unwrap_or_default()
}

/// Adds what is not there yet.
fn merge(found: &mut Vec<Found>, more: Vec<Found>) {
    for candidate in more {
        let known = |other: &Found| other.symbology == candidate.symbology && other.text == candidate.text;
        if !found.iter().any(known) {
            found.push(candidate);
        }
    }
}

/// An image derived from the given one, and the way back.
struct View {
    frame: Frame,
    scale: f32,
    left: f32,
    top: f32,
}

impl View {
    /// The image made small enough for its longer side to be at most `side`.
    fn fitted(frame: &Frame, side: usize) -> Self {
        let factor = frame.longer_side().div_ceil(side).max(1);
        let frame = frame.shrunk(factor);
        Self { frame, scale: factor as f32, left: 0.0, top: 0.0 }
    }

    fn moved(self, left: f32, top: f32) -> Self {
        Self { left, top, ..self }
    }

    fn softened(&self) -> Self {
        Self { frame: self.frame.softened(), ..*self }
    }

    /// DataMatrix and QR, dark on light and, if there is none, light on dark.
    fn try_all(&self, threshold: Threshold) -> Vec<Found> {
        let Some(mut ink) = ink::dark(&self.frame, threshold) else {
            return Vec::new();
        };
        let found = self.try_ink(&ink, false);
        if !found.is_empty() {
            return found;
        }
        ink.flip_self();
        self.try_ink(&ink, true)
    }

    fn try_ink(&self, ink: &BitMatrix, inverted: bool) -> Vec<Found> {
        let mut found = self.place(datamatrix::read(&self.frame, ink, inverted), Symbology::DataMatrix);
        merge(&mut found, self.place(qr::read(ink), Symbology::Qr));
        found
    }

    /// Dark on light with little between them.
    fn try_pale(&self) -> Vec<Found> {
        let ink = ink::dark(&self.frame, Threshold::Neighbourhood);
        ink.map_or_else(Vec::new, |ink| self.try_ink(&ink, false))
    }

    /// QR by regions of one colour.
    fn try_regions(&self) -> Vec<Found> {
        self.place(qr::read_regions(&self.frame), Symbology::Qr)
    }

    /// Brings corners back to the given image.
    fn place(&self, symbols: Vec<(Message, [(f32, f32); 4])>, symbology: Symbology) -> Vec<Found> {
        let back = |(x, y): (f32, f32)| (x * self.scale + self.left, y * self.scale + self.top);
        symbols
            .into_iter()
            .map(|(message, corners)| {
                let Message { text, gs1 } = identifier::strip(message);
                Found { text, gs1, symbology, corners: corners.map(back) }
            })
            .collect()
    }
}
