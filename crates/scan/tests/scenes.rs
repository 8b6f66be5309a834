//! Reads GS1 DataMatrix as a camera sees it: turned, tilted, blurred, noisy, pale, in shadow, inverted, from behind.

mod scene;

use scan::{Effort, Found, Symbology};
use scene::{Scene, symbol};

const SHORT: &str = "(01)04600000000015(21)3ABCDEFGH1234(93)Ab9_";
const MAC: &str = "(01)04600000000015(21)3ABCDEFGH1234(91)A1B2(92)dGhpcyBpcyBhIHRlc3Qgb2YgYSA0NCBjaGFyIHRhaWwh";
const SIGNED: &str = "(01)04600000000015(21)3ABCDEFGH1234(91)A1B2(92)\
    Zk3-_7+aQ9!x*Yb.5:x=?uTcRw2Pn8Vd4Gj6HsLmKe0FzX1qWiOoBvCtNyMrSAJDIEUhpgfl/7abcZQkkkk";
const LONG: &str = "(01)04600000000015(21)3ABCDEFGH1234(10)LOT-2026-11-22/KZ(17)280101(91)A1B2(92)\
    Zk3-_7+aQ9!x*Yb.5:x=?uTcRw2Pn8Vd4Gj6HsLmKe0FzX1qWiOoBvCtNyMrSAJDIEUhpgfl/7abcZQkkkk";

fn is_only(found: &[Found], text: &str) -> bool {
    matches!(found, [one] if one.text == text && one.gs1 && one.symbology == Symbology::DataMatrix)
}

/// What a camera frame must give at once.
#[test]
fn frames() {
    let plain = Scene::default();
    for (name, code, size, scene) in [
        ("short", SHORT, 22, plain),
        ("mac", MAC, 36, plain),
        ("signed", SIGNED, 40, plain),
        ("long", LONG, 44, plain),
        ("three pixels per module", SIGNED, 40, Scene { module: 3.0, blur: 0.4, ..plain }),
        ("large", SHORT, 22, Scene { module: 18.0, ..plain }),
        ("in a corner", SIGNED, 40, Scene { module: 4.0, at: (0.2, 0.25), ..plain }),
        ("a full camera frame", SIGNED, 40, Scene { width: 1280, height: 720, at: (0.4, 0.6), ..plain }),
        ("turned by 10°", SIGNED, 40, Scene { turn: 10.0, ..plain }),
        ("turned by 45°", SIGNED, 40, Scene { turn: 45.0, ..plain }),
        ("turned by 90°", SIGNED, 40, Scene { turn: 90.0, ..plain }),
        ("turned by 200°", SIGNED, 40, Scene { turn: 200.0, ..plain }),
        ("tilted", SIGNED, 40, Scene { tilt: 0.35, ..plain }),
        ("tilted and turned", SIGNED, 40, Scene { tilt: -0.3, turn: 30.0, ..plain }),
        ("blurred", SIGNED, 40, Scene { blur: 1.8, ..plain }),
        ("noisy", SIGNED, 40, Scene { noise: 30, ..plain }),
        ("blurred and noisy", MAC, 36, Scene { blur: 1.5, noise: 15, ..plain }),
        ("pale", SIGNED, 40, Scene { ink: 150.0, paper: 200.0, ..plain }),
        ("very pale", SIGNED, 40, Scene { ink: 160.0, paper: 180.0, ..plain }),
        ("dark", SIGNED, 40, Scene { ink: 8.0, paper: 50.0, desk: 30.0, ..plain }),
        ("in shadow", SIGNED, 40, Scene { shadow: 0.7, ..plain }),
        ("on a dark desk", SIGNED, 40, Scene { desk: 20.0, ..plain }),
        ("light on dark", SIGNED, 40, Scene { ink: 230.0, paper: 25.0, desk: 60.0, ..plain }),
        ("from behind", SIGNED, 40, Scene { mirrored: true, ..plain }),
    ] {
        let (symbol, text) = symbol(code);
        assert_eq!(symbol.size(), size, "{name}");
        let pixels = scene.draw(&symbol);
        let found = scan::read_luma(scene.width as u32, scene.height as u32, &pixels);
        assert!(is_only(&found, &text), "{name}: {found:?}");
    }
}

