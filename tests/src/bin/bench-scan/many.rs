//! Texts that are not there, looked for in as many frames as a shop sees in an hour.

use std::sync::atomic::{AtomicUsize, Ordering};

use ::tests::row::Row;

use crate::scene::Set;

/// Frames of every class in turn, a third of them empty; all are drawn here and none is kept.
pub(crate) fn rows(frames: usize, seed: u64) -> Vec<Row> {
    let classes: Vec<(Set, &str)> =
        Set::ALL.into_iter().flat_map(|set| set.classes().into_iter().map(move |class| (set, class))).collect();
    let empty: Vec<(Set, &str)> = classes.iter().copied().filter(|(set, _)| *set == Set::Empty).collect();
    let (next, wrong) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let work = || {
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= frames {
                break;
            }
            let list = if number % 3 == 0 { &empty } else { &classes };
            let ((set, class), index) = (list[number / 3 % list.len()], number);
            let (levels, code) = set.frame(class, seed, index);
            for found in scan::read_luma(1280, 720, &levels) {
                if code.as_ref().is_none_or(|code| code.text != found.text) {
                    println!("wrong: {set:?} {class} {index} gives {:?}", found.text);
                    wrong.fetch_add(1, Ordering::Relaxed);
                }
            }
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| (0..threads).for_each(|_| drop(scope.spawn(work))));
    let wrong = wrong.into_inner() as f64;
    vec![Row::new(format!("wrong texts in {frames} frames"), wrong, "texts").at_most(0.0)]
}
