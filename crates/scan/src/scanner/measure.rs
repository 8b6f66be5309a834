//! What keeps a symbol from being read: blur, little contrast, glare, size.

use crate::found::{Seen, Symbology};
use crate::frame::Frame;
use crate::homography::Homography;
use crate::sighting::Sighting;

/// Level from which a pixel is burnt out: the camera could not tell it from a brighter one.
const BURNT: u8 = 250;
/// Lines through a symbol along which it is measured, each way.
const LINES: usize = 8;
/// Distance of levels that is as much contrast as is of use.
const FULL_CONTRAST: f32 = 200.0;
/// Share of the places measured that count as edges, the strongest.
const EDGES: usize = 6;

/// Modules a side of what was not made out, to measure it by: those of most marks.
const MODULES: usize = 40;
/// Below this an edge is wider than a module. This and the next are what the app speaks of (`screens/scan/guide.rs`), which
/// does not contain the scanner.
const BLURRED: f32 = 0.35;
/// Pixels a module below which neighbours run together.
const SMALL: f32 = 2.5;

/// What a person should know about a symbol that was not read.
pub(super) fn seen(frame: &Frame, sighting: &Sighting) -> Seen {
    let Sighting { symbology, columns, rows, corners, module, .. } = *sighting;
    measured(frame, Seen { symbology, corners, module, sharpness: 0.0, contrast: 0.0, glare: 0.0 }, (columns, rows), 1)
}

/// The same about what is like a symbol and was not made out, if blur or size is why: what is sharp and large enough is none.
pub(super) fn doubtful(frame: &Frame, corners: [(f32, f32); 4]) -> Option<Seen> {
    /// Places a module at which edges are looked for, as it is not known where they are.
    const PLACES: usize = 4;
    let [(left, top), _, (right, bottom), _] = corners;
    let module = (right - left).min(bottom - top) / MODULES as f32;
    let symbology = Symbology::DataMatrix;
    let seen = Seen { symbology, corners, module, sharpness: 0.0, contrast: 0.0, glare: 0.0 };
    let seen = measured(frame, seen, (MODULES, MODULES), PLACES);
    (seen.sharpness < BLURRED || module < SMALL).then_some(seen)
}

/// Fills in sharpness, contrast and glare, at so many places a module.
fn measured(frame: &Frame, mut seen: Seen, (columns, rows): (usize, usize), places: usize) -> Seen {
    let Some(plane) = Homography::onto(&seen.corners) else {
        return seen;
    };
    let level = |u: f32, v: f32| {
        let (x, y) = plane.map(u, v);
        frame.at(x, y)
    };
    let mut levels = Vec::new();
    let mut edges = Vec::new();
    for (modules, along) in [(columns, true), (rows, false)] {
        let width = 1.0 / modules.max(1) as f32;
        for line in 0..LINES {
            let across = (line as f32 + 0.5) / LINES as f32;
            let at = |place: f32| if along { level(place * width, across) } else { level(across, place * width) };
            for place in places..modules * places {
                let place = place as f32 / places as f32;
                levels.push(at(place + 0.5));
                // A sharp edge is over within half a module; a blurred one goes on rising beyond.
                edges.push(((at(place + 0.75) - at(place - 0.75)).abs(), (at(place + 0.25) - at(place - 0.25)).abs()));
            }
        }
    }
    if levels.is_empty() {
        return seen;
    }
    let burnt = levels.iter().filter(|&&level| level >= f32::from(BURNT)).count();
    seen.glare = burnt as f32 / levels.len() as f32;
    levels.sort_by(f32::total_cmp);
    let spread = levels[levels.len() * 19 / 20] - levels[levels.len() / 20];
    seen.contrast = (spread / FULL_CONTRAST).clamp(0.0, 1.0);
    // Where the edges are is known at one place a module, and at more it is where they are steepest.
    edges.sort_by(|a, b| if places == 1 { b.0.total_cmp(&a.0) } else { b.1.total_cmp(&a.1) });
    edges.truncate((edges.len() / EDGES).max(1));
    let (far, near) = edges.iter().fold((0.0, 0.0), |sum, edge| (sum.0 + edge.0, sum.1 + edge.1));
    // A straight slope gives a third, a step gives one.
    seen.sharpness = ((near / f32::max(far, 1.0) - 1.0 / 3.0) * 1.5).clamp(0.0, 1.0);
    seen
}

/// Mean level of the frame, from every fourth row.
pub(super) fn light(frame: &Frame) -> f32 {
    let rows = frame.pixels().chunks_exact(frame.width()).step_by(4);
    let count = rows.len() * frame.width();
    let sum: u64 = rows.map(|row| row.iter().map(|&level| u64::from(level)).sum::<u64>()).sum();
    sum as f32 / count as f32
}

