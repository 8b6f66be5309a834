//! The whole reader: every version from its modules, damaged, mirrored, drawn in a scene.

use qrcodegen::{Mask, QrCode, QrCodeEcc, QrSegment, Version};

use super::*;
use crate::homography::Homography;

const LEVELS: [QrCodeEcc; 4] = [QrCodeEcc::Low, QrCodeEcc::Medium, QrCodeEcc::Quartile, QrCodeEcc::High];

pub(super) fn drawn(text: &str, level: QrCodeEcc, version: u8, mask: Option<u8>) -> QrCode {
    let version = Version::new(version);
    let segments = [QrSegment::make_bytes(text.as_bytes())];
    QrCode::encode_segments_advanced(&segments, level, version, Version::MAX, mask.map(Mask::new), false).unwrap()
}

pub(super) fn soft(code: &QrCode) -> Vec<f32> {
    let side = code.size();
    (0..side * side).map(|index| if code.get_module(index % side, index / side) { 1.0 } else { -1.0 }).collect()
}

pub(super) fn text(message: Option<Message>) -> Option<String> {
    message.map(|message| message.text)
}

#[test]
fn every_version_and_level() {
    for version in 1..=40 {
        for level in LEVELS {
            let mask = (version + level as u8) % 8;
            let code = drawn("Tańba", level, version, Some(mask));
            let (side, soft) = (code.size() as usize, soft(&code));
            let name = format!("version {version} {level:?} mask {mask}");
            for (index, role) in known::roles(usize::from(version)).iter().enumerate() {
                if let Role::Fixed { dark } = role {
                    assert_eq!(*dark, soft[index] > 0.0, "{name}, module {index}");
                }
            }
            assert_eq!(text(decode(side, &soft)).as_deref(), Some("Tańba"), "{name}");
            let mirrored: Vec<f32> = (0..side * side).map(|index| soft[index % side * side + index / side]).collect();
            assert_eq!(text(decode(side, &mirrored)).as_deref(), Some("Tańba"), "{name}, mirrored");
        }
    }
}

#[test]
fn centres_of_alignment_patterns() {
    // Rows of ISO/IEC 18004, table E.1.
    for (version, centres) in [
        (1, vec![]),
        (2, vec![6, 18]),
        (7, vec![6, 22, 38]),
        (14, vec![6, 26, 46, 66]),
        (32, vec![6, 34, 60, 86, 112, 138]),
        (36, vec![6, 24, 50, 76, 102, 128, 154]),
        (40, vec![6, 30, 58, 86, 114, 142, 170]),
    ] {
        assert_eq!(known::alignment(version), centres, "version {version}");
    }
}

/// The modules of a symbol with so many of its codewords spoilt.
fn spoilt(code: &QrCode, codewords: usize, certainty: f32) -> Vec<f32> {
    let side = code.size() as usize;
    let mut soft = soft(code);
    let version = known::version(side).unwrap();
    let places: Vec<_> = known::placement(side, &known::roles(version)).collect();
    for bits in places.chunks_exact(8).step_by(3).take(codewords) {
        for &(x, y) in &bits[..3] {
            soft[y * side + x] *= -certainty;
        }
    }
    soft
}

#[test]
fn doubtful_codewords_are_erased() {
    // Version 3, level M: one block with 26 check codewords, which correct 13 errors or 24 erasures and a margin of 2.
    let code = drawn("https://id.example.org/01", QrCodeEcc::Medium, 3, None);
    for (codewords, certainty, read) in
        [(12, 1.0, true), (14, 1.0, false), (14, 0.1, true), (23, 0.1, true), (23, 1.0, false)]
    {
        let message = decode(29, &spoilt(&code, codewords, certainty));
        let expected = read.then(|| "https://id.example.org/01".to_owned());
        assert_eq!(text(message), expected, "{codewords} codewords, certainty {certainty}");
    }
}

/// How a symbol is drawn.
#[derive(Clone, Copy, Debug)]
struct Scene {
    module: f32,
    degrees: f32,
    inverted: bool,
    mirrored: bool,
    /// How much nearer the right side is than the left.
    yaw: f32,
}

const PLAIN: Scene = Scene { module: 4.0, degrees: 0.0, inverted: false, mirrored: false, yaw: 0.0 };

/// A frame with the symbol in its middle, and the corners of the symbol.
fn scene(code: &QrCode, scene: Scene, width: usize, height: usize) -> (Frame, [(f32, f32); 4]) {
    let side = code.size() as f32;
    let (sin, cos) = scene.degrees.to_radians().sin_cos();
    let corners = [(-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)].map(|(x, y): (f32, f32)| {
        let near = (1.0 + scene.yaw * x) * side * scene.module;
        let (x, y) = (x * near, y * near);
        (width as f32 / 2.0 + x * cos - y * sin, height as f32 / 2.0 + x * sin + y * cos)
    });
    let map = Homography::onto(&corners).unwrap();
    // Drawn from dense points of the symbol and its quiet zone, so that no inverse of the map is needed.
    let (mut sums, mut counts) = (vec![0.0; width * height], vec![0.0; width * height]);
    let dense = (scene.module * 6.0) as i32;
    let (first, last) = (-4 * dense, (code.size() + 4) * dense);
    for (i, j) in (first..last).flat_map(|j| (first..last).map(move |i| (i, j))) {
        let (x, y) = ((i as f32 + 0.5) / dense as f32, (j as f32 + 0.5) / dense as f32);
        let (column, row) = (x.floor() as i32, y.floor() as i32);
        let (column, row) = if scene.mirrored { (row, column) } else { (column, row) };
        let dark = code.get_module(column, row) != scene.inverted;
        let (px, py) = map.map(x / side, y / side);
        if (0.0..width as f32).contains(&px) && (0.0..height as f32).contains(&py) {
            let index = py as usize * width + px as usize;
            sums[index] += if dark { 30.0 } else { 225.0 };
            counts[index] += 1.0;
        }
    }
    let pixels: Vec<u8> =
        sums.iter().zip(&counts).map(|(sum, &count)| if count > 0.0 { (sum / count) as u8 } else { 150 }).collect();
    (Frame::from_luma(width as u32, height as u32, &pixels).unwrap(), corners)
}

