//! What readers see: committed documents, whether folded or not.

use super::blocks::{open, unit};
use super::book::{gtin_key, read_bases};
use super::contents::{self, Contents};
use super::pending::Entry;
use super::{Engine, log};
use crate::coding::block::{Block, BlockKey};
use crate::db::Session;
use crate::{StoreError, UnitRecord};
use backend_ledger::Series;
use shared::act::Event;
use shared::block::place_of;
use shared::document::Items;
use shared::gs1::Gtin;
use shared::party::PartyId;
use shared::series::{PACKAGE_DEPTH, PackageId, SeriesId, SeriesKind};
use shared::state::{DocumentNo, UnitState};
use std::collections::HashMap;

/// One snapshot of the ledger.
pub(crate) struct View<'a> {
    pub(crate) engine: &'a Engine,
    pub(crate) session: &'a mut dyn Session,
    /// The number after the last document that the snapshot surely holds: what came later is not seen.
    pub(crate) until: DocumentNo,
}

impl View<'_> {
    /// What waits for a block, as of the snapshot. It may be asked at any time: what was folded stays until all have gone
    /// who began to read before.
    fn waiting(&self, key: BlockKey) -> Vec<Entry> {
        let mut waiting = self.engine.pending.of(key);
        waiting.retain(|entry| entry.document() < self.until);
        waiting
    }

    /// The series with this number.
    pub(crate) fn series(&mut self, id: SeriesId) -> Result<Option<Series>, StoreError> {
        self.engine.series.get(self.session, self.until, id)
    }

    /// The number of a series.
    pub(crate) fn series_of(&mut self, kind: SeriesKind, key: u64) -> Result<Option<SeriesId>, StoreError> {
        self.engine.series.id(self.session, self.until, kind, key)
    }

    /// The series of the codes that were issued for a GTIN.
    pub(crate) fn issued(&mut self, gtin: Gtin) -> Result<Option<(SeriesId, Series)>, StoreError> {
        let Some(id) = self.series_of(SeriesKind::Issued, gtin_key(gtin))? else { return Ok(None) };
        Ok(self.series(id)?.map(|series| (id, series)))
    }

    /// The history of one unit or package.
    pub(crate) fn events(&mut self, series: SeriesId, number: u64) -> Result<Vec<Event>, StoreError> {
        let (block, offset) = place_of(number);
        let key = BlockKey { series, block: block as u32 };
        let mut waiting = self.engine.pending.of_unit(key, offset);
        waiting.retain(|entry| entry.document() < self.until);
        let engine = self.engine;
        let mut found = None;
        self.session.blocks(&|series| engine.parts.of_series(series), &[key], &mut |_, bytes| {
            found = Some(unit(key, Some(bytes), &waiting, offset));
            Ok(())
        })?;
        found.unwrap_or_else(|| unit(key, None, &waiting, offset)).map_err(|damage| engine.damaged(key, damage))
    }

    /// Histories of many units at once, in the order asked for.
    pub(crate) fn events_of_many(&mut self, units: &[(SeriesId, u64)]) -> Result<Vec<Vec<Event>>, StoreError> {
        let place = |&(series, number): &(SeriesId, u64)| {
            let (block, offset) = place_of(number);
            (BlockKey { series, block: block as u32 }, offset)
        };
        let mut keys: Vec<BlockKey> = units.iter().map(|unit| place(unit).0).collect();
        keys.sort_unstable();
        keys.dedup();
        let waiting: HashMap<BlockKey, _> = keys.iter().map(|key| (*key, self.waiting(*key))).collect();
        let mut bases = HashMap::with_capacity(keys.len());
        read_bases(self.engine, self.session, &keys, &mut bases)?;
        let each = units.iter().map(|one| {
            let (key, offset) = place(one);
            let base = bases.get(&key).cloned().flatten();
            let waiting = waiting.get(&key).map_or(&[][..], Vec::as_slice);
            unit(key, base.as_deref(), waiting, offset).map_err(|damage| self.engine.damaged(key, damage))
        });
        each.collect()
    }

    /// A block, open, with everything that waits for it.
    pub(crate) fn block(&mut self, key: BlockKey) -> Result<Block, StoreError> {
        let waiting = self.waiting(key);
        let engine = self.engine;
        let mut opened = None;
        self.session.blocks(&|series| engine.parts.of_series(series), &[key], &mut |_, bytes| {
            opened = Some(open(key, Some(bytes), &waiting));
            Ok(())
        })?;
        opened.unwrap_or_else(|| open(key, None, &waiting)).map_err(|damage| engine.damaged(key, damage))
    }

    /// Numbers of the blocks of a series to which something has happened, in order.
    pub(crate) fn touched(&mut self, series: SeriesId) -> Result<Vec<u32>, StoreError> {
        let mut blocks = self.engine.pending.blocks_of(series);
        let part = self.engine.parts.of_series(series);
        blocks.extend(crate::tables::block::numbers(self.session, part, series)?);
        blocks.sort_unstable();
        blocks.dedup();
        Ok(blocks)
    }

    /// The history of a package; nothing if it was never formed.
    pub(crate) fn package_events(&mut self, id: PackageId) -> Result<Vec<Event>, StoreError> {
        match self.series_of(SeriesKind::Packages, id.prefix())? {
            Some(series) => self.events(series, id.number()),
            None => Ok(Vec::new()),
        }
    }

    /// State, owner and outermost package of what has this state of its own.
    pub(crate) fn placed(&mut self, series: SeriesId, state: UnitState) -> Result<UnitRecord, StoreError> {
        let (mut owner, mut outermost, mut package) = (state.owner, None, state.package);
        for _ in 0..PACKAGE_DEPTH {
            let Some(id) = package else { break };
            let around = UnitState::of(&self.package_events(id)?);
            (owner, outermost, package) = (around.owner, Some(id), around.package);
        }
        let owner = match owner {
            Some(owner) => owner,
            None => self.series(series)?.map_or(PartyId(0), |series| series.owner),
        };
        Ok(UnitRecord { state, owner, outermost })
    }

    /// What is directly in a package.
    pub(crate) fn contents(&mut self, id: PackageId) -> Result<Items, StoreError> {
        let events = self.package_events(id)?;
        let mut contents = Contents::default();
        for head in log::heads(self.session, self.engine.parts, &contents::documents(&events))? {
            contents.add(id, &log::effects(self.session, &head)?);
        }
        contents.items(|series| Ok(self.series(series)?.filter(|series| series.kind == SeriesKind::Packages)))
    }
}
