//! What the scanner says of a picture, whatever the platform.

/// Corners of a symbol in pixels of the picture, as its outline is walked.
pub(crate) type Quad = [(f32, f32); 4];

/// The kind of symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Symbology {
    /// GS1 DataMatrix and its plain form: what marks are printed as.
    DataMatrix,
    /// QR.
    Qr,
    /// Bars: Code 128, EAN-13, EAN-8.
    Bars,
}

/// A code that was found and read.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Found {
    /// Its text, U+001D between elements.
    pub(crate) text: String,
    /// Whether FNC1 stood first: a GS1 symbol.
    pub(crate) gs1: bool,
    /// The kind of symbol.
    pub(crate) symbology: Symbology,
    /// Where it is.
    pub(crate) corners: Quad,
}

/// A code in view that could not be read yet, and what keeps it from being read.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Seen {
    /// The kind of symbol.
    pub(crate) symbology: Symbology,
    /// Where it is.
    pub(crate) corners: Quad,
    /// Pixels a module.
    pub(crate) module: f32,
    /// How sharp its edges are: 0 is fog, 1 is print seen close.
    pub(crate) sharpness: f32,
    /// Distance between its dark and its light, as a share of what the camera can tell apart.
    pub(crate) contrast: f32,
    /// Share of it that is burnt out.
    pub(crate) glare: f32,
}

/// What a picture shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Look {
    /// Codes that were read.
    pub(crate) found: Vec<Found>,
    /// Codes that were not read yet.
    pub(crate) seen: Vec<Seen>,
    /// Mean level, 0 to 255; not known of a still picture.
    pub(crate) light: Option<f32>,
    /// Share of the middle that is burnt out.
    pub(crate) glare: f32,
}

/// Where the camera's picture lies on the screen, in CSS pixels from its upper left corner. It covers its box, so that a
/// part of it lies outside (`object-fit: cover`).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Stand {
    /// Width and height of the picture in its own pixels.
    pub(crate) picture: (f32, f32),
    /// Width and height of its box.
    pub(crate) shown: (f32, f32),
    /// Middle of the place where a code is to be held.
    pub(crate) aim: (f32, f32),
    /// Half the width of that place.
    pub(crate) reach: f32,
}

impl Stand {
    /// Pixels of the screen a pixel of the picture.
    fn scale(&self) -> f32 {
        (self.shown.0 / self.picture.0).max(self.shown.1 / self.picture.1)
    }

    /// Where a point of the picture is on the screen.
    pub(crate) fn on_screen(&self, (x, y): (f32, f32)) -> (f32, f32) {
        let scale = self.scale();
        let place = |at: f32, picture: f32, shown: f32| at * scale + (shown - picture * scale) / 2.0;
        (place(x, self.picture.0, self.shown.0), place(y, self.picture.1, self.shown.1))
    }

    /// How far a symbol is from where it is to be held: 0 if it covers the middle of that place, 1 if its own middle is at
    /// the edge.
    pub(crate) fn distance(&self, corners: &Quad) -> f32 {
        let shown = corners.map(|corner| self.on_screen(corner));
        if covers(&shown, self.aim) {
            return 0.0;
        }
        let (x, y) = middle(&shown);
        (x - self.aim.0).hypot(y - self.aim.1) / self.reach
    }

    /// Where a point of the screen is in the picture, each way from 0 to 1.
    pub(crate) fn in_picture(&self, (x, y): (f32, f32)) -> (f32, f32) {
        let scale = self.scale();
        let part = |at: f32, picture: f32, shown: f32| {
            ((at - (shown - picture * scale) / 2.0) / scale / picture).clamp(0.0, 1.0)
        };
        (part(x, self.picture.0, self.shown.0), part(y, self.picture.1, self.shown.1))
    }
}

/// The middle of a symbol.
fn middle(corners: &Quad) -> (f32, f32) {
    let sum = corners.iter().fold((0.0, 0.0), |(x, y), corner| (x + corner.0, y + corner.1));
    (sum.0 / 4.0, sum.1 / 4.0)
}

/// Whether a point lies inside an outline, which way round it may be walked.
fn covers(corners: &Quad, (x, y): (f32, f32)) -> bool {
    let mut inside = false;
    for (at, &(x1, y1)) in corners.iter().enumerate() {
        let (x2, y2) = corners[(at + 1) % 4];
        if (y1 > y) != (y2 > y) && x < (x2 - x1) * (y - y1) / (y2 - y1) + x1 {
            inside = !inside;
        }
    }
    inside
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_covers_its_box() {
        // A wide picture on a tall screen: its sides are cut off.
        let stand = Stand { picture: (1280.0, 720.0), shown: (360.0, 720.0), aim: (180.0, 300.0), reach: 100.0 };
        for (picture, screen) in
            [((640.0, 360.0), (180.0, 360.0)), ((460.0, 0.0), (0.0, 0.0)), ((0.0, 720.0), (-460.0, 720.0))]
        {
            assert_eq!(stand.on_screen(picture), screen);
        }
        let square = |x: f32, y: f32| [(x, y), (x + 40.0, y), (x + 40.0, y + 40.0), (x, y + 40.0)];
        assert!(stand.distance(&square(630.0, 290.0)) == 0.0, "it covers the middle");
        assert!(stand.distance(&square(720.0, 280.0)) == 1.0, "its middle is at the edge");
        assert_eq!(stand.in_picture((180.0, 180.0)), (0.5, 0.25));
        assert_eq!(stand.in_picture((-9000.0, 9000.0)), (0.0, 1.0));
    }
}
