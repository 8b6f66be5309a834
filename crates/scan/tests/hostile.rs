//! No pixels and no bytes may stop the reader: in a web worker a panic ends the module.

mod scene;

use proptest::prelude::*;
use scan::{Effort, Look, Scanner};
use scene::code::Code;
use scene::random::Random;
use scene::shot::Shot;

#[test]
fn frames_without_a_symbol() {
    for (width, height) in [(0, 0), (1, 1), (9, 9), (10, 10), (11, 640), (640, 11), (40, 40), (41, 39), (333, 777)] {
        let length = (width * height) as usize;
        for value in [0, 1, 127, 254, 255] {
            for effort in [Effort::Frame, Effort::Picture] {
                let found = scan::read_luma_with(width, height, &vec![value; length], effort);
                assert!(found.is_empty(), "{width}×{height} of {value}: {found:?}");
            }
        }
        let rgba = vec![0; 4 * length];
        assert!(scan::read_rgba(width, height, &rgba).is_empty());
    }
}

#[test]
fn sizes_that_do_not_agree() {
    for (width, height, length) in [
        (u32::MAX, u32::MAX, 4),
        (65_536, 65_536, 0),
        (1 << 31, 2, 0),
        (100, 100, 9_999),
        (100, 100, 10_001),
        (16_385, 16_385, 100),
        (0, 1_000, 0),
    ] {
        let pixels = vec![0; length];
        for effort in [Effort::Frame, Effort::Picture] {
            assert!(scan::read_luma_with(width, height, &pixels, effort).is_empty());
            assert!(scan::read_rgba_with(width, height, &pixels, effort).is_empty());
        }
    }
}

#[test]
fn files_that_are_no_pictures() {
    for (bytes, expected) in [
        (b"".as_slice(), "UnknownFormat"),
        (b"not a picture", "UnknownFormat"),
        (b"%PDF-1.7", "UnknownFormat"),
        (b"\x89PNG\r\n\x1a\n", "Damaged"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "Damaged"),
        (b"RIFF\x04\x00\x00\x00WEBP", "Damaged"),
    ] {
        let error = scan::read_image(bytes).unwrap_err();
        assert!(format!("{error:?}").starts_with(expected), "{bytes:x?}: {error:?}");
    }
}

/// Generated frames of a property: each is read with all effort.
const CASES: u32 = 24;

/// Noise, stripes, checks and rings of a few levels: the stuff that false finders are made of.
fn texture() -> impl Strategy<Value = (u32, u32, Vec<u8>)> {
    let kinds = (10_u32..160, 10_u32..160, 0_u8..6, 1_u32..9, 1_u32..9, any::<u64>());
    kinds.prop_map(|(width, height, kind, a, b, seed)| {
        let mut state = seed | 1;
        let mut random = move || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 24) as u8
        };
        let pixels = (0..width * height)
            .map(|index| {
                let (x, y) = (index % width, index / width);
                let noise = random();
                match kind {
                    0 => noise,
                    1 => u8::from((x / a + y / b) % 2 == 0) * 255,
                    2 => u8::from(noise & 7 < (1 + x / a % 2) as u8 * 3) * 200,
                    3 => u8::from(x.abs_diff(width / 2).max(y.abs_diff(height / 2)) / a % 2 == 0) * 255,
                    4 => (u8::from(x / a % 2 == 0 || y / b % 3 == 0) * 220).saturating_add(noise & 31),
                    _ => {
                        let edge = x < 4 + a || y + 4 + b > height;
                        let clock = (y < 4 + b && x / a % 2 == 0) || (x + 4 + a > width && y / b % 2 == 0);
                        u8::from(!edge && !clock && noise & 1 == 0) * 255
                    }
                }
            })
            .collect();
        (width, height, pixels)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: CASES, ..ProptestConfig::default() })]

    #[test]
    fn textures((width, height, pixels) in texture()) {
        scan::read_luma_with(width, height, &pixels, Effort::Frame);
        scan::read_luma_with(width, height, &pixels, Effort::Picture);
    }

    #[test]
    fn any_bytes_as_a_file(bytes in proptest::collection::vec(any::<u8>(), 0..300), head in 0_usize..4) {
        let heads: [&[u8]; 4] = [b"", b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR", b"\xff\xd8\xff", b"RIFF\x00\x01\x00\x00WEBPVP8L"];
        let file = [heads[head], &bytes].concat();
        let _ = scan::read_image(&file);
    }
}

/// A camera that turns, stops and lies about its size: what is remembered of one frame is no help with the next.
#[test]
fn frames_that_do_not_follow() {
    let code = Code::datamatrix("(01)04600000000015(21)3ABCDEFGH1234(93)Ab9_");
    let mut scanner = Scanner::new();
    for (index, (width, height)) in
        [(240, 200), (0, 0), (200, 240), (1, 1), (640, 11), (97, 301), (240, 200)].into_iter().enumerate()
    {
        let drawn = Shot::new(width.max(9), height.max(9), 4.0).take(&code, &mut Random::new(index as u64));
        let pixels = &drawn[..width * height];
        let look = scanner.see_luma(width as u32, height as u32, pixels);
        assert!(look.found.iter().all(|one| one.text == code.text), "{width}×{height}: {look:?}");
        assert_eq!(scanner.see_luma(width as u32 + 1, height as u32 + 1, pixels), Look::default());
        scanner.see_luma_scaled(width as u32, height as u32, pixels, u32::MAX);
        scanner.see_luma_scaled(width as u32, height as u32, pixels, 0);
    }
}

/// A true symbol with parts painted over: what is read is the truth or nothing.
#[test]
fn painted_over() {
    let code = Code::datamatrix("(01)04600000000015(21)3ABCDEFGH1234(93)Ab9_");
    let clean = Shot::new(240, 200, 6.0).take(&code, &mut Random::new(1));
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        failure_persistence: None,
        cases: CASES,
        ..ProptestConfig::default()
    });
    let spots = proptest::collection::vec((0..240_usize, 0..200_usize, 1..60_usize, 1..60_usize, any::<u8>()), 0..6);
    runner
        .run(&spots, |spots| {
            let mut pixels = clean.clone();
            for (left, top, width, height, value) in spots {
                for row in pixels.chunks_exact_mut(240).skip(top).take(height) {
                    let end = (left + width).min(240);
                    row[left..end].fill(value);
                }
            }
            for found in scan::read_luma_with(240, 200, &pixels, Effort::Picture) {
                prop_assert_eq!(&found.text, &code.text);
            }
            Ok(())
        })
        .unwrap();
}