/// What a still picture must give with more effort.
#[test]
fn pictures() {
    let plain = Scene::default();
    for (name, code, scene) in [
        ("two pixels per module", SIGNED, Scene { module: 2.0, blur: 0.3, ..plain }),
        ("very noisy", SIGNED, Scene { noise: 80, module: 9.0, ..plain }),
        ("pale and noisy", MAC, Scene { ink: 150.0, paper: 185.0, noise: 12, module: 8.0, ..plain }),
        ("much blurred", SHORT, Scene { blur: 4.0, module: 10.0, ..plain }),
        ("small in a large picture", SHORT, Scene { width: 2400, height: 1800, at: (0.8, 0.2), module: 3.0, ..plain }),
        ("filling a large picture", SHORT, Scene { width: 1700, height: 1300, module: 40.0, blur: 6.0, ..plain }),
    ] {
        let (symbol, text) = symbol(code);
        let pixels = scene.draw(&symbol);
        let found = scan::read_luma_with(scene.width as u32, scene.height as u32, &pixels, Effort::Picture);
        assert!(is_only(&found, &text), "{name}: {found:?}");
    }
}

/// Corners lie where the symbol lies.
#[test]
fn corners() {
    let (symbol, _) = symbol(SHORT);
    for (width, height) in [(640, 480), (2600, 1950)] {
        let scene = Scene { width, height, module: width as f64 / 80.0, ..Scene::default() };
        let found = scan::read_luma(width as u32, height as u32, &scene.draw(&symbol));
        let half = 11.0 * scene.module as f32;
        let (x, y) = (width as f32 / 2.0, height as f32 / 2.0);
        let expected = [(x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half)];
        let close = |one: (f32, f32)| {
            let near = |other: &(f32, f32)| (one.0 - other.0).hypot(one.1 - other.1) < scene.module as f32;
            found[0].corners.iter().any(near)
        };
        assert!(expected.into_iter().all(close), "{width}×{height}: {:?}", found[0].corners);
    }
}

/// Colours of a canvas, and two labels in one picture.
#[test]
fn canvas_with_two_labels() {
    let (left, left_text) = symbol(SHORT);
    let (right, right_text) = symbol(MAC);
    let scene = |x| Scene { width: 800, height: 400, module: 5.0, desk: 225.0, at: (x, 0.5), ..Scene::default() };
    let (left, right) = (scene(0.25).draw(&left), scene(0.7).draw(&right));
    let pixels: Vec<u8> = left.iter().zip(&right).flat_map(|(a, b)| [*a.min(b), *a.min(b), *a.min(b), 255]).collect();
    let mut texts: Vec<_> = scan::read_rgba(800, 400, &pixels).into_iter().map(|found| found.text).collect();
    texts.sort();
    let mut expected = vec![left_text, right_text];
    expected.sort();
    assert_eq!(texts, expected);
}

/// A sheet of labels: more than one on each line.
#[test]
fn sheet() {
    let labels: Vec<_> =
        (0..12).map(|index| symbol(&format!("(01)04600000000015(21)3ABCDEFGH12{index:02}(93)Ab9_"))).collect();
    let (width, height) = (1000, 800);
    let mut pixels = vec![255; width * height];
    for (index, (label, _)) in labels.iter().enumerate() {
        let at = ((index % 4) as f64 / 4.0 + 0.125, (index / 4) as f64 / 3.0 + 1.0 / 6.0);
        let scene = Scene { width, height, module: 5.0, desk: 225.0, turn: index as f64, at, ..Scene::default() };
        for (pixel, drawn) in pixels.iter_mut().zip(scene.draw(label)) {
            *pixel = drawn.min(*pixel);
        }
    }
    let found = scan::read_luma(width as u32, height as u32, &pixels);
    let mut texts: Vec<_> = found.iter().map(|found| found.text.as_str()).collect();
    texts.sort_unstable();
    let expected: Vec<_> = labels.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(texts, expected);
}
