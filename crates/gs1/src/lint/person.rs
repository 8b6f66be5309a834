//! What stands in labels of people and parties: names, kinds, indexes.

use super::{Check, Fault, whole};
use crate::Charset;

/// `pcenc`: a percent sign is followed by two hexadecimal digits (RFC 3986 section 2.1).
pub(super) fn percent_encoding(data: &str) -> Check {
    for (at, _) in data.match_indices('%') {
        let two = data.as_bytes().get(at + 1..at + 3);
        if !two.is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit)) {
            return Err((at, Fault::InvalidPercentSequence));
        }
    }
    Ok(())
}

/// `iso5218`: sex: not known, male, female, not applicable.
pub(super) fn sex(data: &str) -> Check {
    whole(matches!(data, "0" | "1" | "2" | "9"), Fault::InvalidBiologicalSexCode)
}

/// `mediatype`: what carries the symbol; 80 to 99 are for use within a company.
pub(super) fn media_type(data: &str) -> Check {
    let number = data.parse::<u8>().ok().filter(|_| data.len() == 2);
    whole(number.is_some_and(|number| matches!(number, 1..=10 | 80..=99)), Fault::InvalidMediaType)
}

/// `importeridx`: one file-safe character that tells importers of a kind apart.
pub(super) fn importer_index(data: &str) -> Check {
    let mut characters = data.chars();
    let (Some(c), None) = (characters.next(), characters.next()) else {
        return Err((0, Fault::ImporterIdxMustBeOneCharacter));
    };
    whole(c != '=' && Charset::Set64.contains(c), Fault::InvalidImportIdxCharacter)
}
