//! Reads GS1 DataMatrix as a camera sees it: turned, tilted, blurred, noisy, pale, in shadow, inverted, from behind.

mod scene;

use scan::{Effort, Found, Scanner, Symbology};
use scene::background::Background;
use scene::code::Code;
use scene::random::Random;
use scene::shot::{Light, Shot};

const SHORT: &str = "(01)04600000000015(21)3ABCDEFGH1234(93)Ab9_";
const MAC: &str = "(01)04600000000015(21)3ABCDEFGH1234(91)A1B2(92)dGhpcyBpcyBhIHRlc3Qgb2YgYSA0NCBjaGFyIHRhaWwh";
const SIGNED: &str = "(01)04600000000015(21)3ABCDEFGH1234(91)A1B2(92)\
    Zk3-_7+aQ9!x*Yb.5:x=?uTcRw2Pn8Vd4Gj6HsLmKe0FzX1qWiOoBvCtNyMrSAJDIEUhpgfl/7abcZQkkkk";
const LONG: &str = "(01)04600000000015(21)3ABCDEFGH1234(10)LOT-2026-11-22/KZ(17)280101(91)A1B2(92)\
    Zk3-_7+aQ9!x*Yb.5:x=?uTcRw2Pn8Vd4Gj6HsLmKe0FzX1qWiOoBvCtNyMrSAJDIEUhpgfl/7abcZQkkkk";

fn is_only(found: &[Found], text: &str) -> bool {
    matches!(found, [one] if one.text == text && one.gs1 && one.symbology == Symbology::DataMatrix)
}

/// A label on a desk, as it is seen from straight above.
fn plain(width: usize, height: usize, module: f32) -> Shot {
    let mut shot = Shot::new(width, height, module);
    shot.print.quiet = Some(4.0);
    shot.blur = 0.6;
    shot.sensor.noise = 0.0;
    shot
}

fn place(shot: &mut Shot, x: f32, y: f32) {
    shot.pose.at = (x * shot.width as f32, y * shot.height as f32);
}

fn read(shot: &Shot, code: &Code, effort: Effort) -> Vec<Found> {
    let pixels = shot.take(code, &mut Random::new(1));
    scan::read_luma_with(shot.width as u32, shot.height as u32, &pixels, effort)
}

/// What a row of a table does to a plain view.
type Change = fn(&mut Shot);

/// What a camera frame must give at once.
#[test]
fn frames() {
    let rows: [(&str, &str, usize, Change); 24] = [
        ("short", SHORT, 22, |_| {}),
        ("mac", MAC, 36, |_| {}),
        ("signed", SIGNED, 40, |_| {}),
        ("long", LONG, 44, |_| {}),
        ("three pixels per module", SIGNED, 40, |shot| (shot.pose.module, shot.blur) = (3.0, 0.4)),
        ("large", SHORT, 22, |shot| shot.pose.module = 18.0),
        ("in a corner", SIGNED, 40, |shot| {
            shot.pose.module = 4.0;
            place(shot, 0.2, 0.25);
        }),
        ("a full camera frame", SIGNED, 40, |shot| {
            (shot.width, shot.height) = (1280, 720);
            place(shot, 0.4, 0.6);
        }),
        ("turned by 10°", SIGNED, 40, |shot| shot.pose.turn = 10.0),
        ("turned by 45°", SIGNED, 40, |shot| shot.pose.turn = 45.0),
        ("turned by 90°", SIGNED, 40, |shot| shot.pose.turn = 90.0),
        ("turned by 200°", SIGNED, 40, |shot| shot.pose.turn = 200.0),
        ("tilted", SIGNED, 40, |shot| shot.pose.pitch = 35.0),
        ("tilted and turned", SIGNED, 40, |shot| (shot.pose.pitch, shot.pose.turn) = (-30.0, 30.0)),
        ("blurred", SIGNED, 40, |shot| shot.blur = 1.8),
        ("noisy", SIGNED, 40, |shot| shot.sensor.noise = 0.07),
        ("blurred and noisy", MAC, 36, |shot| (shot.blur, shot.sensor.noise) = (1.5, 0.035)),
        ("pale", SIGNED, 40, |shot| (shot.print.ink, shot.print.paper) = (0.59, 0.78)),
        ("very pale", SIGNED, 40, |shot| (shot.print.ink, shot.print.paper) = (0.63, 0.71)),
        ("dark", SIGNED, 40, |shot| {
            (shot.print.ink, shot.print.paper) = (0.03, 0.2);
            shot.background = Background::Plain(0.12);
        }),
        ("in shadow", SIGNED, 40, |shot| shot.lights = vec![Light::Ramp { by: 0.7, leftward: false }]),
        ("on a dark desk", SIGNED, 40, |shot| shot.background = Background::Plain(0.08)),
        ("light on dark", SIGNED, 40, |shot| {
            (shot.print.ink, shot.print.paper) = (0.9, 0.1);
            shot.background = Background::Plain(0.24);
        }),
        ("from behind", SIGNED, 40, |shot| shot.print.mirrored = true),
    ];
    for (name, text, size, change) in rows {
        let code = Code::datamatrix(text);
        assert_eq!(code.columns, size, "{name}");
        let mut shot = plain(640, 480, 6.0);
        change(&mut shot);
        let found = read(&shot, &code, Effort::Frame);
        assert!(is_only(&found, &code.text), "{name}: {found:?}");
    }
}

