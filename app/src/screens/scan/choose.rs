//! Which of the codes in a picture is meant.

use crate::device::Found;
use shared::code::{Reading, Secrets, read};
use shared::seal::KeySet;

/// A text that is no mark is believed only after so many pictures: an advertisement's QR beside the mark comes into view
/// first now and then.
const PATIENCE: u32 = 12;

/// A cut code is believed only when it is seen again: in a single picture it may be a misreading.
const SECOND_LOOK: u32 = 2;

/// Chooses over several pictures.
#[derive(Default)]
pub(super) struct Chooser {
    last: Option<String>,
    seen: u32,
}

impl Chooser {
    /// The text to check, once there is no doubt what is meant.
    pub(super) fn see(&mut self, found: Vec<Found>, keys: &KeySet) -> Option<String> {
        let (rank, best) = best(found, keys)?;
        if self.last.as_ref() == Some(&best) {
            self.seen += 1;
        } else {
            self.seen = 1;
        }
        let needed = match rank {
            Rank::Mark => 1,
            Rank::Part => SECOND_LOOK,
            Rank::Other => PATIENCE,
        };
        self.last = Some(best.clone());
        (self.seen >= needed).then_some(best)
    }
}

/// The best text of a picture that is not followed by another.
pub(super) fn at_once(found: Vec<Found>, keys: &KeySet) -> Option<String> {
    best(found, keys).map(|(_, text)| text)
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Other,
    Part,
    Mark,
}

fn best(found: Vec<Found>, keys: &KeySet) -> Option<(Rank, String)> {
    let ranked = found.into_iter().map(|found| {
        let rank = match read(&found.text, keys, &Secrets::default()).reading {
            Reading::Mark(_) | Reading::Foreign(_) => Rank::Mark,
            Reading::Incomplete { .. } => Rank::Part,
            Reading::NotAMark(_) => Rank::Other,
        };
        (rank, found.gs1, found.text)
    });
    ranked.max_by_key(|(rank, gs1, _)| (*rank, *gs1)).map(|(rank, _, text)| (rank, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MARK: &str = "010487000123456021300000000000A\u{1d}91KZ01\u{1d}92";

    fn found(text: &str) -> Found {
        Found { text: text.to_owned(), gs1: text.starts_with("01") }
    }

    fn no_keys() -> KeySet {
        KeySet { version: 0, issued_at: 0, keys: Vec::new(), report_key: [0; 32] }
    }

    #[test]
    fn a_mark_beside_an_advertisement_is_what_is_meant() {
        let mark = format!("{MARK}{}", "a".repeat(83));
        let mut chooser = Chooser::default();
        assert_eq!(chooser.see(vec![found("https://example.com")], &no_keys()), None);
        let both = vec![found("https://example.com"), found(&mark)];
        assert_eq!(chooser.see(both, &no_keys()), Some(mark));
    }

    #[test]
    fn an_advertisement_alone_is_believed_in_the_end() {
        let mut chooser = Chooser::default();
        let mut looks = 0;
        while chooser.see(vec![found("https://example.com")], &no_keys()).is_none() {
            looks += 1;
        }
        assert_eq!(looks, PATIENCE - 1);
        assert!(at_once(vec![found("text")], &no_keys()).is_some());
        assert!(at_once(Vec::new(), &no_keys()).is_none());
    }
}
