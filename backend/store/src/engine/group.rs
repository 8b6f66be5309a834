//! A group of documents on its way into one transaction.

use super::blocks::Base;
use super::pending::{Entries, Entry, entries};
use super::series::Known;
use crate::coding::block::BlockKey;
use crate::coding::log::Head;
use shared::act::Effect;
use shared::document::DocumentKind;
use shared::party::PartyId;
use shared::series::SeriesId;
use shared::state::DocumentNo;
use std::collections::{BTreeMap, HashMap};

/// What the documents of a group have done so far, seen by those that follow in it and by nobody else.
pub(crate) struct Group {
    /// The first document of the group.
    pub(crate) first: DocumentNo,
    /// Heads of the documents taken.
    pub(crate) heads: Vec<Head>,
    /// Their effects, by part.
    pub(crate) effects: BTreeMap<i64, Vec<(DocumentNo, Vec<Effect>)>>,
    /// The same by block.
    pub(crate) overlay: Entries,
    /// Series that are new or have grown.
    pub(crate) series: Known,
    /// Series that the document at hand needs, not yet written.
    pub(crate) drafts: Vec<(SeriesId, backend_ledger::Series)>,
    /// The number of the next new series, once asked for.
    pub(crate) next_series: Option<u32>,
    /// The last receipt of registers.
    pub(crate) senders: HashMap<u64, (u64, DocumentNo)>,
    /// Stored blocks read for this group.
    pub(crate) bases: HashMap<BlockKey, Base>,
    /// Blocks that the document at hand names, in order: what to read next.
    pub(crate) ahead: Vec<BlockKey>,
    /// Bodies as they were sent.
    pub(crate) bodies: Vec<(DocumentNo, String)>,
}

impl Group {
    pub(crate) fn new(first: DocumentNo) -> Self {
        Self {
            first,
            heads: Vec::new(),
            effects: BTreeMap::new(),
            overlay: Entries::default(),
            series: Known::default(),
            drafts: Vec::new(),
            next_series: None,
            senders: HashMap::new(),
            bases: HashMap::new(),
            ahead: Vec::new(),
            bodies: Vec::new(),
        }
    }

    /// The number of the next document.
    pub(crate) fn next(&self) -> DocumentNo {
        DocumentNo(self.first.0 + self.heads.len() as u64)
    }

    /// Takes a document in. Gives the parts in which it has effects.
    pub(crate) fn take(&mut self, number: DocumentNo, effects: Vec<Effect>, part_of: impl Fn(SeriesId) -> i64) -> u64 {
        for effect in &effects {
            for (key, entry) in entries(number, effect) {
                self.overlay.entry(key).or_default().push(entry);
            }
        }
        let mut parts = 0;
        let first_part = effects.first().map(|effect| part_of(effect.range.series));
        // One part is the usual case, and needs no second list.
        if let Some(part) = first_part
            && effects.iter().all(|effect| part_of(effect.range.series) == part)
        {
            self.effects.entry(part).or_default().push((number, effects));
            return 1 << part;
        }
        for effect in effects {
            let part = part_of(effect.range.series);
            parts |= 1 << part;
            let of_part = self.effects.entry(part).or_default();
            match of_part.last_mut() {
                Some((last, list)) if *last == number => list.push(effect),
                _ => of_part.push((number, vec![effect])),
            }
        }
        parts
    }

    /// What documents of this group have done to a unit.
    pub(crate) fn of_unit(&self, key: BlockKey, offset: u32, add: &mut Vec<Entry>) {
        if let Some(entries) = self.overlay.get(&key) {
            add.extend(entries.iter().filter(|entry| entry.touches(offset)));
        }
    }

    /// What a document of this group has done.
    pub(crate) fn document(&self, number: DocumentNo) -> Option<(DocumentKind, PartyId, Vec<Effect>)> {
        let at = self.heads.binary_search_by_key(&number, |head| head.document).ok()?;
        let head = self.heads.get(at)?;
        let mut all = Vec::new();
        for documents in self.effects.values() {
            if let Ok(at) = documents.binary_search_by_key(&number, |(document, _)| *document) {
                all.extend(documents.get(at).into_iter().flat_map(|(_, effects)| effects.iter().copied()));
            }
        }
        Some((head.kind, head.party, all))
    }
}
