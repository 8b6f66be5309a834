//! From a text to the answer of a check: the tail first, without any I/O; the ledger's word only if it still matters.

use crate::isolate::Isolate;
use crate::keys::{self, Ring};
use crate::ports::{Backend, Cache, Clock};
use crate::projections::{self, NOW_MS, Wanted};
use shared::block::place_of;
use shared::code::{CODE_LIMIT, Issuer, MarkingCode, Read, Reading, TailCheck};
use shared::date::Timestamp;
use shared::refusal::{Refusal, RefusalCode};
use shared::seal::SerialFormat;
use shared::verdict::{Known, Outcome, examine};
use shared::wire::v1::check::{CardBody, CheckResponse};
use std::rc::Rc;

/// A key that is not in the set may be a new one; the backend is asked again if its word is older than this. Who sends
/// unknown keys cannot make us ask more often.
const RECHECK_MS: i64 = 10_000;

/// Answers a check.
///
/// # Errors
/// [`RefusalCode::CodeEmpty`], [`RefusalCode::CodeTooLong`]; [`RefusalCode::AnswerUnavailable`] if only the backend
/// could tell, and it is gone.
pub async fn answer<P: Clock + Cache + Backend>(
    isolate: &Isolate,
    ports: &P,
    text: &str,
) -> Result<CheckResponse, Refusal> {
    if text.trim().is_empty() {
        return Err(Refusal::new(RefusalCode::CodeEmpty).at("/code"));
    }
    if text.len() > CODE_LIMIT {
        return Err(Refusal::new(RefusalCode::CodeTooLong).at("/code").with("limit", CODE_LIMIT));
    }
    let unavailable = || Refusal::new(RefusalCode::AnswerUnavailable);
    let config = &isolate.config;
    let mut ring = keys::get(isolate, ports, config.keys_ms).await.ok_or_else(unavailable)?;
    let mut examined = examine(text, &ring.set, &config.secrets);
    if may_have_a_newer_key(examined.read()) && ring.age(ports.now()) > RECHECK_MS {
        let newer = keys::get(isolate, ports, RECHECK_MS).await.unwrap_or_else(|| Rc::clone(&ring));
        if newer.set.version != ring.set.version {
            examined = examine(text, &newer.set, &config.secrets);
        }
        ring = newer;
    }
    let (known, card) = match examined.needs_state_of() {
        Some(code) => state_of(isolate, ports, code).await,
        None => (without_state(&ring, ports.now()), None),
    };
    match examined.judge(known, ports.now()) {
        Outcome::Judged(judgement) => Ok(CheckResponse::of(&judgement, card)),
        Outcome::NeedsNetwork(_) => Err(unavailable()),
    }
}

/// Whether a key issued a moment ago would change the reading: one that the code names, or that of a code which without
/// its key looks like another issuer's.
fn may_have_a_newer_key(read: &Read) -> bool {
    match &read.reading {
        Reading::Mark(_) => read.tail == Some(TailCheck::UnknownKey),
        Reading::Foreign(code) => matches!(code.issuer, Issuer::Kazakhstan | Issuer::Unknown),
        Reading::Incomplete { .. } | Reading::NotAMark(_) => false,
    }
}

/// What is known without asking for a state: with the newest key set, that a key which is not in it issued nothing.
fn without_state(ring: &Ring, now: Timestamp) -> Known {
    if ring.age(now) <= RECHECK_MS { Known::Ledger { at: ring.at, state: None } } else { Known::Nothing }
}

/// What the ledger says of a code, and the card that goes with it.
async fn state_of<P: Clock + Cache + Backend>(
    isolate: &Isolate,
    ports: &P,
    code: &MarkingCode,
) -> (Known, Option<CardBody>) {
    let never_issued = |at| (Known::Ledger { at, state: None }, None);
    // A serial of a length that no group uses, or that is no number's: nothing was ever issued under it.
    let Some(format) = SerialFormat::of_len(code.serial.len()) else {
        return never_issued(ports.now());
    };
    let series = isolate.config.serial.series(code.gtin.as_str(), &format);
    let Some(number) = series.number(&code.serial) else {
        return never_issued(ports.now());
    };
    let (block, offset) = place_of(number);

    // A second look only if the first copy was old and does not have the unit.
    for wanted in [Wanted::Fresh, Wanted::Now] {
        let held = projections::get(isolate, ports, (code.gtin, block), wanted).await;
        let Some(held) = held else {
            return (Known::Nothing, None);
        };
        let projection = &held.projection;
        let product = projection.product.as_ref();
        let product = product.filter(|product| *product.group.serial_format() == format);
        if let (Some(product), Some((_, facts))) = (product, projection.unit(offset)) {
            let state = projection.state(offset);
            let card = CardBody { product: product.clone(), facts: facts.cloned() };
            let at = projection.as_of;
            return (Known::Ledger { at, state }, Some(card));
        }
        if ports.now().0 - held.at.0 <= NOW_MS {
            return never_issued(projection.as_of);
        }
    }
    // What is held is old: it cannot say that the unit was not issued since.
    (Known::Nothing, None)
}
