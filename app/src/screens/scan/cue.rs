//! What is heard while a code is sought: ticks that come faster and higher the nearer a code in view is to being read,
//! so that it can be found without looking.

use assets::Note;

/// Between two ticks, of a code that is far from being read and of one that nearly is.
const SLOW_MS: f32 = 800.0;
const FAST_MS: f32 = 220.0;
const LOW_HERTZ: f32 = 440.0;
const HIGH_HERTZ: f32 = 880.0;
const TICK_MS: u32 = 35;

/// Keeps the ticks apart.
#[derive(Default)]
pub(super) struct Ticks {
    last: i64,
}

impl Ticks {
    /// The tick that is due now, for a code so near to being read, from 0 to 1.
    pub(super) fn due(&mut self, nearness: f32, now: i64) -> Option<Note> {
        let between = SLOW_MS + (FAST_MS - SLOW_MS) * nearness;
        if ((now - self.last) as f32) < between {
            return None;
        }
        self.last = now;
        Some(Note { hertz: LOW_HERTZ + (HIGH_HERTZ - LOW_HERTZ) * nearness, millis: TICK_MS })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearer_is_faster_and_higher() {
        let count = |nearness| {
            let mut ticks = Ticks::default();
            (1..=100).filter_map(|at| ticks.due(nearness, at * 33)).collect::<Vec<_>>()
        };
        let (far, near) = (count(0.1), count(1.0));
        assert!(near.len() > 2 * far.len(), "{} and {}", near.len(), far.len());
        assert!(near[0].hertz > far[0].hertz);
    }
}