/// Share of the middle third, each way, that is burnt out.
pub(super) fn glare(frame: &Frame) -> f32 {
    let (width, height) = (frame.width(), frame.height());
    let rows = frame.pixels().chunks_exact(width).skip(height / 3).take(height / 3);
    let count = rows.len() * (width / 3);
    let burnt = |row: &[u8]| row[width / 3..][..width / 3].iter().filter(|&&level| level >= BURNT).count();
    rows.map(burnt).sum::<usize>() as f32 / count as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIDE: usize = 200;

    /// A symbol of 20×20 modules in turn dark and light by rows and columns, softened so many times.
    fn drawn(dark: u8, light: u8, softened: usize, burnt: usize) -> (Frame, Sighting) {
        let level = |x: usize, y: usize| {
            let inside = (20..180).contains(&x) && (20..180).contains(&y);
            match (inside, ((x + 12) / 16 + (y + 12) / 16).is_multiple_of(2)) {
                (true, _) if x < burnt => 255,
                (true, true) => dark,
                _ => light,
            }
        };
        let pixels: Vec<u8> = (0..SIDE * SIDE).map(|at| level(at % SIDE, at / SIDE)).collect();
        let mut frame = Frame::from_luma(SIDE as u32, SIDE as u32, &pixels).expect("sizes agree");
        for _ in 0..softened {
            frame = frame.softened();
        }
        let corners = [(20.0, 20.0), (180.0, 20.0), (180.0, 180.0), (20.0, 180.0)];
        let (symbology, soft) = (Symbology::DataMatrix, vec![0.0; 400]);
        (frame, Sighting { symbology, columns: 20, rows: 20, soft, corners, module: 8.0, score: 0.5, message: None })
    }

    /// A texture like that of a symbol of 40×40 modules of so many pixels, in a frame, softened so many times.
    fn like_a_symbol(module: usize, softened: usize) -> Frame {
        let (width, height) = (640, 480);
        let inside =
            |at: usize, length: usize| (at + 20 * module).checked_sub(length / 2).filter(|at| *at < 40 * module);
        let mut numbers = crate::numbers::Numbers(7);
        let dark: Vec<bool> = (0..1600).map(|_| numbers.next() < 0.5).collect();
        let level = |x: usize, y: usize| match inside(x, width).zip(inside(y, height)) {
            Some((x, y)) if dark[y / module * 40 + x / module] => 30,
            _ => 220,
        };
        let pixels: Vec<u8> = (0..width * height).map(|at| level(at % width, at / width)).collect();
        let mut frame = Frame::from_luma(width as u32, height as u32, &pixels).expect("sizes agree");
        for _ in 0..softened {
            frame = frame.softened();
        }
        frame
    }

    #[test]
    fn what_cannot_be_made_out_is_spoken_of_if_blur_or_size_is_why() {
        for (module, softened, is_told) in [(5, 40, true), (11, 160, true), (2, 4, true), (5, 0, false)] {
            let frame = like_a_symbol(module, softened);
            let corners = crate::datamatrix::place(&frame);
            let corners = corners.unwrap_or_else(|| panic!("{module}, {softened}: nothing"));
            let half = 20.0 * module as f32;
            let is_near = |at: f32, is: f32| (at - is).abs() < 24.0;
            assert!(is_near(corners[0].0, 320.0 - half) && is_near(corners[0].1, 240.0 - half), "{corners:?}");
            assert!(is_near(corners[2].0, 320.0 + half) && is_near(corners[2].1, 240.0 + half), "{corners:?}");
            let told = doubtful(&frame, corners);
            assert_eq!(told.is_some(), is_told, "{module}, {softened}: {told:?}");
        }
        let stripes: Vec<u8> = (0..640 * 480).map(|at| if at % 640 / 9 % 2 == 0 { 60 } else { 190 }).collect();
        let stripes = Frame::from_luma(640, 480, &stripes).expect("sizes agree");
        assert_eq!(crate::datamatrix::place(&stripes), None);
    }

    #[test]
    fn blurred_is_less_sharp() {
        let sharpness = [0, 6, 20, 60].map(|softened| {
            let (frame, sighting) = drawn(30, 220, softened, 0);
            seen(&frame, &sighting).sharpness
        });
        assert!(sharpness[0] > 0.9 && sharpness[3] < 0.35, "{sharpness:?}");
        assert!(sharpness.windows(2).all(|pair| pair[0] > pair[1]), "{sharpness:?}");
    }

    #[test]
    fn pale_has_less_contrast_and_is_as_sharp() {
        let [full, pale] = [(20, 230), (120, 150)].map(|(dark, light)| {
            let (frame, sighting) = drawn(dark, light, 0, 0);
            seen(&frame, &sighting)
        });
        assert!(full.contrast > 0.95 && (pale.contrast - 0.15).abs() < 0.02, "{full:?} {pale:?}");
        assert!((full.sharpness - pale.sharpness).abs() < 0.1, "{full:?} {pale:?}");
    }

    #[test]
    fn glare_is_the_share_burnt_out() {
        let glare = [0, 100, 180].map(|burnt| {
            let (frame, sighting) = drawn(30, 220, 0, burnt);
            seen(&frame, &sighting).glare
        });
        assert!(glare[0] == 0.0 && (glare[1] - 0.5).abs() < 0.05 && glare[2] > 0.95, "{glare:?}");
    }

    #[test]
    fn light_and_glare_of_a_frame() {
        let (width, height) = (90, 60);
        let drawn = |level: u8, burnt: bool| {
            let inside = |x: usize, y: usize| burnt && (30..45).contains(&x) && (20..40).contains(&y);
            let at = |at: usize| if inside(at % width, at / width) { 255 } else { level };
            let pixels: Vec<u8> = (0..width * height).map(at).collect();
            let frame = Frame::from_luma(width as u32, height as u32, &pixels).expect("sizes agree");
            (light(&frame), glare(&frame))
        };
        assert_eq!((drawn(10, false), drawn(200, false)), ((10.0, 0.0), (200.0, 0.0)));
        assert!((drawn(10, true).1 - 0.5).abs() < 0.01);
    }
}
