//! Symbols followed over frames: their soft modules add up.
//!
//! A lattice is laid from the symbol's own top left, so two samplings of one symbol agree module by module wherever the
//! camera has moved in between. Noise does not agree with itself from frame to frame, and so fades against the sum.

use crate::found::{Message, Symbology};
use crate::sighting::Sighting;
use crate::{datamatrix, qr};

/// Symbols followed at once.
const MOST: usize = 6;
/// Frames after which a symbol that was not seen again is forgotten.
const FORGOTTEN: u32 = 12;
/// What is left of the sum when a frame is added: about eight frames count.
const FADE: f32 = 0.88;
/// Soft values beyond this are as good as certain, and one must not outweigh the others.
const CERTAIN: f32 = 1.5;
/// Agreement of two samplings below which they are of two symbols: what chance gives in the smallest, thrice.
const LEAST: f32 = 0.2;
/// Share of the agreement that the fixed modules let expect. Codes of one series share their beginning, at most a third.
const EXPECTED: f32 = 0.55;
/// The same from which what the sum says is said of this sighting: two codes of a series come one after the other.
const SURE: f32 = 0.85;
/// Sums decoded in a frame at most.
const DECODED: usize = 2;

/// The symbols that the last frames showed.
#[derive(Debug, Default)]
pub(super) struct Tracks {
    tracks: Vec<Track>,
    frame: u32,
}

#[derive(Debug)]
struct Track {
    symbology: Symbology,
    columns: usize,
    rows: usize,
    sum: Vec<f32>,
    last: u32,
}

impl Tracks {
    /// Adds what a frame shows; a sighting without a message gets that of its sum, if that has one.
    pub(super) fn add(&mut self, sightings: &mut [Sighting]) {
        self.frame = self.frame.wrapping_add(1);
        let now = self.frame;
        self.tracks.retain(|track| now.wrapping_sub(track.last) <= FORGOTTEN);
        let mut left = DECODED;
        for sighting in sightings {
            let (track, share) = self.follow(sighting);
            if sighting.message.is_none() && share >= SURE && left > 0 {
                left -= 1;
                sighting.message = track.decode();
            }
        }
    }

    /// The track of a sighting, with the sighting added to it, and how far it agreed with what was there before: not at all
    /// with a new one.
    fn follow(&mut self, sighting: &Sighting) -> (&Track, f32) {
        let now = self.frame;
        let soft: Vec<f32> = sighting.soft.iter().map(|soft| soft.clamp(-CERTAIN, CERTAIN) * sighting.score).collect();
        // A track takes one sighting of a frame.
        let free = self.tracks.iter().enumerate().filter(|(_, track)| track.last != now && track.fits(sighting));
        let likeness = free.filter_map(|(at, track)| Some((at, track.likeness(&soft)?)));
        let best = likeness.max_by(|a, b| a.1.total_cmp(&b.1));
        let (at, share) = best.unwrap_or_else(|| {
            if self.tracks.len() == MOST {
                let oldest = (0..MOST).max_by_key(|&at| now.wrapping_sub(self.tracks[at].last)).unwrap_or(0);
                self.tracks.swap_remove(oldest);
            }
            self.tracks.push(Track::new(sighting));
            (self.tracks.len() - 1, 0.0)
        });
        let track = &mut self.tracks[at];
        track.sum.iter_mut().zip(&soft).for_each(|(sum, soft)| *sum = *sum * FADE + soft);
        track.last = now;
        (track, share)
    }
}

impl Track {
    fn new(sighting: &Sighting) -> Self {
        let Sighting { symbology, columns, rows, .. } = *sighting;
        Self { symbology, columns, rows, sum: vec![0.0; sighting.soft.len()], last: 0 }
    }

    fn fits(&self, sighting: &Sighting) -> bool {
        (self.symbology, self.columns, self.rows) == (sighting.symbology, sighting.columns, sighting.rows)
            && self.sum.len() == sighting.soft.len()
    }

    /// How well the modules that carry data agree, as a share of what the fixed ones let expect; `None` if they are not of
    /// one symbol.
    fn likeness(&self, soft: &[f32]) -> Option<f32> {
        let (mut data, mut fixed) = (Product::default(), [Product::default(), Product::default()]);
        for (at, (&sum, &soft)) in self.sum.iter().zip(soft).enumerate() {
            match fixed_module(self.symbology, self.columns, self.rows, at % self.columns, at / self.columns) {
                Some(dark) => {
                    let value = if dark { 1.0 } else { -1.0 };
                    fixed[0].add(sum, value);
                    fixed[1].add(soft, value);
                }
                None => data.add(sum, soft),
            }
        }
        let expected = fixed[0].correlation() * fixed[1].correlation();
        let likeness = data.correlation();
        (likeness >= (expected * EXPECTED).max(LEAST)).then(|| likeness / expected.max(LEAST))
    }

    fn decode(&self) -> Option<Message> {
        // About 1 when certain, as the decoders expect.
        let mean = self.sum.iter().map(|soft| soft.abs()).sum::<f32>() / self.sum.len().max(1) as f32;
        let soft: Vec<f32> = self.sum.iter().map(|soft| soft / mean.max(1e-6)).collect();
        match self.symbology {
            Symbology::DataMatrix => datamatrix::decode(self.columns, self.rows, &soft),
            Symbology::Qr => qr::decode(self.columns, &soft),
            Symbology::Code128 | Symbology::Ean13 | Symbology::Ean8 => None,
        }
    }
}

/// Sums that a correlation is made of.
#[derive(Clone, Copy, Debug, Default)]
struct Product {
    ab: f32,
    aa: f32,
    bb: f32,
}

impl Product {
    fn add(&mut self, a: f32, b: f32) {
        self.ab += a * b;
        self.aa += a * a;
        self.bb += b * b;
    }

    fn correlation(self) -> f32 {
        let size = (self.aa * self.bb).sqrt();
        if size > 1e-6 { self.ab / size } else { 0.0 }
    }
}

/// Whether a module is dark in every symbol of its kind: the border of DataMatrix (ISO/IEC 16022, 5.2), the finder
/// patterns of QR with their separators (ISO/IEC 18004, 6.3.3). `None` if it depends on the data, or on the size.
fn fixed_module(symbology: Symbology, columns: usize, rows: usize, x: usize, y: usize) -> Option<bool> {
    match symbology {
        Symbology::DataMatrix if x == 0 || y + 1 == rows => Some(true),
        Symbology::DataMatrix if y == 0 => Some(x.is_multiple_of(2)),
        Symbology::DataMatrix if x + 1 == columns => Some((rows - 1 - y).is_multiple_of(2)),
        Symbology::Qr => {
            let from_edge =
                |at: usize, side: usize| if at < 8 { Some(at) } else { (side - 1 - at < 8).then(|| side - 1 - at) };
            let (x_in, y_in) = (from_edge(x, columns)?, from_edge(y, rows)?);
            if x >= 8 && y >= 8 {
                return None;
            }
            let ring = x_in.abs_diff(3).max(y_in.abs_diff(3));
            Some(ring != 2 && ring != 4)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests;
