//! What is read from brackets is an element string, and goes back into brackets.

#![no_main]

use gs1::ElementString;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|hri: &str| {
    match ElementString::parse_bracketed(hri) {
        Ok(code) => {
            assert_eq!(ElementString::parse(&code.to_string()).as_ref(), Ok(&code));
            // A bracket inside a value is written as `\(`, which `hri` does not do.
            if code.elements().iter().all(|element| !element.value.contains('(')) {
                assert_eq!(ElementString::parse_bracketed(&code.hri()), Ok(code));
            }
        }
        Err(error) => assert!(error.at <= hri.len()),
    }
});
