//! Following the log: at start from the floor, later what other processes have written.

use super::log::{effects_from, heads_from};
use super::pending::{Entries, entries};
use super::{Engine, floor_of, log};
use crate::coding::log::{Head, Key};
use crate::db::Session;
use crate::{StoreError, tables};
use shared::document::DocumentKind;
use shared::state::DocumentNo;
use std::sync::PoisonError;
use std::sync::atomic::Ordering;

/// Entries published at once while the log is read.
const PUBLISH_AT: usize = 100_000;

impl Engine {
    /// The number of the next document, as far as the log has been read.
    pub(crate) fn next(&self) -> DocumentNo {
        self.position.lock().unwrap_or_else(PoisonError::into_inner).next
    }

    /// The last receipt of a register.
    pub(crate) fn sender(&self, sender: u64) -> Option<(u64, DocumentNo)> {
        self.senders.read().unwrap_or_else(PoisonError::into_inner).get(&sender).copied()
    }

    pub(super) fn load_senders(&self, session: &mut dyn Session) -> Result<(), StoreError> {
        let mut senders = self.senders.write().unwrap_or_else(PoisonError::into_inner);
        tables::sender::all(session, &mut |sender, number, document| {
            senders.insert(sender, (number, document));
        })
    }

    /// Reads what the log has beyond what was read. Gives the number after the last document of the session's snapshot.
    pub(crate) fn follow(&self, session: &mut dyn Session) -> Result<DocumentNo, StoreError> {
        let end = log::end(session)?;
        let mut position = self.position.lock().unwrap_or_else(PoisonError::into_inner);
        let from = position.next;
        if end <= from {
            return Ok(end);
        }
        let mut next = from;
        heads_from(session, from, &mut |heads| {
            self.note(heads);
            next = heads.last().map_or(next, |head| DocumentNo(head.document.0 + 1));
            Ok(())
        })?;
        for part in 0..self.parts.0 {
            let mut gathered = Entries::default();
            let mut count = 0;
            effects_from(session, i64::from(part), from, &mut |document, effect| {
                // The snapshot of a reader ends where its heads end.
                if document < next {
                    for (key, entry) in entries(document, &effect) {
                        gathered.entry(key).or_default().push(entry);
                        count += 1;
                    }
                }
                if count >= PUBLISH_AT {
                    self.pending.publish(std::mem::take(&mut gathered));
                    count = 0;
                }
                Ok(())
            })?;
            self.pending.publish(gathered);
        }
        position.next = next;
        position.floor = position.floor.max(floor_of(session)?);
        Ok(end)
    }

    fn note(&self, heads: &[Head]) {
        let mut senders = self.senders.write().unwrap_or_else(PoisonError::into_inner);
        let mut series_changed = false;
        for head in heads {
            if let Key::Counted { sender, number } = head.key {
                senders.insert(sender, (number, head.document));
            }
            series_changed |= matches!(
                head.kind,
                DocumentKind::RegisterProduct
                    | DocumentKind::OrderCodes
                    | DocumentKind::RegisterSerials
                    | DocumentKind::RecogniseSerials
                    | DocumentKind::Aggregate
            );
        }
        if series_changed {
            self.series.clear(heads.last().map_or(DocumentNo(0), |head| DocumentNo(head.document.0 + 1)));
        }
    }

    /// Takes over a group that this process has committed, unless a reader has followed it already.
    pub(super) fn publish(&self, group: super::group::Group) {
        let mut position = self.position.lock().unwrap_or_else(PoisonError::into_inner);
        let next = group.next();
        if position.next == group.first {
            let mut senders = self.senders.write().unwrap_or_else(PoisonError::into_inner);
            senders.extend(group.senders);
            drop(senders);
            self.series.update(group.series, next);
            self.pending.publish(group.overlay);
            position.next = next;
        }
    }

    /// Freezes what waits: its blocks in order, and the last document in it.
    pub(super) fn freeze(&self) -> (Vec<crate::coding::block::BlockKey>, DocumentNo) {
        let position = self.position.lock().unwrap_or_else(PoisonError::into_inner);
        let upto = DocumentNo(position.next.0 - 1);
        self.frozen.store(upto.0, Ordering::SeqCst);
        (self.pending.freeze(), upto)
    }

    /// All documents up to `floor` are folded.
    pub(super) fn raise_floor(&self, floor: DocumentNo) {
        let mut position = self.position.lock().unwrap_or_else(PoisonError::into_inner);
        position.floor = position.floor.max(floor);
    }

    /// Lets go of what another process has folded.
    pub(super) fn forget(&self) {
        self.await_readers();
        self.pending.forget(self.floor());
    }

    /// Lets go of what was folded.
    pub(super) fn thaw(&self) {
        self.await_readers();
        self.pending.thaw();
    }

    /// Receipts of registers since a document: what the table of senders lacks.
    pub(super) fn senders_since(&self, floor: DocumentNo) -> Vec<(u64, u64, DocumentNo)> {
        let senders = self.senders.read().unwrap_or_else(PoisonError::into_inner);
        let newer = senders.iter().filter(|(_, (_, document))| *document > floor);
        let mut newer: Vec<_> = newer.map(|(sender, (number, document))| (*sender, *number, *document)).collect();
        newer.sort_unstable();
        newer
    }

    pub(super) fn floor(&self) -> DocumentNo {
        self.position.lock().unwrap_or_else(PoisonError::into_inner).floor
    }
}
