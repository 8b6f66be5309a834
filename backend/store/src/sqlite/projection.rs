//! Public columns of a block: what the edge caches (DESIGN §1).

use super::submit::Terms;
use super::{Store, blocks, documents, products};
use crate::StoreError;
use backend_ledger::Series;
use rusqlite::Connection;
use shared::date::Timestamp;
use shared::gs1::Gtin;
use shared::state::{DocumentNo, UnitState};
use shared::wire::v1::products::{FactsBody, ProductBody};
use shared::wire::v1::projection::{BlockBody, Projection, PublicRun, WithdrawalBody};
use std::collections::BTreeMap;

impl Store {
    /// The projection of a block. `now` is read before the call: what was true then is in it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn projection(&self, gtin: Gtin, block: u64, now: Timestamp) -> Result<Projection, StoreError> {
        self.0.readers.read(|db| {
            let mut projection = Projection { as_of: now, product: None, runs: Vec::new(), facts: Vec::new() };
            let Some(series) = products::series(db, gtin)? else { return Ok(projection) };
            let kept = blocks::get(db, gtin, block)?;
            let runs = Series::filled(kept.as_ref(), block, series.issued);
            let mut publisher = Publisher { db, facts: Vec::new(), introductions: BTreeMap::new() };
            let public = runs.as_slice().iter().map(|run| publisher.publish(run.len, &run.state));
            projection.runs = Projection::runs_of(public.collect::<Result<Vec<_>, _>>()?);
            projection.facts = publisher.facts;
            projection.product = Some(ProductBody::from(&series.product));
            Ok(projection)
        })
    }
}

/// Makes public runs; facts of one introduction are given once.
struct Publisher<'a> {
    db: &'a Connection,
    facts: Vec<FactsBody>,
    introductions: BTreeMap<DocumentNo, u32>,
}

impl Publisher<'_> {
    fn publish(&mut self, len: u32, state: &UnitState) -> Result<PublicRun, StoreError> {
        Ok(PublicRun {
            len,
            status: state.status,
            facts: state.introduced.map(|number| self.facts_of(number)).transpose()?,
            withdrawal: state.withdrawn.map(|number| self.withdrawal(number)).transpose()?,
            block: state.blocked.map(|number| self.block(number)).transpose()?,
        })
    }

    fn facts_of(&mut self, number: DocumentNo) -> Result<u32, StoreError> {
        if let Some(index) = self.introductions.get(&number) {
            return Ok(*index);
        }
        let (Terms::Facts(facts), _) = documents::terms(self.db, number)? else { return Err(unfit(number)) };
        // Batches with the same facts are one to a reader.
        let known = self.facts.iter().position(|held| *held == facts);
        let index = known.unwrap_or(self.facts.len());
        if known.is_none() {
            self.facts.push(facts);
        }
        let index = u32::try_from(index).map_err(|_| unfit(number))?;
        self.introductions.insert(number, index);
        Ok(index)
    }

    fn withdrawal(&self, number: DocumentNo) -> Result<WithdrawalBody, StoreError> {
        match documents::terms(self.db, number)? {
            (Terms::Withdrawal { reason, region }, at) => Ok(WithdrawalBody { reason, date: at.date(), region }),
            _ => Err(unfit(number)),
        }
    }

    fn block(&self, number: DocumentNo) -> Result<BlockBody, StoreError> {
        match documents::terms(self.db, number)? {
            (Terms::Block { reason }, at) => Ok(BlockBody { reason, date: at.date() }),
            _ => Err(unfit(number)),
        }
    }
}

/// A state names a document that does not say what it should.
fn unfit(number: DocumentNo) -> StoreError {
    StoreError::corrupt(format!("document {}", number.0))
}
