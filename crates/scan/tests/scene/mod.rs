//! Draws symbols as cameras see them: by the light, the shape of the goods, the lens and the sensor.
//!
//! All that is drawn follows from a seed. The tests of the reader use it, and so does the measurement of it
//! (`tests/src/bin/bench-scan`), which includes this folder.
#![allow(dead_code, reason = "each program that includes this uses its part")]

pub(crate) mod background;
mod canvas;
pub(crate) mod classes;
pub(crate) mod clip;
pub(crate) mod code;
mod label;
mod linear;
pub(crate) mod packages;
pub(crate) mod random;
pub(crate) mod shot;
mod strokes;
pub(crate) mod surface;

use background::{Background, EMPTY};
use classes::FRAME;
use clip::Clip;
use code::Code;
use random::Random;
use shot::Shot;

/// A set of frames of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Set {
    DataMatrix,
    Qr,
    Bars,
    /// DataMatrix on goods.
    Packages,
    /// No symbol.
    Empty,
}

impl Set {
    pub(crate) const ALL: [Self; 5] = [Self::DataMatrix, Self::Qr, Self::Bars, Self::Packages, Self::Empty];

    pub(crate) fn classes(self) -> Vec<&'static str> {
        match self {
            Self::DataMatrix | Self::Qr => classes::CLASSES.to_vec(),
            Self::Bars => classes::BAR_CLASSES.to_vec(),
            Self::Packages => packages::PACKAGES.to_vec(),
            Self::Empty => EMPTY.map(|(name, _)| name).to_vec(),
        }
    }

    /// One frame and what it shows; the same for the same seed, class and index.
    pub(crate) fn frame(self, class: &str, seed: u64, index: usize) -> (Vec<u8>, Option<Code>) {
        let name: u64 = class.bytes().fold(self as u64 + 1, |hash, byte| hash.wrapping_mul(131) + u64::from(byte));
        let mut random =
            Random::new(seed.wrapping_mul(0x9e37_79b9).wrapping_add(name << 20).wrapping_add(index as u64));
        let random = &mut random;
        if self == Self::Empty {
            let mut shot = Shot::new(FRAME.0, FRAME.1, 4.0);
            shot.background = EMPTY.iter().find(|(name, _)| *name == class).map_or(Background::Clutter, |(_, is)| *is);
            shot.blur = random.range(0.3, 0.9);
            shot.sensor.noise = random.range(0.005, 0.03);
            return (shot.empty(random), None);
        }
        let code = match self {
            Self::Qr => code::qr(random, index),
            Self::Bars => code::bars(random, index),
            // What is signed is what will be on goods; the small symbols are there now.
            Self::Packages if index % 4 != 3 => code::signed(random),
            _ => code::datamatrix(random, index),
        };
        let shot = match self {
            Self::Packages => packages::shot(class, &code, random),
            _ => classes::shot(class, &code, random),
        };
        (shot.take(&code, random), Some(code))
    }
}

/// A clip and what it shows.
pub(crate) fn clip(class: &str, seed: u64, index: usize) -> (Clip, Code) {
    let name: u64 = class.bytes().fold(7, |hash, byte| hash * 131 + u64::from(byte));
    let mut random = Random::new(seed.wrapping_mul(0x9e37_79b9).wrapping_add(name << 20).wrapping_add(index as u64));
    let code = if index % 4 == 3 { code::short(&mut random) } else { code::signed(&mut random) };
    let clip = Clip::new(class, &code, &mut random);
    (clip, code)
}