#[test]
fn symbols_are_found_and_read() {
    let text = "https://id.example.org/01/09506000134352/21/abc";
    let code = drawn(text, QrCodeEcc::Medium, 4, None);
    for drawing in [
        Scene { module: 1.5, ..PLAIN },
        Scene { module: 2.2, degrees: 11.0, ..PLAIN },
        PLAIN,
        Scene { degrees: 45.0, ..PLAIN },
        Scene { degrees: 203.0, ..PLAIN },
        Scene { module: 9.0, ..PLAIN },
        Scene { inverted: true, ..PLAIN },
        Scene { mirrored: true, degrees: 30.0, ..PLAIN },
        Scene { yaw: 0.3, ..PLAIN },
        Scene { yaw: -0.3, degrees: 80.0, ..PLAIN },
    ] {
        let (frame, corners) = scene(&code, drawing, 480, 400);
        let sightings = sight(&frame, Effort::Frame);
        let sighting = sightings.iter().find(|sighting| sighting.message.is_some());
        let sighting = sighting.unwrap_or_else(|| panic!("{drawing:?} is not read"));
        assert_eq!(sighting.message.as_ref().unwrap().text, text, "{drawing:?}");
        assert_eq!((sighting.columns, sighting.soft.len()), (33, 33 * 33), "{drawing:?}");
        assert!((sighting.module / drawing.module - 1.0).abs() < 0.15, "{drawing:?}: {}", sighting.module);
        for (x, y) in corners {
            let nearest =
                sighting.corners.iter().map(|found| (found.0 - x).hypot(found.1 - y)).fold(f32::MAX, f32::min);
            assert!(nearest < drawing.module, "{drawing:?}: no corner at {x},{y}: {:?}", sighting.corners);
        }
    }
}

#[test]
fn large_versions_are_read() {
    let text = "0123456789".repeat(20);
    for version in [7, 10, 15, 25] {
        let code = drawn(&text, QrCodeEcc::Low, version, None);
        let (frame, _) = scene(&code, Scene { module: 3.0, yaw: 0.15, degrees: 4.0, ..PLAIN }, 640, 600);
        let messages: Vec<_> = sight(&frame, Effort::Frame).into_iter().filter_map(|one| one.message).collect();
        assert!(messages.iter().any(|message| message.text == text), "version {version}: {messages:?}");
    }
}

#[test]
fn several_symbols_of_a_picture() {
    let codes = ["left", "right"].map(|text| drawn(text, QrCodeEcc::Medium, 2, None));
    let [left, right] = codes.map(|code| scene(&code, PLAIN, 200, 200).0);
    let rows = left.pixels().chunks_exact(200).zip(right.pixels().chunks_exact(200));
    let pixels: Vec<u8> = rows.flat_map(|(left, right)| left.iter().chain(right).copied()).collect();
    let frame = Frame::from_luma(400, 200, &pixels).unwrap();
    let mut texts: Vec<_> = sight(&frame, Effort::Picture).into_iter().filter_map(|one| text(one.message)).collect();
    texts.sort();
    assert_eq!(texts, ["left", "right"]);
}

#[test]
fn nothing_is_read_where_there_is_nothing() {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 32) as u32
    };
    for (side, block) in [(10, 1), (23, 1), (200, 1), (200, 2), (300, 4), (301, 9)] {
        let cells: Vec<u8> = (0..(side / block + 1) * (side / block + 1)).map(|_| (random() % 2 * 255) as u8).collect();
        let pixels: Vec<u8> =
            (0..side * side).map(|at| cells[at / side / block * (side / block + 1) + at % side / block]).collect();
        let frame = Frame::from_luma(side as u32, side as u32, &pixels).unwrap();
        for effort in [Effort::Frame, Effort::Picture] {
            assert!(sight(&frame, effort).iter().all(|one| one.message.is_none()), "{side} {block}");
        }
    }
    // Random modules with the patterns of a version, as a false lattice would give them.
    for version in [1, 2, 4, 7, 11] {
        let roles = known::roles(version);
        for _ in 0..200 {
            let soft: Vec<f32> = roles
                .iter()
                .map(|role| match role {
                    Role::Fixed { dark } => f32::from(*dark) * 2.0 - 1.0,
                    _ => (random() % 2001) as f32 / 1000.0 - 1.0,
                })
                .collect();
            assert_eq!(decode(known::side(version), &soft), None, "version {version}");
        }
    }
}

#[test]
fn hostile_modules() {
    for side in [0, 1, 20, 22, 181] {
        assert_eq!(decode(side, &vec![1.0; side * side]), None);
    }
    assert_eq!(decode(21, &[1.0; 3]), None);
    for value in [0.0, f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
        assert_eq!(decode(25, &[value; 625]), None);
    }
}
