//! The verdict: the one function that phone, edge and backend answer with (DESIGN §4).

use crate::code::{MarkingCode, Read, Reading, Secrets, TailCheck, read};
use crate::date::{Date, Timestamp};
use crate::region::Region;
use crate::state::{BlockReason, Status, WithdrawalReason};
use crate::string_enum::string_enum;
use seal::KeySet;

string_enum! {
    /// What a person learns of a code (DESIGN §4).
    Verdict {
        /// Issued, in circulation.
        Genuine = "genuine",
        /// Issued or applied, not yet in circulation.
        GenuineNotIntroduced = "genuine_not_introduced",
        /// Left circulation by sale.
        GenuineSold = "genuine_sold",
        /// Left circulation otherwise, or never reached it: written off, annulled.
        GenuineWithdrawn = "genuine_withdrawn",
        /// Recalled, expired or blocked by a state body.
        GenuineBlocked = "genuine_blocked",
        /// The tail verifies; the state is unknown now, or known as of an earlier time.
        GenuineOffline = "genuine_offline",
        /// Well formed, but the tail does not verify, or the ledger never issued it.
        NotIssued = "not_issued",
        /// Another issuer's code.
        Foreign = "foreign",
        /// A marking code cut short or damaged.
        Incomplete = "incomplete",
        /// Something else.
        NotAMark = "not_a_mark",
    }
}

/// State of a unit as anyone may see it. Owners are not part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicState {
    /// Main status.
    pub status: Status,
    /// How it left circulation.
    pub withdrawal: Option<Withdrawal>,
    /// The block that stands.
    pub block: Option<Block>,
    /// Since when it is recalled from the market, while the recall stands.
    pub recalled: Option<Date>,
    /// Inner units sold, of a unit that is sold piece by piece.
    pub inner_sold: u32,
    /// Date after which it may not be sold.
    pub expires: Option<Date>,
}

impl PublicState {
    /// A status with nothing beside it.
    pub const fn of(status: Status) -> Self {
        Self { status, withdrawal: None, block: None, recalled: None, inner_sold: 0, expires: None }
    }

    /// Why it is out of bounds, whatever its status. What is unsafe says more than a recall, and a recall more than an
    /// investigation.
    fn stop(&self) -> Option<Stop> {
        match self.block.map(|block| block.reason) {
            Some(BlockReason::Unsafe) => Some(Stop::Unsafe),
            Some(BlockReason::Recalled) => Some(Stop::Recalled),
            _ if self.recalled.is_some() => Some(Stop::Recalled),
            Some(BlockReason::Investigation) => Some(Stop::Investigation),
            None => None,
        }
    }
}

/// How a unit left circulation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Withdrawal {
    /// Why.
    pub reason: WithdrawalReason,
    /// When.
    pub date: Date,
    /// Where it was sold, if public.
    pub region: Option<Region>,
}

/// A block by a state body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Why.
    pub reason: BlockReason,
    /// Since when.
    pub date: Date,
}

/// What is known of the state of a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Known {
    /// Nothing can be learned now.
    Nothing,
    /// A phone without a network remembers an earlier answer.
    Remembered {
        /// When it was true.
        at: Timestamp,
        /// What it was.
        state: PublicState,
    },
    /// The ledger's word, as of a time; no state means that the number was never issued.
    Ledger {
        /// When it was true.
        at: Timestamp,
        /// The state.
        state: Option<PublicState>,
    },
}

string_enum! {
    /// Why a good is blocked: by a state body, or by its own date.
    Stop {
        /// Recalled from the market.
        Recalled = "recalled",
        /// Unsafe.
        Unsafe = "unsafe",
        /// Under investigation.
        Investigation = "investigation",
        /// Past its date.
        Expired = "expired",
    }
}

/// A verdict with its evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// The verdict.
    pub verdict: Verdict,
    /// What was read, and how its tail checked.
    pub read: Read,
    /// The state it rests on, with its time.
    pub state: Option<(Timestamp, PublicState)>,
    /// Why it is blocked, for [`Verdict::GenuineBlocked`].
    pub stop: Option<Stop>,
}

