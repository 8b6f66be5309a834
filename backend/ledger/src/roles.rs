//! Who may send which document, and of whose goods it may speak (R6).

use shared::document::{Document, DocumentKind};
use shared::party::{PartyId, Role};
use shared::refusal::RefusalCode;
use shared::state::{UnitState, WithdrawalReason};

use crate::book::Party;
use crate::plan::Asked;

/// Whether a role may send a document at all.
pub(crate) fn check(asked: &Asked) -> Result<(), RefusalCode> {
    let by = asked.by;
    let makes = matches!(by.role, Role::Producer | Role::Importer);
    let inspects = by.role == Role::Inspector;
    let may = match &asked.document {
        Document::RegisterProduct(_)
        | Document::OrderCodes { .. }
        | Document::RegisterSerials { .. }
        | Document::RecogniseSerials { .. } => makes,
        Document::Block { .. } | Document::Unblock { .. } => inspects,
        Document::Annul { .. } => !inspects || by == Party::OPERATOR,
        Document::Withdraw { reason, .. } => !inspects || is_taken_by_state(*reason),
        Document::Recall { .. }
        | Document::LiftRecall { .. }
        | Document::AwaitCustoms { .. }
        | Document::ClearCustoms { .. }
        | Document::Correct { .. }
        | Document::CorrectPackages { .. } => true,
        _ => !inspects,
    };
    if may { Ok(()) } else { Err(RefusalCode::Forbidden) }
}

/// Whether a document of this sender may speak of a unit.
pub(crate) fn may_speak_of(asked: &Asked, owner: PartyId, registrant: PartyId, unit: &UnitState) -> bool {
    let by = asked.by;
    let inspects = by.role == Role::Inspector;
    let owns = owner == by.id;
    match &asked.document {
        // Who brought the product into circulation answers for it, wherever it is now; who sells it on does not. Codes of
        // another state may have come in by an importer who is not the first of their series.
        Document::Recall { .. } | Document::LiftRecall { .. } => {
            inspects || registrant == by.id || owns && by.role != Role::Seller
        }
        _ if owns => true,
        // State bodies act on anybody's goods; what they may do was checked before.
        Document::Block { .. }
        | Document::Unblock { .. }
        | Document::AwaitCustoms { .. }
        | Document::ClearCustoms { .. } => inspects,
        // A receipt is a fact: the goods were sold, whoever had reported them as bought.
        Document::Withdraw { reason, .. } => inspects || by.role == Role::Seller && reason.is_sale(),
        Document::SellInner { .. } => by.role == Role::Seller,
        // A consumer brings goods back to any shop.
        Document::Return { .. } => {
            let reason = unit.withdrawn.and_then(|(_, reason)| reason);
            by.role == Role::Seller && reason.is_some_and(WithdrawalReason::is_sale)
        }
        _ => false,
    }
}

/// Why a state body takes goods out of circulation.
fn is_taken_by_state(reason: WithdrawalReason) -> bool {
    matches!(reason, WithdrawalReason::Confiscation | WithdrawalReason::Samples | WithdrawalReason::Destruction)
}

/// Documents whose sender may take back what they did.
pub(crate) fn is_correctable(kind: DocumentKind) -> bool {
    matches!(
        kind,
        DocumentKind::Apply
            | DocumentKind::Introduce
            | DocumentKind::Withdraw
            | DocumentKind::Return
            | DocumentKind::WriteOff
            | DocumentKind::SellInner
            | DocumentKind::Recall
            | DocumentKind::LiftRecall
            | DocumentKind::AwaitCustoms
            | DocumentKind::ClearCustoms
    )
}
