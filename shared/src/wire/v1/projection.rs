//! What the edge pulls from the backend: the public columns of a block, with the card and the facts it needs.

use super::products::{FactsBody, ProductBody};
use crate::block::{Run, Runs};
use crate::date::{Date, Timestamp};
use crate::region::Region;
use crate::state::{BlockReason, Status, WithdrawalReason};
use crate::verdict::{Block, PublicState, Withdrawal};
use serde::{Deserialize, Serialize};

/// `GET /edge/v1/projections/{gtin}/{block}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Projection {
    /// When it was true.
    pub as_of: Timestamp,
    /// The card; nothing if the GTIN is not registered.
    pub product: Option<ProductBody>,
    /// Runs from the block's first number on; what lies beyond was never issued.
    pub runs: Vec<PublicRun>,
    /// Facts that the runs name by index.
    pub facts: Vec<FactsBody>,
}

/// Equal neighbours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PublicRun {
    /// How many.
    pub len: u32,
    /// Status.
    pub status: Status,
    /// Index into `facts`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facts: Option<u32>,
    /// How they left circulation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawal: Option<WithdrawalBody>,
    /// The block that stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub block: Option<BlockBody>,
}

/// How a unit left circulation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WithdrawalBody {
    /// Why.
    pub reason: WithdrawalReason,
    /// When.
    pub date: Date,
    /// Where, if public.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<Region>,
}

/// A block by a state body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BlockBody {
    /// Why.
    pub reason: BlockReason,
    /// Since when.
    pub date: Date,
}

impl Projection {
    /// The run and the facts of the unit at `offset` of the block; nothing if it was never issued.
    pub fn unit(&self, offset: u32) -> Option<(&PublicRun, Option<&FactsBody>)> {
        let mut end = 0_u64;
        let run = self.runs.iter().find(|run| {
            end += u64::from(run.len);
            u64::from(offset) < end
        })?;
        Some((run, run.facts.and_then(|index| self.facts.get(index as usize))))
    }

    /// State of the unit at `offset`, for the verdict.
    pub fn state(&self, offset: u32) -> Option<PublicState> {
        let (run, facts) = self.unit(offset)?;
        Some(PublicState {
            status: run.status,
            withdrawal: run.withdrawal.map(|body| Withdrawal {
                reason: body.reason,
                date: body.date,
                region: body.region,
            }),
            block: run.block.map(|body| Block { reason: body.reason, date: body.date }),
            expires: facts.and_then(|facts| facts.expires),
        })
    }

    /// Public runs of a block, equal neighbours once: states that differ only in hidden columns fall together.
    pub fn runs_of(states: impl IntoIterator<Item = PublicRun>) -> Vec<PublicRun> {
        #[derive(Clone, PartialEq)]
        struct Public(PublicRun);
        let runs = Runs::from_runs(
            states.into_iter().map(|run| Run { len: run.len, state: Public(PublicRun { len: 0, ..run }) }),
        );
        runs.as_slice().iter().map(|run| PublicRun { len: run.len, ..run.state.0.clone() }).collect()
    }
}
