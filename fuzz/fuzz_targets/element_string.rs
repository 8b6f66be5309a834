//! What is read is what is printed, and an error lies inside the text.

#![no_main]

use gs1::{Ai, ElementString};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|raw: &str| {
    match ElementString::parse(raw) {
        Ok(code) => {
            assert_eq!(code.to_string(), raw);
            assert_eq!(ElementString::new(code.elements().iter().cloned()).as_ref(), Ok(&code));
            for element in code.elements() {
                assert_eq!(element.ai.as_str().parse::<Ai>(), Ok(element.ai));
            }
        }
        Err(error) => assert!(error.at <= raw.len()),
    }
});
