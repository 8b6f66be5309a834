//! The book as the ledger sees it while it decides: what is committed, and what the group has done before.

use super::Engine;
use super::blocks::{self, Base};
use super::contents;
use super::group::Group;
use super::log;
use super::many::{EACH, READERS};
use crate::coding::block::BlockKey;
use crate::db::Session;
use crate::{StoreError, tables};
use backend_ledger::{Book, Party, Series, Shipment};
use shared::act::{Act, Effect, Event};
use shared::block::{BLOCK_LEN, place_of};
use shared::date::{Date, Timestamp};
use shared::document::{DocumentKind, Items, ShipmentState};
use shared::gs1::Gtin;
use shared::party::PartyId;
use shared::series::{PackageId, Range, SeriesId, SeriesKind};
use shared::state::{DocumentNo, UnitState};
use std::sync::Arc;

/// Blocks read in one go when a document names many.
const READ_AHEAD: usize = 512;

/// The book of one decision.
pub(crate) struct GroupBook<'a> {
    pub(crate) engine: &'a Engine,
    pub(crate) session: &'a mut dyn Session,
    pub(crate) group: &'a mut Group,
}

impl GroupBook<'_> {
    /// A stored block, read with those that the document will ask for next.
    fn base(&mut self, key: BlockKey) -> Result<Base, StoreError> {
        if let Some(base) = self.group.bases.get(&key) {
            return Ok(base.clone());
        }
        let from = self.group.ahead.partition_point(|ahead| *ahead < key);
        let named = self.group.ahead.get(from..).unwrap_or_default();
        let keys: Vec<BlockKey> = match named.first() {
            Some(first) if *first == key => named.iter().take(READ_AHEAD).copied().collect(),
            _ => vec![key],
        };
        if self.group.bases.len() > 2 * READ_AHEAD && keys.len() == READ_AHEAD {
            // A large document goes through its blocks once, in order.
            self.group.bases.clear();
        }
        read_many(self.engine, self.session, &keys, &mut self.group.bases)?;
        Ok(self.group.bases.get(&key).cloned().flatten())
    }

    fn unit(&mut self, series: SeriesId, number: u64) -> Result<Vec<Event>, StoreError> {
        let (block, offset) = place_of(number);
        let key = BlockKey { series, block: block as u32 };
        let mut waiting = self.engine.pending.of_unit(key, offset);
        self.group.of_unit(key, offset, &mut waiting);
        let base = self.base(key)?;
        blocks::unit(key, base.as_deref(), &waiting, offset).map_err(|damage| self.engine.damaged(key, damage))
    }

    /// States of several units of one block.
    fn part(&mut self, range: Range, each: &mut dyn FnMut(Range, &UnitState)) -> Result<(), StoreError> {
        let (block, first) = place_of(range.first);
        let key = BlockKey { series: range.series, block: block as u32 };
        let mut waiting = self.engine.pending.of(key);
        waiting.extend(self.group.overlay.get(&key).into_iter().flatten());
        let base = self.base(key)?;
        if base.is_none() && waiting.is_empty() {
            each(range, &UnitState::EMITTED);
            return Ok(());
        }
        let opened = blocks::open(key, base.as_deref(), &waiting);
        let opened = opened.map_err(|damage| self.engine.damaged(key, damage))?;
        let mut history = Vec::new();
        // A part of one block.
        for (from, len, shared) in opened.histories(first, range.count as u32) {
            shared.read(&mut history);
            let first = block * BLOCK_LEN + u64::from(from);
            each(Range { series: range.series, first, count: u64::from(len) }, &UnitState::of(&history));
        }
        Ok(())
    }
}

/// Reads stored blocks into a map; those that are not stored are noted as such.
pub(crate) fn read_bases(
    engine: &Engine,
    session: &mut dyn Session,
    keys: &[BlockKey],
    into: &mut std::collections::HashMap<BlockKey, Base>,
) -> Result<(), StoreError> {
    into.extend(keys.iter().map(|key| (*key, None)));
    session.blocks(&|series| engine.parts.of_series(series), keys, &mut |at, bytes| {
        if let Some(key) = keys.get(at) {
            into.insert(*key, Some(Arc::from(bytes)));
        }
        Ok(())
    })
}

/// The same for the writer and the folder, by many readers at once if there are many keys: blocks that are not in memory are
/// waited for together. Only the writer of this process writes blocks, and only those that the folder has read already, so
/// all readers see the same.
pub(crate) fn read_many(
    engine: &Engine,
    session: &mut dyn Session,
    keys: &[BlockKey],
    into: &mut std::collections::HashMap<BlockKey, Base>,
) -> Result<(), StoreError> {
    if keys.len() <= EACH || !engine.database.single_process() {
        return read_bases(engine, session, keys, into);
    }
    let each = keys.len().div_ceil(READERS).max(EACH);
    let parts: Vec<Result<_, StoreError>> = std::thread::scope(|scope| {
        let read = |keys: &[BlockKey]| {
            let mut bases = std::collections::HashMap::with_capacity(keys.len());
            engine.pool.read(|session| read_bases(engine, session, keys, &mut bases)).map(|()| bases)
        };
        let threads: Vec<_> = keys.chunks(each).map(|keys| scope.spawn(move || read(keys))).collect();
        // A thread that panicked has read nothing.
        threads.into_iter().map(|thread| thread.join().unwrap_or(Err(StoreError::Stopped))).collect()
    });
    for part in parts {
        into.extend(part?);
    }
    Ok(())
}

