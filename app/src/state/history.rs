//! Earlier checks: on the phone only, the last hundred, and none if the person does not want them.

use super::Entry;
use crate::device::storage;

const NAME: &str = "tanba.history";

/// How many checks are kept.
pub(crate) const HISTORY_LIMIT: usize = 100;

/// Adds a check in front; the same code checked again replaces its earlier check.
pub(super) fn add(all: &mut Vec<Entry>, entry: Entry) {
    all.retain(|old| old.raw != entry.raw && old.id != entry.id);
    all.insert(0, entry);
    all.truncate(HISTORY_LIMIT);
}

/// Reads what was kept; checks kept by another version of the app that cannot be read are dropped one by one.
pub(super) fn load() -> Vec<Entry> {
    let all = storage::get(NAME).and_then(|text| serde_json::from_str::<Vec<serde_json::Value>>(&text).ok());
    all.unwrap_or_default().into_iter().filter_map(|entry| serde_json::from_value(entry).ok()).collect()
}

/// Keeps them, as far as the phone allows.
pub(super) fn store(all: &[Entry]) {
    if let Ok(text) = serde_json::to_string(all) {
        let _ = storage::set(NAME, &text);
    }
}

/// Forgets them.
pub(super) fn clear() {
    storage::remove(NAME);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::Answer;
    use shared::date::Timestamp;
    use shared::wire::v1::check::CodeBody;

    fn entry(id: u64, raw: &str) -> Entry {
        let answer = Answer::NeedsNetwork { code: CodeBody::default(), tail: None };
        Entry { id, raw: raw.to_owned(), at: Timestamp(0), offline: true, answer }
    }

    #[test]
    fn the_newest_hundred_are_kept_and_each_code_once() {
        let mut all = Vec::new();
        for id in 0..150 {
            add(&mut all, entry(id, &format!("code {id}")));
        }
        assert_eq!(all.len(), HISTORY_LIMIT);
        add(&mut all, entry(200, "code 120"));
        assert_eq!(all.len(), HISTORY_LIMIT);
        assert_eq!(all[0].id, 200);
        assert_eq!(all.iter().filter(|entry| entry.raw == "code 120").count(), 1);
    }
}
