//! Outlines of the codes in view, drawn over the picture, and buttons where the person has to choose.

use super::choose::{Choice, Track};
use super::meaning::Kind;
use crate::device::scanning::{Look, Quad, Stand, Symbology};
use crate::state::{Text, use_text};
use dioxus::prelude::*;

/// Least side of a place to tap, in CSS pixels (WCAG 2.2, success criterion 2.5.5).
const TOUCH: i32 = 44;

/// Room that a label takes above its code.
const LABEL: i32 = 28;

/// A square that is turned away so far that one side seems so many times another is not read either: what looks longer is a
/// place where a code may be, and its corners say nothing.
const LONGEST: f32 = 1.7;

/// A code in view, in whole CSS pixels of the screen.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Outline {
    corners: [(i32, i32); 4],
    /// What it is, if it was read.
    kind: Option<Kind>,
    /// The text to check when it is tapped, with what tells it from others.
    pick: Option<(String, (String, String))>,
}

/// What is drawn after a look.
pub(super) fn of(look: &Look, tracks: &[Track], choice: &Choice, stand: &Stand) -> Vec<Outline> {
    let shown = |corners: &[(f32, f32); 4]| {
        corners.map(|corner| {
            let (x, y) = stand.on_screen(corner);
            (x.round() as i32, y.round() as i32)
        })
    };
    let unread = look.seen.iter().filter(|seen| seen.symbology == Symbology::Bars || is_square(&seen.corners));
    let unread = unread.map(|seen| Outline { corners: shown(&seen.corners), kind: None, pick: None });
    let read = tracks.iter().map(|track| {
        let may_pick = *choice == Choice::Several && track.meaning.kind == Kind::Mark;
        let pick = track.meaning.name.clone().filter(|_| may_pick);
        Outline {
            corners: shown(&track.corners),
            kind: Some(track.meaning.kind),
            pick: pick.map(|name| (track.meaning.text.clone(), name)),
        }
    });
    unread.chain(read).collect()
}

/// Whether it may be a square seen aslant.
fn is_square(corners: &Quad) -> bool {
    let side = |at: usize| {
        let (from, to) = (corners[at], corners[(at + 1) % 4]);
        (from.0 - to.0).hypot(from.1 - to.1)
    };
    let (least, most) =
        (0..4).map(side).fold((f32::MAX, 0.0_f32), |(least, most), side| (least.min(side), most.max(side)));
    most <= least * LONGEST
}

impl Outline {
    fn points(&self) -> String {
        self.corners.iter().map(|(x, y)| format!("{x},{y} ")).collect()
    }

    /// Left, top, width and height of what holds it and is large enough to be tapped.
    fn place(&self) -> (i32, i32, i32, i32) {
        let range = |of: fn(&(i32, i32)) -> i32| {
            let least = self.corners.iter().map(of).min().unwrap_or_default();
            let most = self.corners.iter().map(of).max().unwrap_or_default();
            let side = (most - least).max(TOUCH);
            ((least + most - side) / 2, side)
        };
        let ((left, width), (top, height)) = (range(|corner| corner.0), range(|corner| corner.1));
        (left, top, width, height)
    }

    fn class(&self) -> &'static str {
        match self.kind {
            None => "outline",
            Some(Kind::Mark | Kind::Part) => "outline outline-mark",
            Some(_) => "outline outline-other",
        }
    }

    fn label(&self, text: Text) -> Option<String> {
        let kind = text.of(self.kind?.id());
        Some(match &self.pick {
            Some((_, (_, end))) => format!("{kind} …{end}"),
            None => kind,
        })
    }
}

/// The outlines. For a screen reader only those that can be chosen are there: the others are told in words below.
#[component]
pub(super) fn Outlines(outlines: Signal<Vec<Outline>>, onpick: EventHandler<String>) -> Element {
    let text = use_text();
    let all = outlines.read();
    rsx! {
        svg { class: "outlines", "aria-hidden": "true",
            for (at , one) in all.iter().enumerate() {
                polygon { key: "{at}", class: one.class(), points: one.points() }
            }
        }
        for one in all.iter() {
            if let Some((raw, (gtin, end))) = one.pick.clone() {
                button {
                    key: "{raw}",
                    r#type: "button",
                    class: "outline-pick",
                    left: "{one.place().0}px",
                    top: "{one.place().1}px",
                    width: "{one.place().2}px",
                    height: "{one.place().3}px",
                    "aria-label": text.with("scan-pick", &[("gtin", &gtin), ("end", &end)]),
                    onclick: move |event| {
                        event.stop_propagation();
                        onpick.call(raw.clone());
                    },
                }
            }
        }
        for (at , one) in all.iter().enumerate() {
            if let Some(label) = one.label(text) {
                span {
                    key: "{at}",
                    class: "outline-label",
                    "aria-hidden": "true",
                    left: "{one.place().0.max(4)}px",
                    top: "{(one.place().1 - LABEL).max(4)}px",
                    "{label}"
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_square_has_no_outline() {
        assert!(is_square(&[(10.0, 10.0), (110.0, 20.0), (100.0, 120.0), (0.0, 110.0)]));
        assert!(is_square(&[(0.0, 0.0), (100.0, 0.0), (90.0, 65.0), (10.0, 65.0)]), "turned away by half");
        assert!(!is_square(&[(-10.0, 171.0), (143.0, 156.0), (134.0, 370.0), (27.0, 371.0)]));
    }

    #[test]
    fn a_small_code_can_be_tapped_too() {
        let outline = |corners| Outline { corners, kind: None, pick: None };
        let small = outline([(100, 100), (120, 100), (120, 120), (100, 120)]);
        assert_eq!(small.place(), (88, 88, TOUCH, TOUCH));
        let large = outline([(10, 20), (110, 20), (110, 220), (10, 220)]);
        assert_eq!(large.place(), (10, 20, 100, 200));
        assert_eq!(small.points(), "100,100 120,100 120,120 100,120 ");
    }
}
