//! Readings are few, differ, begin with the exact one, and are the same each time.

#![no_main]

use gs1::reading::{MAX_CANDIDATES, candidates, frame};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|raw: &str| {
    let found = candidates(raw);
    assert!((1..=MAX_CANDIDATES).contains(&found.len()));
    for (place, candidate) in found.iter().enumerate() {
        assert_eq!(place == 0, candidate.repairs.is_empty());
        assert!(found[..place].iter().all(|other| other.text != candidate.text));
    }
    assert_eq!(candidates(raw), found);
    let frame = frame(raw);
    assert!(frame.append.is_none_or(|append| append.position <= append.total));
});
