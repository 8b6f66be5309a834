//! What readers see: committed documents, whether folded or not.

use super::blocks::{open, unit};
use super::book::gtin_key;
use super::contents::{self, Contents};
use super::pending::Entry;
use super::{Engine, log, many};
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
    pub(super) fn waiting(&self, key: BlockKey) -> Vec<Entry> {
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
        if let [(series, number)] = *units {
            return Ok(vec![self.events(series, number)?]);
        }
        many::events(self, units)
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
        Ok(UnitRecord { state, owner: self.owner(series, owner)?, outermost })
    }

    /// The same of many: the packages around them are read a level at a time, all of a level at once.
    pub(crate) fn placed_many(
        &mut self,
        units: &[Option<(SeriesId, UnitState)>],
    ) -> Result<Vec<Option<UnitRecord>>, StoreError> {
        let inmost = units.iter().flatten().filter_map(|(_, state)| state.package);
        let mut level: Vec<PackageId> = inmost.collect();
        let mut around: HashMap<PackageId, UnitState> = HashMap::new();
        for _ in 0..PACKAGE_DEPTH {
            level.sort_unstable();
            level.dedup();
            level.retain(|id| !around.contains_key(id));
            let mut places = Vec::with_capacity(level.len());
            for id in std::mem::take(&mut level) {
                match self.series_of(SeriesKind::Packages, id.prefix())? {
                    Some(series) => places.push((id, (series, id.number()))),
                    None => drop(around.insert(id, UnitState::EMITTED)),
                }
            }
            if places.is_empty() {
                break;
            }
            let of: Vec<_> = places.iter().map(|(_, place)| *place).collect();
            for ((id, _), events) in places.into_iter().zip(self.events_of_many(&of)?) {
                let state = UnitState::of(&events);
                level.extend(state.package);
                around.insert(id, state);
            }
        }
        let mut placed = Vec::with_capacity(units.len());
        for unit in units {
            let Some((series, state)) = *unit else {
                placed.push(None);
                continue;
            };
            let (mut owner, mut outermost, mut package) = (state.owner, None, state.package);
            for _ in 0..PACKAGE_DEPTH {
                let Some((id, state)) = package.and_then(|id| Some((id, around.get(&id)?))) else { break };
                (owner, outermost, package) = (state.owner, Some(id), state.package);
            }
            placed.push(Some(UnitRecord { state, owner: self.owner(series, owner)?, outermost }));
        }
        Ok(placed)
    }

    /// Who owns what has this owner of its own, or of its outermost package: whoever ordered it, if there is none.
    fn owner(&mut self, series: SeriesId, owner: Option<PartyId>) -> Result<PartyId, StoreError> {
        match owner {
            Some(owner) => Ok(owner),
            None => Ok(self.series(series)?.map_or(PartyId(0), |series| series.owner)),
        }
    }

    /// What is directly in a package.
    pub(crate) fn contents(&mut self, id: PackageId) -> Result<Items, StoreError> {
        let events = self.package_events(id)?;
        let mut contents = Contents::default();
        for head in log::heads(self.session, self.engine.parts, &contents::documents(&events))? {
            contents.add(id, &log::effects(self.session, &head)?);
        }
        self.items(&contents)
    }

    /// Units and packages of contents.
    pub(crate) fn items(&mut self, contents: &Contents) -> Result<Items, StoreError> {
        contents.items(|series| Ok(self.series(series)?.filter(|series| series.kind == SeriesKind::Packages)))
    }
}
