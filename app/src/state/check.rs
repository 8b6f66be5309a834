//! A check: what the phone can tell by itself, what the ledger adds, and what is left when the network fails.

use super::App;
use crate::device::clock;
use crate::sync;
use dioxus::core::spawn_forever;
use dioxus::prelude::*;
use serde::{Deserialize, Serialize};
use shared::code::{MarkingCode, Secrets, TailCheck};
use shared::date::Timestamp;
use shared::verdict::{Examined, Known, Outcome, Verdict, examine};
use shared::wire::v1::check::{CardBody, CheckResponse, CodeBody};

/// What a check found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Answer {
    /// A verdict.
    Judged(Box<CheckResponse>),
    /// Only the network can tell.
    NeedsNetwork {
        /// The code, as far as it was read.
        code: CodeBody,
        /// How the tail checked.
        tail: Option<TailCheck>,
    },
}

/// A finished check.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Entry {
    /// Its id: the millisecond it began in.
    pub(crate) id: u64,
    /// The text as it was scanned or typed.
    pub(crate) raw: String,
    /// When.
    pub(crate) at: Timestamp,
    /// Whether the network was needed and not there.
    pub(crate) offline: bool,
    /// What it found.
    pub(crate) answer: Answer,
}

impl Entry {
    /// The verdict, if there is one.
    pub(crate) fn verdict(&self) -> Option<Verdict> {
        match &self.answer {
            Answer::Judged(response) => Some(response.verdict),
            Answer::NeedsNetwork { .. } => None,
        }
    }

    /// The code, as far as it was read.
    pub(crate) fn code(&self) -> &CodeBody {
        match &self.answer {
            Answer::Judged(response) => &response.code,
            Answer::NeedsNetwork { code, .. } => code,
        }
    }

    /// The card, if the ledger knows one.
    pub(crate) fn card(&self) -> Option<&CardBody> {
        match &self.answer {
            Answer::Judged(response) => response.card.as_ref(),
            Answer::NeedsNetwork { .. } => None,
        }
    }
}

/// The check on the screen.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Current {
    /// Under way.
    Pending {
        /// Its id.
        id: u64,
    },
    /// Finished.
    Done(Entry),
}

impl Current {
    /// The id of the check.
    pub(crate) fn id(&self) -> u64 {
        match self {
            Self::Pending { id } => *id,
            Self::Done(entry) => entry.id,
        }
    }
}

/// Begins a check that outlives the screen it was begun on; gives its id at once.
pub(crate) fn start_check(app: App, raw: String) -> u64 {
    let at = clock::now();
    let id = u64::try_from(at.0).unwrap_or_default();
    let mut current = app.current;
    current.set(Some(Current::Pending { id }));
    spawn_forever(async move {
        let entry = check(app, id, raw).await;
        app.remember(&entry);
        // A newer check may have taken the screen meanwhile.
        if current.peek().as_ref().is_some_and(|current| current.id() == id) {
            current.set(Some(Current::Done(entry)));
        }
    });
    id
}

/// Checks a text.
async fn check(app: App, id: u64, raw: String) -> Entry {
    if !app.keys.peek().is_known() {
        sync::keys::refresh(app).await;
    }
    let at = clock::now();
    let examined = examine(&raw, app.keys.peek().set(), &Secrets::default());
    if is_plain(&examined) {
        let answer = locally(examined, Known::Nothing, None, at);
        return Entry { id, raw, at, offline: false, answer };
    }
    if let Some(response) = sync::check::ask(app, &raw).await {
        return Entry { id, raw, at, offline: false, answer: Answer::Judged(Box::new(response)) };
    }
    let (known, card) = match examined.needs_state_of() {
        Some(code) => remembered(&app.history.peek(), code),
        None => (Known::Nothing, None),
    };
    let answer = locally(examined, known, card, at);
    Entry { id, raw, at, offline: true, answer }
}

/// Whether the answer is the same whoever gives it: a text that is no mark, a code cut short, a tail that is false.
fn is_plain(examined: &Examined) -> bool {
    let outcome = examined.clone().judge(Known::Nothing, Timestamp(0));
    matches!(outcome, Outcome::Judged(judgement)
        if matches!(judgement.verdict, Verdict::NotAMark | Verdict::Incomplete | Verdict::NotIssued))
}

/// The phone's own answer.
fn locally(examined: Examined, known: Known, card: Option<CardBody>, now: Timestamp) -> Answer {
    match examined.judge(known, now) {
        Outcome::Judged(judgement) => {
            let mut response = CheckResponse::of(&judgement, card);
            response.evidence.ledger = false;
            Answer::Judged(Box::new(response))
        }
        Outcome::NeedsNetwork(read) => Answer::NeedsNetwork { code: CodeBody::of(&read.reading), tail: read.tail },
    }
}

/// What the phone remembers of a code: the ledger's last word, with the card.
fn remembered(history: &[Entry], code: &MarkingCode) -> (Known, Option<CardBody>) {
    let gtin = code.gtin.to_string();
    let found = history.iter().find_map(|entry| match &entry.answer {
        Answer::Judged(response)
            if response.code.gtin.as_ref() == Some(&gtin) && response.code.serial.as_ref() == Some(&code.serial) =>
        {
            Some((response.as_of?, response.state.as_ref()?, response.card.clone()))
        }
        _ => None,
    });
    match found {
        Some((at, state, card)) => (Known::Remembered { at, state: state.into() }, card),
        None => (Known::Nothing, None),
    }
}