/// A name, a text, width and height of the picture and pixels a module, and what is done to the view.
type Row<'a> = (&'a str, &'a str, (usize, usize, f32), Change);

/// What a still picture must give with more effort.
#[test]
fn pictures() {
    let rows: [Row; 6] = [
        ("two pixels per module", SIGNED, (640, 480, 2.0), |shot| shot.blur = 0.3),
        ("very noisy", SIGNED, (640, 480, 9.0), |shot| shot.sensor.noise = 0.18),
        ("pale and noisy", MAC, (640, 480, 8.0), |shot| {
            (shot.print.ink, shot.print.paper, shot.sensor.noise) = (0.59, 0.725, 0.028);
        }),
        ("much blurred", SHORT, (640, 480, 10.0), |shot| shot.blur = 4.0),
        ("small in a large picture", SHORT, (2400, 1800, 3.0), |shot| place(shot, 0.8, 0.2)),
        ("filling a large picture", SHORT, (1700, 1300, 40.0), |shot| shot.blur = 6.0),
    ];
    for (name, text, (width, height, module), change) in rows {
        let code = Code::datamatrix(text);
        let mut shot = plain(width, height, module);
        change(&mut shot);
        let found = read(&shot, &code, Effort::Picture);
        assert!(is_only(&found, &code.text), "{name}: {found:?}");
    }
}

/// Corners lie where the symbol lies.
#[test]
fn corners() {
    let code = Code::datamatrix(SHORT);
    for (width, height) in [(640, 480), (2600, 1950)] {
        let module = width as f32 / 80.0;
        let found = read(&plain(width, height, module), &code, Effort::Frame);
        let half = 11.0 * module;
        let (x, y) = (width as f32 / 2.0, height as f32 / 2.0);
        let expected = [(x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half)];
        let close = |one: (f32, f32)| {
            let near = |other: &(f32, f32)| (one.0 - other.0).hypot(one.1 - other.1) < module;
            found[0].corners.iter().any(near)
        };
        assert!(expected.into_iter().all(close), "{width}×{height}: {:?}", found[0].corners);
    }
}

/// Labels side by side in one frame, on paper of their own colour.
fn sheet_of(width: usize, height: usize, labels: &[(&Code, (f32, f32), f32)]) -> Vec<u8> {
    sheet_in(width, height, 5.0, labels)
}

/// The same with modules of so many pixels.
fn sheet_in(width: usize, height: usize, module: f32, labels: &[(&Code, (f32, f32), f32)]) -> Vec<u8> {
    let mut pixels = vec![255; width * height];
    for (code, at, turn) in labels {
        let mut shot = plain(width, height, module);
        shot.background = Background::Plain(shot.print.paper);
        shot.pose.turn = *turn;
        place(&mut shot, at.0, at.1);
        for (pixel, drawn) in pixels.iter_mut().zip(shot.take(code, &mut Random::new(1))) {
            *pixel = drawn.min(*pixel);
        }
    }
    pixels
}

/// Colours of a canvas, and two labels in one picture.
#[test]
fn canvas_with_two_labels() {
    let (left, right) = (Code::datamatrix(SHORT), Code::datamatrix(MAC));
    let grey = sheet_of(800, 400, &[(&left, (0.25, 0.5), 0.0), (&right, (0.7, 0.5), 0.0)]);
    let pixels: Vec<u8> = grey.iter().flat_map(|&level| [level, level, level, 255]).collect();
    let mut texts: Vec<_> = scan::read_rgba(800, 400, &pixels).into_iter().map(|found| found.text).collect();
    texts.sort();
    let mut expected = vec![left.text, right.text];
    expected.sort();
    assert_eq!(texts, expected);
}

