//! Reads what the generator draws: every way in which a symbol is hard to read, symbols on goods, bars, video, and
//! frames without a symbol.
//!
//! The frames follow from a seed, so a floor is a promise and not a measurement; `cargo xtask bench scan` measures.

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

/// Reads frames of all classes of a set; of each a floor, which is all but two, and of all together a share.
fn floors(set: Set, exceptions: &[(&str, usize)], percent: usize) {
    let frames = FRAMES;
    let (mut all, mut sum) = (0, 0);
    let mut below = Vec::new();
    for class in set.classes() {
        let read = read(set, class, frames);
        let floor = exceptions.iter().find(|(name, _)| *name == class).map_or(frames - 2, |(_, floor)| *floor);
        println!("{set:?} {class}: {read} of {frames}");
        if read < floor {
            below.push(format!("{class}: {read}, floor {floor}"));
        }
        sum += read;
        all += frames;
    }
    assert!(below.is_empty(), "{set:?}: {below:?}");
    assert!(100 * sum >= percent * all, "{set:?}: {sum} of {all} read, floor {percent} %");
}

#[test]
fn datamatrix() {
    floors(Set::DataMatrix, &[], 93);
}

#[test]
fn qr() {
    floors(Set::Qr, &[], 92);
}

/// Bars that are wider on one side than on the other are not read yet.
#[test]
fn bars() {
    floors(Set::Bars, &[("perspective", 0), ("lowcontrast", 3)], 75);
}

#[test]
fn goods() {
    floors(Set::Packages, &[("bottle", 3), ("inkjet", 3), ("foil", 2)], 70);
}

/// Keyboards, bricks, small print, fine patterns, squares and bars that are no code.
#[test]
fn frames_without_a_symbol() {
    for class in Set::Empty.classes() {
        assert_eq!(read(Set::Empty, class, FRAMES), 0, "{class}");
    }
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
