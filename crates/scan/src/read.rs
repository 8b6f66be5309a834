//! The attempts made on an image, in order.

use crate::effort::{Effort, Turn};
use crate::found::{Found, Message, Symbology};
use crate::frame::Frame;
use crate::sighting::Sighting;
use crate::{datamatrix, identifier, linear, qr};

/// Longest side at which a camera frame is read; a larger one is made smaller first.
const FRAME_SIDE: usize = 1280;
/// Longest side at which a still picture is read at first.
const PICTURE_SIDE: usize = 1600;

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

/// A symbol of bars: what it says, its kind, and its corners.
pub(crate) type Bars = (Message, Symbology, [(f32, f32); 4]);

/// What a frame shows.
#[derive(Debug, Default)]
pub(crate) struct Sights {
    /// Symbols of modules, read or not.
    pub(crate) sightings: Vec<Sighting>,
    /// Symbols of bars, read.
    pub(crate) linear: Vec<Bars>,
}

impl Sights {
    /// Whether any symbol was read.
    pub(crate) fn has_message(&self) -> bool {
        !self.linear.is_empty() || self.sightings.iter().any(|sighting| sighting.message.is_some())
    }

    /// The symbols that were read, each text of a symbology once.
    pub(crate) fn found(self) -> Vec<Found> {
        let modules = self.sightings.into_iter().filter_map(|one| Some((one.message?, one.symbology, one.corners)));
        let mut found: Vec<Found> = Vec::new();
        for (message, symbology, corners) in modules.chain(self.linear) {
            let Message { text, gs1 } = identifier::strip(message);
            if found.iter().all(|known| known.symbology != symbology || known.text != text) {
                found.push(Found { text, gs1, symbology, corners });
            }
        }
        found
    }
}

/// Makes the attempts that the effort allows until one finds something.
pub(crate) fn read(frame: &Frame, effort: Effort) -> Vec<Found> {
    match effort {
        Effort::Frame => sight(frame, &Turn::Alone).found(),
        Effort::Picture => picture(frame),
    }
}

/// The looks at a camera frame that it gets in its turn.
pub(crate) fn sight(frame: &Frame, turn: &Turn) -> Sights {
    View::fitted(frame, FRAME_SIDE).sight(Effort::Frame, turn)
}

fn picture(frame: &Frame) -> Vec<Found> {
    let views: [&dyn Fn() -> Vec<View>; 5] = [
        &|| vec![View::fitted(frame, PICTURE_SIDE)],
        &|| vec![View::fitted(frame, PICTURE_SIDE).softened()],
        &|| vec![View::fitted(frame, 500)],
        &|| larger(frame),
        &|| parts(frame),
    ];
    views
        .into_iter()
        .map(|views| {
            let mut all = Sights::default();
            for view in views() {
                let sights = view.sight(Effort::Picture, &Turn::Alone);
                all.sightings.extend(sights.sightings);
                all.linear.extend(sights.linear);
            }
            all.found()
        })
        .find(|found| !found.is_empty())
        .unwrap_or_else(|| View::fitted(frame, PICTURE_SIDE).regions().found())
}

/// For modules of a pixel or two, cut off at the edge of the picture.
fn larger(frame: &Frame) -> Vec<View> {
    if frame.longer_side() > 300 {
        return Vec::new();
    }
    vec![View { frame: frame.framed(4, 32), scale: 0.25, left: -8.0, top: -8.0 }]
}

/// For a small symbol in a large picture: overlapping quarters and the middle, at full size.
fn parts(frame: &Frame) -> Vec<View> {
    if frame.longer_side() <= PICTURE_SIDE {
        return Vec::new();
    }
    let (width, height) = (frame.width(), frame.height());
    let (part_width, part_height) = (width * 5 / 9, height * 5 / 9);
    [
        ((width - part_width) / 2, (height - part_height) / 2),
        (0, 0),
        (width - part_width, 0),
        (0, height - part_height),
        (width - part_width, height - part_height),
    ]
    .into_iter()
    .map(|(left, top)| {
        let part = frame.part(left, top, part_width, part_height);
        View { left: left as f32, top: top as f32, ..View::fitted(&part, PICTURE_SIDE) }
    })
    .collect()
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
        let fitted = frame.shrunk(factor);
        // An image too small to be made smaller is as it was.
        let scale = if fitted.width() == frame.width() { 1.0 } else { factor as f32 };
        Self { frame: fitted, scale, left: 0.0, top: 0.0 }
    }

    fn softened(&self) -> Self {
        Self { frame: self.frame.softened(), ..*self }
    }

    /// DataMatrix where it is clear, then QR, then bars, then DataMatrix where it is not, in a camera frame beside the
    /// others: a pack bears bars beside the code that is wanted.
    fn sight(&self, effort: Effort, turn: &Turn) -> Sights {
        let turn = turn.within(self.scale, self.left, self.top);
        let mut others = None;
        let places = || {
            if let Turn::Deep { others, .. } = &turn {
                return others.clone();
            }
            let others = others.insert(self.others(effort));
            if effort == Effort::Picture {
                return Vec::new();
            }
            let sightings = others.sightings.iter().map(|one| one.corners);
            sightings.chain(others.linear.iter().map(|(_, _, corners)| *corners)).collect()
        };
        let matrices = datamatrix::sight(&self.frame, effort, &turn, places);
        let mut sights = match others {
            Some(others) => others,
            None if effort == Effort::Picture => self.others(effort),
            None => Sights::default(),
        };
        sights.sightings.splice(..0, matrices);
        self.placed(sights)
    }

    /// QR by regions of one colour.
    fn regions(&self) -> Sights {
        self.placed(Sights { sightings: qr::read_regions(&self.frame), linear: Vec::new() })
    }

    /// The way back to the given image.
    fn placed(&self, mut sights: Sights) -> Sights {
        let Self { scale, left, top, .. } = *self;
        sights.sightings = sights.sightings.into_iter().map(|one| one.placed(scale, left, top)).collect();
        for (_, _, corners) in &mut sights.linear {
            *corners = corners.map(|(x, y)| (x * scale + left, y * scale + top));
        }
        sights
    }

    /// What is no DataMatrix.
    fn others(&self, effort: Effort) -> Sights {
        let mut sights = Sights { sightings: qr::sight(&self.frame, effort), linear: Vec::new() };
        if effort == Effort::Picture || !sights.has_message() {
            sights.linear = linear::read(&self.frame, effort);
        }
        sights
    }
}
