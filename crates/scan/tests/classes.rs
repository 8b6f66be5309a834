//! Reads what the generator draws: every way in which a symbol is hard to read, symbols on goods, bars, video, and
//! frames without a symbol.
//!
//! The frames follow from a seed, so a floor is a promise and not a measurement; `cargo xtask bench scan` measures.
#![allow(clippy::print_stdout, reason = "with --nocapture it tells what the floors may be raised to")]

mod scene;

use scan::Scanner;
use scene::Set;
use scene::classes::FRAME;
use scene::clip::LENGTH;

const SEED: u64 = 2026;

/// Reads frames of a class; how many gave their text. Any other text fails.
fn read(set: Set, class: &str, frames: usize) -> usize {
    let read = (0..frames).filter(|&index| {
        let (pixels, code) = set.frame(class, SEED, index);
        let found = scan::read_luma(FRAME.0 as u32, FRAME.1 as u32, &pixels);
        let text = code.map(|code| code.text);
        for one in &found {
            assert_eq!(Some(&one.text), text.as_ref(), "{set:?} {class} {index}");
        }
        !found.is_empty()
    });
    read.count()
}

/// Frames of each class.
const FRAMES: usize = 6;

/// Reads frames of all classes of a set. Of a class all but one must be read, or as many as the exceptions say: one less
/// than are; of all together `percent`.
fn floors(set: Set, exceptions: &[(&str, usize)], percent: usize) {
    let (mut all, mut sum) = (0, 0);
    let mut below = Vec::new();
    for class in set.classes() {
        let read = read(set, class, FRAMES);
        let floor = exceptions.iter().find(|(name, _)| *name == class).map_or(FRAMES - 1, |(_, floor)| *floor);
        println!("{set:?} {class}: {read} of {FRAMES}");
        if read < floor {
            below.push(format!("{class}: {read}, floor {floor}"));
        }
        sum += read;
        all += FRAMES;
    }
    assert!(below.is_empty(), "{set:?}: {below:?}");
    assert!(100 * sum >= percent * all, "{set:?}: {sum} of {all} read, floor {percent} %");
}

#[test]
fn datamatrix() {
    floors(Set::DataMatrix, &[("tiny", 4)], 96);
}

#[test]
fn qr() {
    floors(Set::Qr, &[("gblur", 4), ("damage", 4)], 96);
}

#[test]
fn bars() {
    floors(Set::Bars, &[], 95);
}

#[test]
fn goods() {
    let exceptions = [
        ("can", 3),
        ("bottle", 2),
        ("cellophane", 3),
        ("cardboard", 4),
        ("inkjet", 2),
        ("foil", 3),
        ("reflection", 4),
        ("motion", 3),
        ("dusk", 3),
        ("crowded", 3),
    ];
    floors(Set::Packages, &exceptions, 65);
}

/// Keyboards, bricks, small print, fine patterns, squares and bars that are no code.
#[test]
fn frames_without_a_symbol() {
    for class in Set::Empty.classes() {
        assert_eq!(read(Set::Empty, class, FRAMES), 0, "{class}");
    }
}

/// What is read in one frame alone is read by a camera that is held still, which looks otherwise at every frame: most of the
/// goods by the second look, and what needs more soon after.
#[test]
fn a_camera_that_is_held_still() {
    const LOOKS: usize = 9;
    let (mut alone, mut soon, mut still) = (0, 0, 0);
    for class in Set::Packages.classes() {
        for index in 0..FRAMES {
            let (pixels, code) = Set::Packages.frame(class, SEED, index);
            let (width, height) = (FRAME.0 as u32, FRAME.1 as u32);
            let text = code.map(|code| code.text);
            let mut scanner = Scanner::new();
            let read = (0..LOOKS).find(|_| {
                let found = scanner.see_luma(width, height, &pixels).found;
                found.iter().for_each(|one| assert_eq!(Some(&one.text), text.as_ref(), "{class} {index}"));
                !found.is_empty()
            });
            alone += usize::from(!scan::read_luma(width, height, &pixels).is_empty());
            soon += usize::from(read.is_some_and(|look| look < 2));
            still += usize::from(read.is_some());
        }
    }
    println!("of goods {alone} alone, {still} within {LOOKS} looks, {soon} within two");
    assert!(still >= alone, "{still}, alone {alone}");
    assert!(5 * soon >= 4 * alone, "{soon}, alone {alone}");
}

/// Of a second of noisy video at least one look gives the text, though hardly a frame would.
#[test]
fn video() {
    let (clip, code) = scene::clip("noise", SEED, 0);
    let mut scanner = Scanner::new();
    let mut is_read = false;
    for index in 0..LENGTH {
        let look = scanner.see_luma(FRAME.0 as u32, FRAME.1 as u32, &clip.frame(index));
        for one in &look.found {
            assert_eq!(one.text, code.text, "{index}");
        }
        is_read |= !look.found.is_empty();
    }
    assert!(is_read);
}
