//! `POST /v1/check` and what it answers (DESIGN §5). The app builds the same answer for itself when offline.

use super::products::{FactsBody, ProductBody};
use super::projection::{BlockBody, WithdrawalBody, is_zero};
use crate::code::{Issuer, MissingPart, Other, Reading, TailCheck};
use crate::date::{Date, Timestamp};
use crate::state::Status;
use crate::verdict::{Judgement, PublicState, Stop, Verdict};
use gs1::ElementString;
use seal::Profile;
use serde::{Deserialize, Serialize};

/// The question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckRequest {
    /// The text as it was scanned or typed.
    pub code: String,
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckResponse {
    /// The verdict.
    pub verdict: Verdict,
    /// The code, as far as it was read.
    pub code: CodeBody,
    /// The card of R5, for codes that the ledger knows.
    pub card: Option<CardBody>,
    /// State of the unit, for codes that the ledger knows.
    pub state: Option<StateBody>,
    /// When the state was true.
    pub as_of: Option<Timestamp>,
    /// What the verdict rests on.
    pub evidence: EvidenceBody,
}

/// The code, as far as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeBody {
    /// GTIN-14.
    pub gtin: Option<String>,
    /// Serial.
    pub serial: Option<String>,
    /// Key id, AI 91.
    pub key: Option<String>,
    /// Profile of the tail.
    pub profile: Option<Profile>,
    /// Human-readable form, without the tail.
    pub hri: Option<String>,
    /// Country of the issuer, for foreign codes.
    pub issuer: Option<Issuer>,
    /// What is missing, for incomplete codes.
    pub missing: Option<MissingPart>,
    /// What it is instead, for texts that are no mark.
    pub other: Option<Other>,
}

/// The card: product and facts of the batch (R5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardBody {
    /// What the GTIN is.
    pub product: ProductBody,
    /// Facts of the batch, once it is introduced.
    pub facts: Option<FactsBody>,
}

/// State of the unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StateBody {
    /// Status.
    pub status: Status,
    /// How it left circulation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawal: Option<WithdrawalBody>,
    /// The block that stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub block: Option<BlockBody>,
    /// Since when it is recalled from the market, while the recall stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recalled: Option<Date>,
    /// Inner units sold, of a unit that is sold piece by piece.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub inner_sold: u32,
    /// Date after which it may not be sold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Date>,
}

/// What a verdict rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceBody {
    /// How the tail checked.
    pub tail: Option<TailCheck>,
    /// Whether the ledger was heard.
    pub ledger: bool,
    /// Whether the text had to be repaired.
    pub repaired: bool,
    /// Why the good is blocked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stop: Option<Stop>,
}

impl CodeBody {
    /// The code of a reading.
    pub fn of(reading: &Reading) -> Self {
        match reading {
            Reading::Mark(code) => {
                let hri = ElementString::parse(&format!("01{}21{}", code.gtin, code.serial));
                Self {
                    gtin: Some(code.gtin.to_string()),
                    serial: Some(code.serial.clone()),
                    key: code.tail.as_ref().and_then(|tail| tail.key.as_ref()).map(ToString::to_string),
                    profile: code.tail.as_ref().map(|tail| tail.profile),
                    hri: hri.ok().map(|elements| elements.hri()),
                    ..Self::default()
                }
            }
            Reading::Foreign(code) => Self {
                gtin: Some(code.gtin.to_string()),
                serial: Some(code.serial.clone()),
                issuer: Some(code.issuer),
                ..Self::default()
            },
            Reading::Incomplete { missing, gtin } => {
                Self { gtin: gtin.map(|gtin| gtin.to_string()), missing: Some(*missing), ..Self::default() }
            }
            Reading::NotAMark(other) => Self { other: Some(*other), ..Self::default() },
        }
    }
}

impl From<&PublicState> for StateBody {
    fn from(state: &PublicState) -> Self {
        Self {
            status: state.status,
            withdrawal: state.withdrawal.map(|body| WithdrawalBody {
                reason: body.reason,
                date: body.date,
                region: body.region,
            }),
            block: state.block.map(|body| BlockBody { reason: body.reason, date: body.date }),
            recalled: state.recalled,
            inner_sold: state.inner_sold,
            expires: state.expires,
        }
    }
}

impl From<&StateBody> for PublicState {
    fn from(body: &StateBody) -> Self {
        use crate::verdict::{Block, Withdrawal};
        Self {
            status: body.status,
            withdrawal: body.withdrawal.map(|body| Withdrawal {
                reason: body.reason,
                date: body.date,
                region: body.region,
            }),
            block: body.block.map(|body| Block { reason: body.reason, date: body.date }),
            recalled: body.recalled,
            inner_sold: body.inner_sold,
            expires: body.expires,
        }
    }
}

impl CheckResponse {
    /// The answer of a judgement, with the card that belongs to it.
    pub fn of(judgement: &Judgement, card: Option<CardBody>) -> Self {
        let (as_of, state) = match &judgement.state {
            Some((at, state)) => (Some(*at), Some(StateBody::from(state))),
            None => (None, None),
        };
        Self {
            verdict: judgement.verdict,
            code: CodeBody::of(&judgement.read.reading),
            card,
            evidence: EvidenceBody {
                tail: judgement.read.tail,
                ledger: state.is_some(),
                repaired: judgement.read.repaired,
                stop: judgement.stop,
            },
            state,
            as_of,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::{BlockReason, WithdrawalReason};

    #[test]
    fn states_keep_their_form_on_the_wire() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let bare = StateBody::from(&PublicState::of(Status::InCirculation));
        let withdrawal = WithdrawalBody { reason: WithdrawalReason::Loss, date: day("2026-11-23"), region: None };
        let block = BlockBody { reason: BlockReason::Recalled, date: day("2026-11-20") };
        for (body, line) in [
            (bare.clone(), r#"{"status":"in_circulation"}"#),
            (
                StateBody {
                    withdrawal: Some(withdrawal),
                    block: Some(block),
                    expires: Some(day("2027-01-31")),
                    ..StateBody::from(&PublicState::of(Status::Withdrawn))
                },
                r#"{"status":"withdrawn","withdrawal":{"reason":"loss","date":"2026-11-23"},"block":{"reason":"recalled","date":"2026-11-20"},"expires":"2027-01-31"}"#,
            ),
            (
                StateBody { recalled: Some(day("2026-11-21")), inner_sold: 2, ..bare },
                r#"{"status":"in_circulation","recalled":"2026-11-21","inner_sold":2}"#,
            ),
        ] {
            assert_eq!(serde_json::to_string(&body).unwrap(), line);
            assert_eq!(serde_json::from_str::<StateBody>(line).unwrap(), body);
            assert_eq!(StateBody::from(&PublicState::from(&body)), body);
        }
    }
}
