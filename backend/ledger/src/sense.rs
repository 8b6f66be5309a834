//! What single fields of a document may say.

use crate::plan::{Asked, UNITS_LIMIT};
use shared::document::{Document, DocumentKind, Items};
use shared::gs1::Charset;
use shared::refusal::{Refusal, RefusalCode};
use shared::seal::SerialFormat;
use shared::state::WithdrawalReason;
use std::collections::HashSet;

/// Longest serial (GS1 General Specifications, AI 21).
const SERIAL_LIMIT: usize = 20;

/// The other states of the Eurasian Economic Union (Treaty of 29 May 2014), ISO 3166-1 alpha-2.
const UNION: [&str; 4] = ["AM", "BY", "KG", "RU"];

/// Most units in one correction: each history is read.
pub(crate) const CORRECTION_LIMIT: u64 = 1_000_000;

/// Checks a document's fields.
pub(crate) fn check(asked: &Asked) -> Result<(), Refusal> {
    if asked.partial && !may_be_partial(asked.document.kind()) {
        return Err(Refusal::new(RefusalCode::PartialNotAllowed).at("/partial"));
    }
    match &asked.document {
        Document::RegisterProduct(_)
        | Document::OrderCodes { .. }
        | Document::RefuseShipment { .. }
        | Document::CancelShipment { .. }
        | Document::Accept { .. } => Ok(()),
        Document::RegisterSerials { serials, .. } => check_serials(serials),
        Document::RecogniseSerials { state, serials, .. } => {
            if !UNION.contains(&state.as_str()) {
                return Err(Refusal::new(RefusalCode::StateInvalid).at("/state"));
            }
            check_serials(serials)
        }
        Document::Apply { units }
        | Document::Introduce { units, .. }
        | Document::Return { units }
        | Document::Annul { units }
        | Document::Recall { units }
        | Document::LiftRecall { units }
        | Document::AwaitCustoms { units }
        | Document::ClearCustoms { units, .. } => some(!units.is_empty(), "/units"),
        Document::Correct { units, .. } => {
            some(!units.is_empty(), "/units")?;
            let count = units.iter().fold(0_u64, |sum, range| sum.saturating_add(range.count));
            if count > CORRECTION_LIMIT {
                return Err(Refusal::new(RefusalCode::TooManyCodes).at("/units").with("limit", CORRECTION_LIMIT));
            }
            Ok(())
        }
        Document::WriteOff { units, reason } => {
            some(!units.is_empty(), "/units")?;
            reason_if(may_write_off(*reason))
        }
        Document::Withdraw { items, reason, .. } => {
            some(any(items), "/units")?;
            // These two have documents of their own, which name what goes on.
            reason_if(!matches!(reason, WithdrawalReason::Transformation | WithdrawalReason::Remarking))
        }
        Document::Block { items, .. } | Document::Unblock { items } | Document::Ship { items, .. } => {
            some(any(items), "/units")
        }
        Document::SellInner { unit, count, .. } => {
            one(unit.count, "/unit")?;
            if *count == 0 {
                return Err(Refusal::new(RefusalCode::QuantityOutOfRange).at("/count").with("limit", u32::MAX));
            }
            Ok(())
        }
        Document::Remark { pairs } => {
            some(!pairs.is_empty(), "/pairs")?;
            pairs.iter().try_for_each(|(old, new)| one(old.count.max(new.count), "/pairs"))
        }
        Document::Aggregate { packages } => {
            some(!packages.is_empty(), "/packages")?;
            match packages.iter().position(|packing| !any(&packing.contents)) {
                Some(index) => Err(Refusal::new(RefusalCode::PackageEmpty).at(format!("/packages/{index}/contents"))),
                None => Ok(()),
            }
        }
        Document::Disaggregate { packages } => some(!packages.is_empty(), "/packages"),
        Document::CorrectPackages { packages, .. } => some(!packages.is_empty(), "/units"),
        Document::TakeOut { items, .. } | Document::Add { items, .. } => some(any(items), "/units"),
        Document::Replace { out, into, .. } => {
            some(any(out), "/out")?;
            some(any(into), "/into")
        }
        Document::Transform { from, to, .. } => {
            some(any(from), "/from")?;
            some(!to.is_empty(), "/to")
        }
    }
}

/// Documents that are a list of units, each of which could be a document of its own.
pub const fn may_be_partial(kind: DocumentKind) -> bool {
    matches!(
        kind,
        DocumentKind::Apply
            | DocumentKind::Introduce
            | DocumentKind::Withdraw
            | DocumentKind::Return
            | DocumentKind::Annul
            | DocumentKind::WriteOff
            | DocumentKind::Block
            | DocumentKind::Unblock
            | DocumentKind::Recall
            | DocumentKind::LiftRecall
            | DocumentKind::AwaitCustoms
            | DocumentKind::ClearCustoms
    )
}

/// Why a code that never was in circulation may be given up: the goods are gone, or there is nobody to use it.
fn may_write_off(reason: WithdrawalReason) -> bool {
    reason.is_loss() || matches!(reason, WithdrawalReason::Samples | WithdrawalReason::Liquidation)
}

fn any(items: &Items) -> bool {
    !items.units.is_empty() || !items.packages.is_empty()
}

fn some(is_some: bool, at: &str) -> Result<(), Refusal> {
    if is_some { Ok(()) } else { Err(Refusal::new(RefusalCode::NoUnits).at(at)) }
}

fn one(count: u64, at: &str) -> Result<(), Refusal> {
    if count <= 1 { Ok(()) } else { Err(Refusal::new(RefusalCode::QuantityOutOfRange).at(at).with("limit", 1)) }
}

fn reason_if(is_allowed: bool) -> Result<(), Refusal> {
    if is_allowed { Ok(()) } else { Err(Refusal::new(RefusalCode::ReasonNotAllowed).at("/reason")) }
}

fn check_serials(serials: &[String]) -> Result<(), Refusal> {
    some(!serials.is_empty(), "/serials")?;
    if serials.len() as u64 > UNITS_LIMIT {
        return Err(Refusal::new(RefusalCode::TooManyCodes).at("/serials").with("limit", UNITS_LIMIT));
    }
    let mut seen = HashSet::with_capacity(serials.len());
    for (index, serial) in serials.iter().enumerate() {
        let refused = |code| Err(Refusal::new(code).at(format!("/serials/{index}")));
        let fits = (1..=SERIAL_LIMIT).contains(&serial.len());
        if !fits || Charset::Set82.offender(serial).is_some() {
            return refused(RefusalCode::SerialInvalid);
        }
        if !seen.insert(serial.as_str()) {
            return refused(RefusalCode::CodeRepeated);
        }
    }
    Ok(())
}

/// Whether a serial has the form of those that are issued in this format: such a one could be issued later.
pub(crate) fn is_of(format: &SerialFormat, serial: &str) -> bool {
    let digits = serial.strip_prefix(format.prefix());
    serial.len() == format.len() && digits.is_some_and(|digits| digits.chars().all(|c| format.alphabet().contains(c)))
}
