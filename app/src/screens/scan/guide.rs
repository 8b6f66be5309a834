//! What to say to the person, from what was measured: one thing at a time, and not another one every moment.

use super::choose::Choice;
use super::meaning::Kind;
use crate::device::scanning::{Look, Seen, Stand};

/// Pixels that a module needs; with fewer, neighbours run together.
pub(super) const MODULE: f32 = 2.5;
/// Modules a side that a mark has at least, in the profiles of 36 and 40. What is not read does not tell its size for
/// certain, and a small symbol looks like one of few modules.
const MODULES: f32 = 36.0;
/// A symbol that fills more than this share of the shorter side is too near: its quiet zone is cut and its middle blurred.
const FILLS: f32 = 0.85;
/// Below this an edge is wider than a module.
const SHARP: f32 = 0.35;
/// Modules so large are blurred because the camera cannot focus so near, not because the hand shakes.
const LARGE: f32 = 12.0;
/// Share of a symbol that may be burnt out: the light half of a well lit one may be, by itself.
const SHINE: f32 = 0.55;
/// The same of the middle of the picture, where no symbol is seen.
const BURNT: f32 = 0.3;
/// Mean levels below this are night to a camera.
const NIGHT: f32 = 40.0;
/// Levels between dark and light, as a share, that are lost in noise when there is little light.
const PALE: f32 = 0.12;
const DUSK: f32 = 90.0;
/// Share of the picture's side within which a corner is at its edge.
const EDGE: f32 = 0.01;
/// Symbols farther from the middle are not what the person means.
const FAR: f32 = 2.5;

/// A message stays for so long.
const STAY_MS: i64 = 1_200;
/// Of so many looks…
const LOOKS: usize = 6;
/// …so many must agree.
const AGREED: usize = 4;

/// What to do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Advice {
    /// Find a code.
    #[default]
    Aim,
    /// It is too small.
    Closer,
    /// It is too near.
    Back,
    /// It is blurred.
    Still,
    /// It shines.
    Tilt,
    /// There is too little light.
    Dark,
    /// It is cut off by the edge.
    Inside,
    /// There are several marks.
    Several,
    /// This is a plain barcode.
    Barcode,
    /// This is another code.
    Other,
}

impl Advice {
    /// Id of its words.
    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::Aim => "scan-hint",
            Self::Closer => "scan-closer",
            Self::Back => "scan-back",
            Self::Still => "scan-still",
            Self::Tilt => "scan-tilt",
            Self::Dark => "scan-dark",
            Self::Inside => "scan-inside",
            Self::Several => "scan-several",
            Self::Barcode => "scan-barcode",
            Self::Other => "scan-other",
        }
    }
}

/// The code in view that is meant, if one is there and was not read.
pub(super) fn aimed<'look>(look: &'look Look, stand: &Stand) -> Option<&'look Seen> {
    let near =
        look.seen.iter().map(|seen| (stand.distance(&seen.corners), seen)).filter(|(distance, _)| *distance <= FAR);
    near.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, seen)| seen)
}

/// What a look asks for.
pub(super) fn measure(look: &Look, choice: &Choice, stand: &Stand) -> Advice {
    let light = look.light.unwrap_or(f32::MAX);
    match (choice, aimed(look, stand)) {
        (Choice::Several, _) => Advice::Several,
        (_, Some(seen)) => of_symbol(seen, light, stand),
        (Choice::Other(Kind::Barcode), None) => Advice::Barcode,
        (Choice::Other(_), None) => Advice::Other,
        (_, None) if light < NIGHT => Advice::Dark,
        (_, None) if look.glare > BURNT => Advice::Tilt,
        (_, None) => Advice::Aim,
    }
}

/// What hinders most comes first: no light, size, a cut edge, shine, and only then the hand.
fn of_symbol(seen: &Seen, light: f32, stand: &Stand) -> Advice {
    if light < NIGHT || (seen.contrast < PALE && light < DUSK) {
        Advice::Dark
    } else if side(seen) > FILLS * stand.picture.0.min(stand.picture.1) {
        Advice::Back
    } else if is_cut(seen, stand) {
        Advice::Inside
    } else if module(seen) < MODULE {
        Advice::Closer
    } else if seen.glare > SHINE {
        Advice::Tilt
    } else if seen.sharpness < SHARP && module(seen) > LARGE {
        Advice::Back
    } else {
        Advice::Still
    }
}

/// The longest side of a symbol, in pixels of the picture.
fn side(seen: &Seen) -> f32 {
    let corner = |at: usize| seen.corners[at % 4];
    (0..4).map(|at| (corner(at).0 - corner(at + 1).0).hypot(corner(at).1 - corner(at + 1).1)).fold(0.0, f32::max)
}

/// Pixels a module, if it is a mark.
pub(super) fn module(seen: &Seen) -> f32 {
    seen.module.min(side(seen) / MODULES)
}

/// Whether the edge of the picture or of the screen cuts it.
fn is_cut(seen: &Seen, stand: &Stand) -> bool {
    let inside = |at: f32, length: f32| at > length * EDGE && at < length * (1.0 - EDGE);
    seen.corners.iter().any(|&corner| {
        let shown = stand.on_screen(corner);
        !(inside(corner.0, stand.picture.0)
            && inside(corner.1, stand.picture.1)
            && inside(shown.0, stand.shown.0)
            && inside(shown.1, stand.shown.1))
    })
}

