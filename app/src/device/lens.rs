//! Which of several cameras to scan with, as far as their names tell: the main one at the back comes first.

/// A camera as the platform lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Lens {
    /// Its id.
    pub(crate) id: String,
    /// Its name, in the language of the system.
    pub(crate) label: String,
}

/// Looks at the person, not at the goods.
const FRONT: [&str; 6] = ["front", "user", "selfie", "facetime", "передн", "алдыңғы"];
/// Cannot focus on what is near, or sees no grey levels as they are.
const POOR: [&str; 9] = ["ultra", "tele", "depth", "infrared", "ir camera", "wide-angle", "ультра", "теле", "глубин"];
/// One name for several cameras of a phone, which chooses among them by itself and so can come close.
const TOGETHER: [&str; 5] = ["dual", "triple", "двойн", "тройн", "қос"];
/// The first of those that an Android phone numbers.
const FIRST: [&str; 2] = ["camera2 0,", "camera 0,"];
/// Looks away from the person.
const BACK: [&str; 5] = ["back", "rear", "environment", "задн", "артқы"];

/// The cameras, best first. Those at the front are left out if there are others.
pub(crate) fn best_first(lenses: Vec<Lens>) -> Vec<Lens> {
    let of = |wanted: Rank| lenses.iter().filter(move |lens| rank(&lens.label) == wanted).cloned();
    let others: Vec<_> = [Rank::Best, Rank::Back, Rank::Unknown, Rank::Poor].into_iter().flat_map(of).collect();
    if others.is_empty() { lenses } else { others }
}

/// Whether a camera of this name is worth a look at another one.
pub(crate) fn is_poor(label: &str) -> bool {
    rank(label) >= Rank::Poor
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Best,
    Back,
    Unknown,
    Poor,
    Front,
}

fn rank(label: &str) -> Rank {
    let label = label.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| holds(&label, word));
    if has(&FRONT) {
        Rank::Front
    } else if has(&TOGETHER) || has(&FIRST) {
        // "Back Dual Wide Camera" is the main camera and the ultra-wide one under one name.
        Rank::Best
    } else if has(&POOR) {
        Rank::Poor
    } else if has(&BACK) {
        Rank::Back
    } else {
        Rank::Unknown
    }
}

/// Once in the program, not once for each list.
#[inline(never)]
fn holds(label: &str, word: &str) -> bool {
    label.contains(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_main_camera_at_the_back_comes_first() {
        for (labels, expected) in [
            // An Android phone, as Chromium lists it.
            (
                &["camera2 1, facing front", "camera2 2, facing back", "camera2 0, facing back"][..],
                &["camera2 0, facing back", "camera2 2, facing back"][..],
            ),
            // A phone of Apple, in English and in Russian.
            (
                &["Front Camera", "Back Ultra Wide Camera", "Back Camera", "Back Triple Camera"],
                &["Back Triple Camera", "Back Camera", "Back Ultra Wide Camera"],
            ),
            (
                &["Передняя камера", "Задняя сверхширокоугольная (ультра)", "Задняя камера"],
                &["Задняя камера", "Задняя сверхширокоугольная (ультра)"],
            ),
            // A computer has one that looks at the person, and it will do.
            (&["FaceTime HD Camera"], &["FaceTime HD Camera"]),
            (&["USB 2.0 Camera", "Integrated Front Camera"], &["USB 2.0 Camera"]),
            (&[], &[]),
        ] {
            let lenses = labels.iter().map(|label| Lens { id: String::new(), label: (*label).to_owned() }).collect();
            let ordered: Vec<_> = best_first(lenses).into_iter().map(|lens| lens.label).collect();
            assert_eq!(ordered, expected);
        }
        assert!(is_poor("Back Ultra Wide Camera") && !is_poor("Back Dual Wide Camera") && !is_poor(""));
    }
}
