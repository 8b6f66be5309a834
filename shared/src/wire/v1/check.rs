//! `POST /v1/check` and what it answers (DESIGN §5). The app builds the same answer for itself when offline.

use super::products::{FactsBody, ProductBody};
use super::projection::{BlockBody, WithdrawalBody};
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
