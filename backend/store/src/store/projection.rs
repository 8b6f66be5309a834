//! Public columns of a block: what the edge caches (DESIGN §1).

use super::Store;
use crate::coding::block::BlockKey;
use crate::coding::log::Head;
use crate::engine::{View, heads};
use crate::{StoreError, tables};
use shared::block::BLOCK_LEN;
use shared::date::{Date, Timestamp};
use shared::gs1::Gtin;
use shared::state::{DocumentNo, UnitState};
use shared::wire::v1::products::{FactsBody, ProductBody};
use shared::wire::v1::projection::{BlockBody, Projection, PublicRun, WithdrawalBody};
use std::collections::BTreeMap;

/// Labels of one product that are followed back: nobody prints a ninth.
const RELABELLED: usize = 8;

impl Store {
    /// The projection of a block of the codes issued for a GTIN. `now` is read before the call: what was true then is in
    /// it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn projection(&self, gtin: Gtin, block: u64, now: Timestamp) -> Result<Projection, StoreError> {
        self.read(|view| {
            let mut projection = Projection { as_of: now, product: None, runs: Vec::new(), facts: Vec::new() };
            let Some((id, series)) = view.issued(gtin)? else { return Ok(projection) };
            let held = series.issued.saturating_sub(block.saturating_mul(BLOCK_LEN)).min(BLOCK_LEN) as u32;
            let mut states: Vec<(u32, UnitState)> = Vec::new();
            if let Ok(number) = u32::try_from(block)
                && held > 0
            {
                let opened = view.block(BlockKey { series: id, block: number })?;
                let runs = opened.histories(0, held);
                states.extend(runs.map(|(_, len, history)| (len, UnitState::of(&history.events()))));
            }
            let mut publisher = Publisher::of(view, &states)?;
            let runs = states.iter().map(|(len, state)| publisher.publish(view, *len, state));
            projection.runs = Projection::runs_of(runs.collect::<Result<Vec<_>, _>>()?);
            projection.facts = publisher.facts;
            projection.product = series.product.as_deref().map(ProductBody::from);
            Ok(projection)
        })
    }
}

/// Makes public runs; facts of one introduction are given once.
struct Publisher {
    facts: Vec<FactsBody>,
    introductions: BTreeMap<DocumentNo, Option<u32>>,
    heads: BTreeMap<DocumentNo, Head>,
}

impl Publisher {
    /// Reads the heads of all documents that dates are taken from, each page of the log once.
    fn of(view: &mut View<'_>, states: &[(u32, UnitState)]) -> Result<Self, StoreError> {
        let named = states.iter().flat_map(|(_, state)| {
            let withdrawn = state.withdrawn.map(|(document, _)| document);
            let blocked = state.blocked.map(|(document, _)| document);
            [withdrawn, blocked, state.recalled].into_iter().flatten()
        });
        let mut documents: Vec<DocumentNo> = named.collect();
        documents.sort_unstable();
        documents.dedup();
        let heads = heads(view.session, view.engine.parts, &documents)?;
        let heads = heads.into_iter().map(|head| (head.document, head)).collect();
        Ok(Self { facts: Vec::new(), introductions: BTreeMap::new(), heads })
    }

    fn publish(&mut self, view: &mut View<'_>, len: u32, state: &UnitState) -> Result<PublicRun, StoreError> {
        let withdrawal = match state.withdrawn {
            Some((document, Some(reason))) => {
                let head = self.head(document)?;
                Some(WithdrawalBody { reason, date: head.at.date(), region: head.region })
            }
            // The status says it all.
            Some((_, None)) | None => None,
        };
        let block = match state.blocked {
            Some((document, reason)) => Some(BlockBody { reason, date: self.date(document)? }),
            None => None,
        };
        let facts = match introduced(view, state)? {
            Some(document) => self.facts_of(view, document)?,
            None => None,
        };
        Ok(PublicRun {
            facts,
            withdrawal,
            block,
            recalled: state.recalled.map(|document| self.date(document)).transpose()?,
            inner_sold: state.inner_sold,
            ..PublicRun::of(len, state.status)
        })
    }

    fn head(&self, document: DocumentNo) -> Result<&Head, StoreError> {
        self.heads.get(&document).ok_or_else(|| StoreError::corrupt(format!("document {}", document.0)))
    }

    fn date(&self, document: DocumentNo) -> Result<Date, StoreError> {
        Ok(self.head(document)?.at.date())
    }

    fn facts_of(&mut self, view: &mut View<'_>, document: DocumentNo) -> Result<Option<u32>, StoreError> {
        if let Some(index) = self.introductions.get(&document) {
            return Ok(*index);
        }
        let part = view.engine.parts.of_document(document);
        let facts = tables::body::facts(view.session, part, document)?;
        let index = facts.map(|facts| {
            // Batches with the same facts are one to a reader.
            let known = self.facts.iter().position(|held| *held == facts);
            known.unwrap_or_else(|| {
                self.facts.push(facts);
                self.facts.len() - 1
            })
        });
        // A block has 4096 units.
        let index = index.map(|index| index as u32);
        self.introductions.insert(document, index);
        Ok(index)
    }
}

/// The document that introduced the goods: those of a code that goes on for another were introduced under the other.
fn introduced(view: &mut View<'_>, state: &UnitState) -> Result<Option<DocumentNo>, StoreError> {
    let mut state = *state;
    for _ in 0..RELABELLED {
        let Some((series, number)) = state.replaces else { break };
        state = UnitState::of(&view.events(series, number)?);
    }
    Ok(state.introduced)
}
