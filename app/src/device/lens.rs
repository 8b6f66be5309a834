//! Which of several cameras to scan with, as far as their names tell: the main one at the back comes first. Names and ids
//! are told only after the person has agreed to one.

use super::CameraError;

/// A camera as the platform lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Lens {
    /// Its id.
    pub(crate) id: String,
    /// Its name, in the language of the system.
    pub(crate) label: String,
}

/// How many cameras are tried before the best by name is taken.
const TRIES: usize = 3;

/// The cameras of a platform.
pub(crate) trait Cameras {
    /// One that is open.
    type Opened;

    /// Opens the one with this id, or the one behind the phone.
    async fn open(&self, id: Option<&str>) -> Result<Self::Opened, CameraError>;

    /// All of them.
    async fn lenses(&self) -> Vec<Lens>;

    /// Whether its focus follows what it sees; nothing if it does not tell.
    fn follows(&self, opened: &Self::Opened) -> Option<bool>;

    /// Its name.
    fn label(&self, opened: &Self::Opened) -> String;

    /// Closes one that is not wanted: many phones cannot have two of their cameras open.
    fn close(&self, opened: Self::Opened);
}

/// Opens the wanted camera if it is there; or the one behind the phone, and in its place another one if it cannot see what
/// is near. With it come those to choose from, best first.
pub(crate) async fn open<C: Cameras>(cameras: &C, wanted: Option<&str>) -> Result<(C::Opened, Vec<Lens>), CameraError> {
    if let Some(id) = wanted
        // Ids change when the person clears what the page keeps.
        && let Ok(opened) = cameras.open(Some(id)).await
    {
        return Ok((opened, lenses(cameras).await));
    }
    let opened = cameras.open(None).await?;
    let lenses = lenses(cameras).await;
    // Nothing speaks against it: its focus follows, or it does not tell and is no special one by its name.
    let sees_near = |opened: &C::Opened| cameras.follows(opened).unwrap_or_else(|| !is_poor(&cameras.label(opened)));
    if lenses.len() < 2 || sees_near(&opened) {
        return Ok((opened, lenses));
    }
    cameras.close(opened);
    for lens in lenses.iter().take(TRIES) {
        if let Ok(opened) = cameras.open(Some(&lens.id)).await {
            if sees_near(&opened) {
                return Ok((opened, lenses));
            }
            cameras.close(opened);
        }
    }
    let best = lenses.first().map(|lens| lens.id.as_str());
    Ok((cameras.open(best).await?, lenses))
}

async fn lenses(cameras: &impl Cameras) -> Vec<Lens> {
    best_first(cameras.lenses().await.into_iter().filter(|lens| !lens.id.is_empty()).collect())
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
fn best_first(lenses: Vec<Lens>) -> Vec<Lens> {
    let of = |wanted: Rank| lenses.iter().filter(move |lens| rank(&lens.label) == wanted).cloned();
    let others: Vec<_> = [Rank::Best, Rank::Back, Rank::Unknown, Rank::Poor].into_iter().flat_map(of).collect();
    if others.is_empty() { lenses } else { others }
}

/// Whether a camera of this name is worth a look at another one.
fn is_poor(label: &str) -> bool {
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
    use core::future::Future;
    use core::task::{Context, Poll, Waker};
    use std::cell::RefCell;

    /// A phone: names of its cameras, whether their focus follows, and what was done to them.
    struct Phone {
        cameras: Vec<(&'static str, Option<bool>)>,
        /// The one that it opens when none is named.
        behind: usize,
        done: RefCell<Vec<String>>,
    }

    impl Cameras for Phone {
        type Opened = usize;

        async fn open(&self, id: Option<&str>) -> Result<usize, CameraError> {
            let index = match id {
                None => Some(self.behind),
                Some(id) => self.cameras.iter().position(|(label, _)| *label == id),
            };
            self.done.borrow_mut().push(format!("open {}", id.unwrap_or("any")));
            index.filter(|&index| index < self.cameras.len()).ok_or(CameraError::Missing)
        }

        async fn lenses(&self) -> Vec<Lens> {
            let lens = |&(label, _): &(&str, _)| Lens { id: label.to_owned(), label: label.to_owned() };
            self.cameras.iter().map(lens).chain([Lens { id: String::new(), label: "not told".to_owned() }]).collect()
        }

        fn follows(&self, &opened: &usize) -> Option<bool> {
            self.cameras[opened].1
        }

        fn label(&self, &opened: &usize) -> String {
            self.cameras[opened].0.to_owned()
        }

        fn close(&self, opened: usize) {
            self.done.borrow_mut().push(format!("close {}", self.cameras[opened].0));
        }
    }

    /// Nothing here waits.
    fn at_once<T>(future: impl Future<Output = T>) -> T {
        match core::pin::pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(value) => value,
            Poll::Pending => panic!("it waits"),
        }
    }

    #[test]
    fn one_that_sees_what_is_near_is_opened() {
        let three = [("back ultra", None), ("back", Some(true)), ("camera 0, back", Some(false))];
        for (cameras, behind, wanted, expected, done) in [
            // The wanted one, or what there is if it has gone.
            (&three[..], 1, Some("back ultra"), Ok("back ultra"), "open back ultra"),
            (&three[..], 1, Some("gone"), Ok("back"), "open gone, open any"),
            // One that is no good is closed before others are tried, the best by name first.
            (
                &three[..],
                0,
                None,
                Ok("back"),
                "open any, close back ultra, open camera 0, back, close camera 0, back, open back",
            ),
            // Of several that are no good the best by name.
            (
                &[("back ultra", None), ("back tele", None)],
                0,
                None,
                Ok("back ultra"),
                "open any, close back ultra, open back ultra, close back ultra, open back tele, close back tele, open back ultra",
            ),
            // A phone with one has no choice.
            (&[("back ultra", Some(false))], 0, None, Ok("back ultra"), "open any"),
            (&[], 0, None, Err(CameraError::Missing), "open any"),
        ] {
            let phone = Phone { cameras: cameras.to_vec(), behind, done: RefCell::default() };
            let opened = at_once(open(&phone, wanted)).map(|(opened, _)| phone.cameras[opened].0);
            assert_eq!((opened, phone.done.take().join(", ")), (expected, done.to_owned()));
        }
    }

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
