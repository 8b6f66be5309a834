//! A code read from a URI is printed as one that reads back to the same values.

#![no_main]

use gs1::digital_link::{parse, print};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|uri: &str| {
    let Ok(code) = parse(uri) else {
        return;
    };
    // A code with two keys may be printed under the other one, which may not take all the rest.
    let Ok(printed) = print(&code, "https://example.org") else {
        return;
    };
    let mut again = parse(&printed).expect("what is printed can be read").elements().to_vec();
    let mut all = code.elements().to_vec();
    again.sort_by_key(|element| element.ai);
    all.sort_by_key(|element| element.ai);
    assert_eq!(again, all);
});