impl Book for GroupBook<'_> {
    type Error = StoreError;

    fn series(&mut self, id: SeriesId) -> Result<Option<Series>, StoreError> {
        let drafted = self.group.drafts.iter().find(|(draft, _)| *draft == id).map(|(_, series)| series);
        match drafted.or_else(|| self.group.series.get(id)) {
            Some(series) => Ok(Some(series.clone())),
            None => self.engine.series.get(self.session, self.group.first, id),
        }
    }

    fn series_of(&mut self, kind: SeriesKind, key: u64) -> Result<Option<SeriesId>, StoreError> {
        let is_it = |(_, series): &&(SeriesId, Series)| series.kind == kind && series.key == key;
        let drafted = self.group.drafts.iter().find(is_it).map(|(id, _)| *id);
        match drafted.or_else(|| self.group.series.id(kind, key)) {
            Some(id) => Ok(Some(id)),
            None => self.engine.series.id(self.session, self.group.first, kind, key),
        }
    }

    fn states(&mut self, range: Range, each: &mut dyn FnMut(Range, &UnitState)) -> Result<(), StoreError> {
        if range.count == 1 {
            let events = self.unit(range.series, range.first)?;
            each(range, &UnitState::of(&events));
            return Ok(());
        }
        let mut at = range.first;
        while at < range.end() {
            let (_, offset) = place_of(at);
            let count = (range.end() - at).min(BLOCK_LEN - u64::from(offset));
            self.part(Range { series: range.series, first: at, count }, each)?;
            at += count;
        }
        Ok(())
    }

    fn package(&mut self, id: PackageId) -> Result<Option<UnitState>, StoreError> {
        let Some(series) = self.series_of(SeriesKind::Packages, id.prefix())? else { return Ok(None) };
        let events = self.unit(series, id.number())?;
        Ok(Some(UnitState::of(&events)).filter(UnitState::is_package))
    }

    fn contents(&mut self, id: PackageId) -> Result<Items, StoreError> {
        let Some(series) = self.series_of(SeriesKind::Packages, id.prefix())? else { return Ok(Items::default()) };
        let events = self.unit(series, id.number())?;
        let mut contents = contents::Contents::default();
        for document in contents::documents(&events) {
            if let Some((_, _, effects)) = self.effects(document)? {
                contents.add(id, &effects);
            }
        }
        contents.items(|series| Ok(self.series(series)?.filter(|series| series.kind == SeriesKind::Packages)))
    }

    fn events(&mut self, series: SeriesId, number: u64) -> Result<Vec<Event>, StoreError> {
        self.unit(series, number)
    }

    fn effects(&mut self, document: DocumentNo) -> Result<Option<(DocumentKind, PartyId, Vec<Effect>)>, StoreError> {
        if let Some(known) = self.group.document(document) {
            return Ok(Some(known));
        }
        let Some(head) = log::head(self.session, self.engine.parts, document)? else { return Ok(None) };
        Ok(Some((head.kind, head.party, log::effects(self.session, &head)?)))
    }

    fn shipment(&mut self, document: DocumentNo) -> Result<Option<Shipment>, StoreError> {
        let record = tables::shipment::get(self.session, document)?;
        Ok(record.map(|record| Shipment {
            sender: record.sender,
            receiver: record.receiver,
            at: record.at,
            due: record.due,
            open: record.state == ShipmentState::Open,
        }))
    }

    fn ordered(&mut self, series: SeriesId, number: u64) -> Result<Option<(Timestamp, Range)>, StoreError> {
        let order = tables::orders::of_number(self.session, series, number)?;
        Ok(order.map(|order| (order.at, order.range)))
    }

    fn party(&mut self, id: PartyId) -> Result<Option<Party>, StoreError> {
        Ok(tables::party::get(self.session, id)?.map(|record| record.party))
    }

    fn serial(&mut self, kind: SeriesKind, gtin: Gtin, serial: &str) -> Result<Option<u64>, StoreError> {
        let Some(series) = self.series_of(kind, gtin_key(gtin))? else { return Ok(None) };
        tables::serial::get(self.session, self.engine.parts.of_series(series), series, serial)
    }

    fn package_series(&mut self, prefix: u64) -> Result<SeriesId, StoreError> {
        match self.series_of(SeriesKind::Packages, prefix)? {
            Some(id) => Ok(id),
            None => self.draft(SeriesKind::Packages, prefix, PartyId(0), None),
        }
    }

    fn expires(&mut self, introduced: DocumentNo) -> Result<Option<Date>, StoreError> {
        self.engine.expiry.get(self.session, self.engine.parts, introduced)
    }
}

impl GroupBook<'_> {
    /// A new series, written if the document is taken.
    pub(crate) fn draft(
        &mut self,
        kind: SeriesKind,
        key: u64,
        owner: PartyId,
        product: Option<Arc<shared::product::Product>>,
    ) -> Result<SeriesId, StoreError> {
        let next = match self.group.next_series {
            Some(next) => next,
            None => tables::series::next(self.session)?,
        };
        let id = SeriesId(next);
        self.group.next_series = Some(next + 1);
        self.group.drafts.push((id, Series { kind, key, owner, issued: 0, product }));
        Ok(id)
    }
}

/// A GTIN as the key of its series: fourteen digits are below 2⁶³.
pub(crate) fn gtin_key(gtin: Gtin) -> u64 {
    gtin.as_str().parse().unwrap_or_default()
}

/// Whether an act changes what is in a package.
pub(crate) fn changes_contents(act: Act) -> bool {
    matches!(act, Act::Form(..) | Act::Repack | Act::Dissolve)
}
