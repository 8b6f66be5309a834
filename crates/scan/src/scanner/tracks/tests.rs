//! What many noisy frames say together, and that two symbols never make a third.

use gs1::symbol::Symbol;
use proptest::prelude::*;

use super::*;
use crate::numbers::Numbers;

/// A code of a series: all begin alike, and what follows is the serial.
fn code(serial: u32) -> String {
    format!("010487000999001721{serial:06}{:010}", u64::from(serial).wrapping_mul(2_654_435_761) % 10_000_000_000)
}

/// A sampling of a symbol, with noise of the given deviation on modules of ±1.
fn sampled(text: &str, noise: f32, numbers: &mut Numbers) -> Sighting {
    let symbol = Symbol::encode_plain(text).expect("fits");
    let side = symbol.size();
    let module = |at: usize| if symbol.dark(at % side, at / side) { 1.0 } else { -1.0 };
    let soft: Vec<f32> = (0..side * side).map(|at| module(at) + noise * numbers.normal()).collect();
    let message = datamatrix::decode(side, side, &soft);
    Sighting {
        symbology: Symbology::DataMatrix,
        columns: side,
        rows: side,
        soft,
        corners: [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)],
        module: 2.0,
        score: 0.6,
        message,
    }
}

/// What a frame with one symbol gives.
fn seen(tracks: &mut Tracks, text: &str, noise: f32, numbers: &mut Numbers) -> Option<String> {
    let mut sightings = [sampled(text, noise, numbers)];
    tracks.add(&mut sightings);
    let [sighting] = sightings;
    sighting.message.map(|message| message.text)
}

#[test]
fn frames_add_up() {
    let mut numbers = Numbers(11);
    for noise in [0.9, 1.2] {
        let (mut single, mut summed) = (0, 0);
        for serial in 0..20 {
            let text = code(serial);
            single += usize::from(sampled(&text, noise, &mut numbers).message.is_some());
            let mut tracks = Tracks::default();
            let last = (0..8).filter_map(|_| seen(&mut tracks, &text, noise, &mut numbers)).last();
            summed += usize::from(last == Some(text));
        }
        assert!(single <= 2 && summed >= 18, "of 20 with noise {noise}: single {single}, eight {summed}");
    }
}

#[test]
fn a_symbol_comes_after_another() {
    let mut numbers = Numbers(5);
    let (first, second) = (code(1), code(2));
    let mut tracks = Tracks::default();
    for _ in 0..6 {
        assert_eq!(seen(&mut tracks, &first, 0.1, &mut numbers), Some(first.clone()));
    }
    let later: Vec<_> = (0..8).map(|_| seen(&mut tracks, &second, 0.9, &mut numbers)).collect();
    assert!(!later.contains(&Some(first)), "{later:?}");
    assert_eq!(later.last(), Some(&Some(second)));
    assert_eq!(tracks.tracks.len(), 2);
}

#[test]
fn tracks_are_few_and_end() {
    let mut numbers = Numbers(3);
    let mut tracks = Tracks::default();
    for serial in 0..20 {
        seen(&mut tracks, &code(serial), 0.3, &mut numbers);
        assert!(tracks.tracks.len() <= MOST);
    }
    for _ in 0..=FORGOTTEN {
        tracks.add(&mut []);
    }
    assert!(tracks.tracks.is_empty());
}

#[test]
fn fixed_modules_are_those_of_every_symbol() {
    for serial in 0..8 {
        let symbol = Symbol::encode_plain(&code(serial)).expect("fits");
        let side = symbol.size();
        for (x, y) in (0..side * side).map(|at| (at % side, at / side)) {
            if let Some(dark) = fixed_module(Symbology::DataMatrix, side, side, x, y) {
                assert_eq!(symbol.dark(x, y), dark, "{x},{y} of {side}");
            }
        }
    }
    let finder = |y| (0..8).map(|x| fixed_module(Symbology::Qr, 21, 21, x, y)).collect::<Vec<_>>();
    assert_eq!(finder(3), [true, false, true, true, true, false, true, false].map(Some));
    assert_eq!(finder(7), [Some(false); 8]);
    assert_eq!(finder(10), [None; 8]);
    assert_eq!(fixed_module(Symbology::Qr, 21, 21, 20, 20), None);
    assert_eq!(fixed_module(Symbology::Qr, 21, 21, 20, 0), Some(true));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Two symbols in view, in any order and with any noise, never make a third, nor is one taken for the other.
    #[test]
    fn two_symbols_stay_two(
        first in 0_u32..1_000_000,
        other in 1_u32..1_000_000,
        order in prop::collection::vec(any::<bool>(), 1..24),
        noise in 0.1_f32..2.0,
        seed in 1_u64..,
    ) {
        let texts = [code(first), code((first + other) % 1_000_000)];
        let mut numbers = Numbers(seed);
        let mut tracks = Tracks::default();
        for which in order {
            let shown = &texts[usize::from(which)];
            if let Some(text) = seen(&mut tracks, shown, noise, &mut numbers) {
                prop_assert_eq!(&text, shown);
            }
        }
    }
}