/// Two large labels in a still picture, of which one is clear at once and the other at a second look.
#[test]
fn of_a_still_picture_every_mark_is_read() {
    let other = SIGNED.replace("3ABCDEFGH1234", "3ABCDEFGH5678");
    let (left, right) = (Code::datamatrix(SIGNED), Code::datamatrix(&other));
    for module in [5.0, 8.0, 11.36] {
        let (width, height) = ((110.0 * module) as usize, (60.0 * module) as usize);
        let pixels = sheet_in(width, height, module, &[(&left, (0.27, 0.5), 0.0), (&right, (0.73, 0.5), 0.0)]);
        let found = scan::read_luma_with(width as u32, height as u32, &pixels, Effort::Picture);
        let mut texts: Vec<_> = found.iter().map(|found| found.text.as_str()).collect();
        texts.sort_unstable();
        assert_eq!(texts, [left.text.as_str(), right.text.as_str()], "{module}");
    }
}

/// A sheet of labels: more than one on each line.
#[test]
fn sheet() {
    let label = |index| Code::datamatrix(&format!("(01)04600000000015(21)3ABCDEFGH12{index:02}(93)Ab9_"));
    let labels: Vec<_> = (0..12).map(label).collect();
    let placed: Vec<_> = labels
        .iter()
        .enumerate()
        .map(|(index, code)| {
            let at = ((index % 4) as f32 / 4.0 + 0.125, (index / 4) as f32 / 3.0 + 1.0 / 6.0);
            (code, at, index as f32)
        })
        .collect();
    let found = scan::read_luma(1000, 800, &sheet_of(1000, 800, &placed));
    let mut texts: Vec<_> = found.iter().map(|found| found.text.as_str()).collect();
    texts.sort_unstable();
    let expected: Vec<_> = labels.iter().map(|code| code.text.as_str()).collect();
    assert_eq!(texts, expected);
}

/// Packs bear bars or a link beside the code that is wanted: that they are clear and it is not must not cost it.
#[test]
fn beside_what_is_clearer() {
    let rows: [(&str, f32, Change); 3] = [
        ("small", 1.7, |shot| shot.blur = 0.6),
        ("blurred", 4.0, |shot| shot.blur = 2.6),
        ("noisy", 3.0, |shot| shot.sensor.noise = 0.16),
    ];
    let (width, height) = (1280, 720);
    let code = Code::datamatrix(SIGNED);
    let link = Code::qr("https://id.example.org/01/04600000000015");
    for other in [Code::ean("400638133393"), link, Code::datamatrix(SHORT)] {
        for (name, module, change) in rows {
            let (mut clear, mut shot) = (plain(width, height, 4.0), plain(width, height, module));
            change(&mut shot);
            for (shot, x) in [(&mut clear, 0.3), (&mut shot, 0.7)] {
                shot.background = Background::Plain(shot.print.paper);
                place(shot, x, 0.5);
            }
            clear.print.quiet = None;
            let (left, right) = (clear.take(&other, &mut Random::new(2)), shot.take(&code, &mut Random::new(1)));
            let pixels: Vec<u8> = left.into_iter().zip(right).map(|(one, other)| one.min(other)).collect();
            let is_wanted = |one: &Found| one.symbology == code.symbology && one.text == code.text;
            // Beside another DataMatrix only a video has the time for it.
            if other.symbology != code.symbology {
                let found = scan::read_luma(width as u32, height as u32, &pixels);
                assert!(found.iter().any(is_wanted), "{name} beside {:?}: {found:?}", other.symbology);
            }
            // What is read is read again all the while.
            let mut scanner = Scanner::new();
            let mut looks = || scanner.see_luma(width as u32, height as u32, &pixels).found;
            let found: Vec<Vec<Found>> = (0..12).map(|_| looks()).collect();
            let count = |is: &dyn Fn(&Found) -> bool| found.iter().filter(|found| found.iter().any(is)).count();
            let others = count(&|one| one.text == other.text);
            assert!(count(&is_wanted) >= 2, "{name} beside {:?}: {found:?}", other.symbology);
            assert!(others >= 3, "{:?} beside {name}: {found:?}", other.symbology);
        }
    }
}
