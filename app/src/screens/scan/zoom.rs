//! Enlarging what is too small to be read, where the camera can.

use super::guide::MODULE;

/// Pixels a module that are aimed for.
const GOAL: f64 = 3.5;
/// More than this makes the code impossible to keep in view.
const MOST: f64 = 3.0;
/// So many looks must find it too small.
const LOOKS: u32 = 5;
/// With nothing in view for so long the picture is as wide as it was.
const LOST_MS: i64 = 3_000;

/// How much the camera enlarges, and who wanted it so.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Zoom {
    /// Times.
    pub(super) times: f64,
    /// The person has chosen: nothing is changed by itself then.
    pub(super) by_hand: bool,
}

impl Default for Zoom {
    fn default() -> Self {
        Self { times: 1.0, by_hand: false }
    }
}

/// Enlarges by itself.
#[derive(Default)]
pub(super) struct AutoZoom {
    small: u32,
    seen_at: i64,
}

impl AutoZoom {
    /// How much to enlarge after another look, if that is to change. `module` is in pixels as they are now, `range` what
    /// the camera can.
    pub(super) fn see(&mut self, module: Option<f32>, zoom: Zoom, range: (f64, f64), now: i64) -> Option<f64> {
        let Some(module) = module else {
            self.small = 0;
            let is_lost = !zoom.by_hand && zoom.times > 1.0 && now - self.seen_at > LOST_MS;
            return is_lost.then_some(range.0.max(1.0));
        };
        self.seen_at = now;
        self.small = if module < MODULE { self.small + 1 } else { 0 };
        if zoom.by_hand || self.small < LOOKS {
            return None;
        }
        self.small = 0;
        let wanted = (zoom.times * GOAL / f64::from(module)).ceil().min(MOST).clamp(range.0, range.1);
        (wanted > zoom.times).then_some(wanted)
    }
}

/// What the next press of the button sets: once, twice and three times as far as the camera can, then once again.
pub(super) fn next(times: f64, (least, most): (f64, f64)) -> f64 {
    let next = times.floor() + 1.0;
    if next > most.min(MOST) { least.max(1.0) } else { next }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_small_is_enlarged_and_what_is_lost_is_not() {
        let mut auto = AutoZoom::default();
        let once = Zoom::default();
        let mut wanted = None;
        for at in 0..10 {
            wanted = wanted.or(auto.see(Some(1.75), once, (1.0, 8.0), at * 33));
        }
        assert_eq!(wanted, Some(2.0));
        let twice = Zoom { times: 2.0, by_hand: false };
        assert_eq!(auto.see(None, twice, (1.0, 8.0), 1_000), None, "a moment");
        assert_eq!(auto.see(None, twice, (1.0, 8.0), 9_000), Some(1.0));
        for zoom in [Zoom { times: 1.0, by_hand: true }, Zoom { times: 3.0, by_hand: false }] {
            let mut auto = AutoZoom::default();
            assert!((0..90).all(|at| auto.see(Some(1.0), zoom, (1.0, 8.0), at * 33).is_none()), "{zoom:?}");
        }
    }

    #[test]
    fn the_button_goes_round() {
        assert_eq!([1.0, 2.0, 2.5, 3.0].map(|times| next(times, (1.0, 8.0))), [2.0, 3.0, 3.0, 1.0]);
        assert_eq!([1.0, 2.0].map(|times| next(times, (0.5, 2.0))), [2.0, 1.0]);
    }
}