/// What can be said with what is at hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A verdict.
    Judged(Box<Judgement>),
    /// Only the network can tell: a tail that takes a secret, a key that this reader has not heard of or that is
    /// compromised.
    NeedsNetwork(Read),
}

/// A text read and its tail checked: everything that needs no I/O.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Examined(Read);

/// Reads a text and checks its tail.
pub fn examine(raw: &str, keys: &KeySet, secrets: &Secrets) -> Examined {
    Examined(read(raw, keys, secrets))
}

impl Examined {
    /// The code whose state decides, if the state still matters: asking the ledger about a forged code is a waste.
    pub fn needs_state_of(&self) -> Option<&MarkingCode> {
        match (&self.0.reading, self.0.tail) {
            (Reading::Mark(code), Some(TailCheck::Valid | TailCheck::CompromisedKey | TailCheck::Absent)) => Some(code),
            _ => None,
        }
    }

    /// What was read.
    pub fn read(&self) -> &Read {
        &self.0
    }

    /// The verdict with what is known of the state. `now` is the reader's clock.
    pub fn judge(self, known: Known, now: Timestamp) -> Outcome {
        let read = self.0;
        let verdict = match &read.reading {
            Reading::Foreign(_) => Verdict::Foreign,
            Reading::Incomplete { .. } => Verdict::Incomplete,
            Reading::NotAMark(_) => Verdict::NotAMark,
            Reading::Mark(_) => return judge_mark(read, known, now),
        };
        judged(verdict, read, None, None)
    }
}

fn judged(verdict: Verdict, read: Read, state: Option<(Timestamp, PublicState)>, stop: Option<Stop>) -> Outcome {
    Outcome::Judged(Box::new(Judgement { verdict, read, state, stop }))
}

fn judge_mark(read: Read, known: Known, now: Timestamp) -> Outcome {
    match (read.tail.unwrap_or(TailCheck::Absent), known) {
        (TailCheck::Invalid, _) => judged(Verdict::NotIssued, read, None, None),
        // Who speaks for the ledger holds the whole key set: a key that is not in it never signed anything.
        (TailCheck::UnknownKey, Known::Ledger { .. }) => judged(Verdict::NotIssued, read, None, None),
        (TailCheck::UnknownKey | TailCheck::NeedsSecret, _) => Outcome::NeedsNetwork(read),
        (TailCheck::Valid, Known::Nothing) => judged(Verdict::GenuineOffline, read, None, None),
        (TailCheck::Valid, Known::Remembered { at, state }) => {
            judged(Verdict::GenuineOffline, read, Some((at, state)), None)
        }
        (TailCheck::CompromisedKey | TailCheck::Absent, Known::Nothing | Known::Remembered { .. }) => {
            Outcome::NeedsNetwork(read)
        }
        (_, Known::Ledger { state: None, .. }) => judged(Verdict::NotIssued, read, None, None),
        (_, Known::Ledger { at, state: Some(state) }) => {
            let (verdict, stop) = of_state(&state, now.date());
            judged(verdict, read, Some((at, state)), stop)
        }
    }
}

/// The verdict that a state gives on a day. A block or recall is heard before all else: it warns also of goods already
/// sold.
fn of_state(state: &PublicState, today: Date) -> (Verdict, Option<Stop>) {
    if let Some(stop) = state.stop() {
        return (Verdict::GenuineBlocked, Some(stop));
    }
    match state.status {
        Status::Emitted | Status::Applied => (Verdict::GenuineNotIntroduced, None),
        Status::Withdrawn if state.withdrawal.is_some_and(|withdrawal| withdrawal.reason.is_sale()) => {
            (Verdict::GenuineSold, None)
        }
        Status::Withdrawn | Status::WrittenOff | Status::Annulled | Status::Dissolved => {
            (Verdict::GenuineWithdrawn, None)
        }
        Status::InCirculation if state.expires.is_some_and(|date| date < today) => {
            (Verdict::GenuineBlocked, Some(Stop::Expired))
        }
        Status::InCirculation | Status::Formed => (Verdict::Genuine, None),
    }
}