/// How near a code is to being read, from 0 to 1: what a person hears who does not see it.
pub(super) fn nearness(seen: &Seen) -> f32 {
    let size = (module(seen) / (1.5 * MODULE)).clamp(0.0, 1.0);
    size * (0.4 + 0.6 * seen.sharpness.clamp(0.0, 1.0))
}

/// Holds a message until another one is certain.
#[derive(Default)]
pub(super) struct Guide {
    shown: Advice,
    since: Option<i64>,
    recent: Vec<Advice>,
}

impl Guide {
    /// What to say after another look.
    pub(super) fn see(&mut self, measured: Advice, now: i64) -> Advice {
        if self.recent.len() == LOOKS {
            self.recent.remove(0);
        }
        self.recent.push(measured);
        let agreed = self.recent.iter().filter(|advice| **advice == measured).count() >= AGREED;
        let since = *self.since.get_or_insert(now);
        if measured != self.shown && agreed && now - since >= STAY_MS {
            (self.shown, self.since) = (measured, Some(now));
        }
        self.shown
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device::scanning::Symbology;
    use locales::Locale;

    const STAND: Stand = Stand { picture: (720.0, 1280.0), shown: (360.0, 640.0), aim: (180.0, 320.0), reach: 120.0 };

    fn seen(module: f32, at: (f32, f32)) -> Seen {
        let half = module * 20.0;
        let corners = [(-half, -half), (half, -half), (half, half), (-half, half)].map(|(x, y)| (at.0 + x, at.1 + y));
        Seen { symbology: Symbology::DataMatrix, corners, module, sharpness: 0.8, contrast: 0.6, glare: 0.0 }
    }

    fn look(seen: Vec<Seen>, light: f32) -> Look {
        Look { seen, light: Some(light), ..Look::default() }
    }

    #[test]
    fn what_hinders_most_is_said() {
        let middle = (360.0, 640.0);
        let good = seen(4.0, middle);
        for (look, choice, advice) in [
            (look(Vec::new(), 120.0), Choice::Nothing, Advice::Aim),
            (look(Vec::new(), 12.0), Choice::Nothing, Advice::Dark),
            (Look { glare: 0.5, ..look(Vec::new(), 200.0) }, Choice::Nothing, Advice::Tilt),
            (look(vec![seen(1.6, middle)], 120.0), Choice::Nothing, Advice::Closer),
            (look(vec![seen(17.0, middle)], 120.0), Choice::Nothing, Advice::Back),
            (look(vec![seen(4.0, (60.0, 640.0))], 120.0), Choice::Nothing, Advice::Inside),
            (look(vec![Seen { glare: 0.7, ..good.clone() }], 120.0), Choice::Nothing, Advice::Tilt),
            (look(vec![Seen { sharpness: 0.1, ..good.clone() }], 120.0), Choice::Nothing, Advice::Still),
            (look(vec![Seen { sharpness: 0.1, ..seen(13.0, middle) }], 120.0), Choice::Nothing, Advice::Back),
            // A blurred mark taken for one of fewer modules.
            (look(vec![Seen { sharpness: 0.1, module: 14.0, ..good.clone() }], 120.0), Choice::Nothing, Advice::Still),
            (look(vec![Seen { contrast: 0.05, ..good.clone() }], 70.0), Choice::Nothing, Advice::Dark),
            (look(vec![good.clone()], 20.0), Choice::Nothing, Advice::Dark),
            (look(vec![good], 120.0), Choice::Several, Advice::Several),
            (look(Vec::new(), 120.0), Choice::Other(Kind::Barcode), Advice::Barcode),
            (look(Vec::new(), 120.0), Choice::Other(Kind::Website), Advice::Other),
        ] {
            assert_eq!(measure(&look, &choice, &STAND), advice, "{look:?}");
            assert!(Locale::ALL.iter().all(|locale| locale.has(advice.id())), "{}", advice.id());
        }
    }

    #[test]
    fn the_nearest_to_the_middle_is_what_is_spoken_of() {
        let two = look(vec![seen(1.0, (360.0, 200.0)), seen(3.0, (360.0, 700.0))], 120.0);
        assert_eq!(aimed(&two, &STAND).map(|seen| seen.module), Some(3.0));
        assert_eq!(aimed(&look(vec![seen(1.0, (360.0, 10.0))], 120.0), &STAND), None);
        assert!(nearness(&seen(1.5, (0.0, 0.0))) < nearness(&seen(3.0, (0.0, 0.0))));
    }

    #[test]
    fn a_message_stays_and_needs_more_than_one_look() {
        let mut guide = Guide::default();
        let mut now = 0;
        let mut changes = Vec::new();
        let mut last = (guide.see(Advice::Aim, now), now);
        // Each look says something else: nothing of it is said.
        for at in 0..300 {
            now += 33;
            let advice = guide.see(if at % 2 == 0 { Advice::Closer } else { Advice::Still }, now);
            assert_eq!(advice, Advice::Aim);
        }
        for at in 0..300 {
            now += 33;
            let advice = guide.see(if (at / 10) % 2 == 0 { Advice::Closer } else { Advice::Still }, now);
            if advice != last.0 {
                changes.push(now - last.1);
                last = (advice, now);
            }
        }
        assert!(changes.len() > 3 && changes[1..].iter().all(|stayed| *stayed >= STAY_MS), "{changes:?}");
    }
}
