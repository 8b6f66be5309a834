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
    /// Since when they are recalled from the market, while the recall stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recalled: Option<Date>,
    /// Inner units sold of each.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub inner_sold: u32,
}

impl PublicRun {
    /// A run of units with nothing beside their status.
    pub const fn of(len: u32, status: Status) -> Self {
        Self { len, status, facts: None, withdrawal: None, block: None, recalled: None, inner_sold: 0 }
    }
}

/// Whether a count is left out of the wire.
#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
pub(super) const fn is_zero(count: &u32) -> bool {
    *count == 0
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
            recalled: run.recalled,
            inner_sold: run.inner_sold,
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

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    /// Runs as they are on the wire. The first lines are what was said before recalls and inner units were.
    fn lines() -> Vec<(PublicRun, &'static str)> {
        let sold = WithdrawalBody {
            reason: WithdrawalReason::RetailSale,
            date: day("2026-11-23"),
            region: Some(Region::ALL[0]),
        };
        let block = BlockBody { reason: BlockReason::Unsafe, date: day("2026-11-20") };
        vec![
            (PublicRun::of(4096, Status::Emitted), r#"{"len":4096,"status":"emitted"}"#),
            (
                PublicRun { facts: Some(0), withdrawal: Some(sold), ..PublicRun::of(1, Status::Withdrawn) },
                r#"{"len":1,"status":"withdrawn","facts":0,"withdrawal":{"reason":"retail_sale","date":"2026-11-23","region":"REGION"}}"#,
            ),
            (
                PublicRun { facts: Some(1), block: Some(block), ..PublicRun::of(7, Status::InCirculation) },
                r#"{"len":7,"status":"in_circulation","facts":1,"block":{"reason":"unsafe","date":"2026-11-20"}}"#,
            ),
            (
                PublicRun { recalled: Some(day("2026-11-21")), ..PublicRun::of(2, Status::InCirculation) },
                r#"{"len":2,"status":"in_circulation","recalled":"2026-11-21"}"#,
            ),
            (
                PublicRun { inner_sold: 3, ..PublicRun::of(1, Status::InCirculation) },
                r#"{"len":1,"status":"in_circulation","inner_sold":3}"#,
            ),
            (PublicRun::of(5, Status::Annulled), r#"{"len":5,"status":"annulled"}"#),
        ]
    }

    #[test]
    fn runs_keep_their_form_on_the_wire() {
        for (run, line) in lines() {
            let line = line.replace("REGION", Region::ALL[0].as_str());
            assert_eq!(serde_json::to_string(&run).unwrap(), line);
            assert_eq!(serde_json::from_str::<PublicRun>(&line).unwrap(), run);
        }
    }

    #[test]
    fn a_run_with_more_than_the_reader_knows_is_read() {
        let later = r#"{"len":1,"status":"applied","since":"2027-01-01"}"#;
        assert_eq!(serde_json::from_str::<PublicRun>(later).unwrap(), PublicRun::of(1, Status::Applied));
    }

    #[test]
    fn what_a_run_says_is_in_the_state_of_its_units() {
        let runs: Vec<PublicRun> = lines().into_iter().map(|(run, _)| run).collect();
        let projection = Projection { as_of: Timestamp(0), product: None, runs: runs.clone(), facts: Vec::new() };
        let mut offset = 0;
        for run in runs {
            let state = projection.state(offset).unwrap();
            assert_eq!((state.status, state.recalled, state.inner_sold), (run.status, run.recalled, run.inner_sold));
            assert_eq!(state.block.map(|block| block.date), run.block.map(|block| block.date));
            offset += run.len;
        }
        assert_eq!(projection.state(offset), None);
    }

    #[test]
    fn neighbours_that_differ_in_recall_or_pieces_stay_apart() {
        let run = PublicRun::of(2, Status::InCirculation);
        let recalled = PublicRun { recalled: Some(day("2026-11-21")), ..run.clone() };
        let opened = PublicRun { inner_sold: 1, ..run.clone() };
        let runs = Projection::runs_of([run.clone(), run.clone(), recalled.clone(), opened.clone()]);
        assert_eq!(runs, [PublicRun { len: 4, ..run }, recalled, opened]);
    }
}
