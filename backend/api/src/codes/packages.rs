//! The texts of packages.

use shared::gs1::reading::candidates;
use shared::gs1::{ElementString, Sscc};
use shared::refusal::{Refusal, RefusalCode};
use shared::series::PackageId;

/// Longest text that is read as an SSCC, in bytes.
const TEXT_LIMIT: usize = 64;

/// The package that a text names: an SSCC of 18 digits, or an element string in any notation that holds one (AI 00).
pub(crate) fn package_of(text: &str) -> Result<PackageId, Refusal> {
    let unreadable = || Refusal::new(RefusalCode::FieldInvalid).with("field", "SSCC").with("reason", "18 × 0-9");
    if text.len() > TEXT_LIMIT {
        return Err(unreadable());
    }
    if let Ok(sscc) = text.parse::<Sscc>() {
        return Ok(PackageId::of(sscc));
    }
    let of_elements = |text: &str| ElementString::parse(text).ok()?.get("00")?.parse::<Sscc>().ok();
    let sscc = candidates(text).into_iter().find_map(|candidate| of_elements(&candidate.text));
    sscc.map(PackageId::of).ok_or_else(unreadable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_is_named_by_digits_or_by_an_element_string() {
        let package = package_of("048704020000000016").unwrap();
        for text in
            ["00048704020000000016", "(00)048704020000000016", "]C100048704020000000016", "]d200048704020000000016"]
        {
            assert_eq!(package_of(text), Ok(package), "{text}");
        }
        for text in ["", "048704020000000017", "04870402000000001", "0104870402000016", "00", &"0".repeat(65), "٠"] {
            assert!(package_of(text).is_err(), "{text}");
        }
    }
}
