//! The life of one unit or package: its status, the flags beside it, and the documents that brought it there.

use crate::act::{Act, Event};
use crate::party::PartyId;
use crate::series::{PackageId, PackageLevel, SeriesId};
use crate::string_enum::string_enum;

string_enum! {
    /// The main status (R3).
    Status {
        /// Issued on an order or registered; not yet on a product.
        Emitted = "emitted",
        /// Printed on a product, reported as applied.
        Applied = "applied",
        /// Introduced into circulation.
        InCirculation = "in_circulation",
        /// Left circulation; the reason is in [`WithdrawalReason`].
        Withdrawn = "withdrawn",
        /// Given up before it was in circulation: the label or the goods are gone.
        WrittenOff = "written_off",
        /// Not applied in time, or given up unused.
        Annulled = "annulled",
        /// A package that is whole.
        Formed = "formed",
        /// A package that was taken apart.
        Dissolved = "dissolved",
    }
}

string_enum! {
    /// Why a unit left circulation or was given up (001, appendix 3, criterion R3).
    WithdrawalReason {
        /// Sold to a consumer, by a receipt.
        RetailSale = "retail_sale",
        /// Used by the owner for own needs.
        OwnUse = "own_use",
        /// Exported outside the Union.
        Export = "export",
        /// Lost or stolen.
        Loss = "loss",
        /// Damaged beyond sale.
        Damage = "damage",
        /// Destroyed.
        Destruction = "destruction",
        /// Used up in production.
        ProductionUse = "production_use",
        /// Delivered under a state contract.
        StateContract = "state_contract",
        /// Exported to a state of the Union.
        ExportUnion = "export_union",
        /// Given away free of charge.
        Donation = "donation",
        /// Confiscated.
        Confiscation = "confiscation",
        /// Recalled from the market and taken back.
        Recall = "recall",
        /// Taken as samples for tests or control.
        Samples = "samples",
        /// Past its date.
        Expiry = "expiry",
        /// Sold at a distance, by post or courier.
        DistanceSale = "distance_sale",
        /// Sold by a vending machine.
        Vending = "vending",
        /// Became part of a new product.
        Transformation = "transformation",
        /// Its label was damaged and replaced by another code.
        Remarking = "remarking",
        /// The participant ended its business.
        Liquidation = "liquidation",
        /// All its inner units were sold.
        SoldOut = "sold_out",
    }
}

impl WithdrawalReason {
    /// Its published number: the place in the list.
    pub fn code(self) -> u8 {
        // Fewer than 256, which a test of `act` would show.
        Self::ALL.iter().position(|reason| *reason == self).unwrap_or_default() as u8
    }

    /// The reason with this number.
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.get(usize::from(code)).copied()
    }

    /// Sold to a consumer.
    pub const fn is_sale(self) -> bool {
        matches!(self, Self::RetailSale | Self::DistanceSale | Self::Vending | Self::SoldOut)
    }

    /// The goods or the label are gone: it may happen to a code in any status before withdrawal, blocked or not.
    pub const fn is_loss(self) -> bool {
        matches!(self, Self::Loss | Self::Damage | Self::Destruction | Self::Confiscation | Self::Recall | Self::Expiry)
    }

    /// Whether goods withdrawn for it may come back into circulation (R1: those withdrawn for good never do).
    pub const fn may_return(self) -> bool {
        matches!(
            self,
            Self::RetailSale
                | Self::DistanceSale
                | Self::Vending
                | Self::StateContract
                | Self::OwnUse
                | Self::Donation
                | Self::Samples
                | Self::ExportUnion
                | Self::Loss
        )
    }
}

string_enum! {
    /// Why a state body blocked a unit.
    BlockReason {
        /// Recalled from the market.
        Recalled = "recalled",
        /// Found unsafe or of improper quality.
        Unsafe = "unsafe",
        /// Under investigation.
        Investigation = "investigation",
    }
}

impl BlockReason {
    /// Its published number: the place in the list.
    pub fn code(self) -> u8 {
        Self::ALL.iter().position(|reason| *reason == self).unwrap_or_default() as u8
    }

    /// The reason with this number.
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.get(usize::from(code)).copied()
    }
}

/// Number of an applied document; grows by one with each, starts at 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentNo(pub u64);

/// State of one unit or package: the fold of its events ([`UnitState::of`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct UnitState {
    /// Main status.
    pub status: Status,
    /// Its owner; nothing means that of its series. In a package, the owner of the outermost package counts instead.
    pub owner: Option<PartyId>,
    /// The package that it is directly in.
    pub package: Option<PackageId>,
    /// Level, of a package.
    pub level: Option<PackageLevel>,
    /// The document that applied it.
    pub applied: Option<DocumentNo>,
    /// The document that introduced it, with the facts of R5.
    pub introduced: Option<DocumentNo>,
    /// The document that withdrew it, wrote it off or annulled it, with the reason; while that stands.
    pub withdrawn: Option<(DocumentNo, Option<WithdrawalReason>)>,
    /// The document that blocked it and why, while the block stands.
    pub blocked: Option<(DocumentNo, BlockReason)>,
    /// The document that recalled it, while the recall stands.
    pub recalled: Option<DocumentNo>,
    /// The shipment that it is under way by.
    pub transfer: Option<DocumentNo>,
    /// The document since which it waits for customs.
    pub customs: Option<DocumentNo>,
    /// Inner units sold.
    pub inner_sold: u32,
    /// The code that goes on for it.
    pub replaced_by: Option<(SeriesId, u64)>,
    /// The code that it goes on for.
    pub replaces: Option<(SeriesId, u64)>,
}

impl UnitState {
    /// A code just issued.
    pub const EMITTED: Self = Self {
        status: Status::Emitted,
        owner: None,
        package: None,
        level: None,
        applied: None,
        introduced: None,
        withdrawn: None,
        blocked: None,
        recalled: None,
        transfer: None,
        customs: None,
        inner_sold: 0,
        replaced_by: None,
        replaces: None,
    };

    /// Whether it is that of a package that was formed.
    pub const fn is_package(&self) -> bool {
        self.level.is_some()
    }

    /// The state after `events`, in order, of a code that was just issued.
    pub fn of(events: &[Event]) -> Self {
        let mut state = Self::EMITTED;
        for (at, event) in events.iter().enumerate() {
            // A correction is rare, so what it takes back is found by folding what stands before it.
            state = match event.act {
                Act::Undo => Self::of(&standing(events.get(..=at).unwrap_or_default())),
                _ => state.after(*event),
            };
        }
        state
    }

    /// The state after one more event other than [`Act::Undo`], whatever may be thought of it: whether it is allowed
    /// was decided before.
    #[must_use]
    pub fn after(self, Event { document, act }: Event) -> Self {
        let mut next = self;
        match act {
            Act::Apply => (next.status, next.applied) = (Status::Applied, Some(document)),
            Act::Introduce => (next.status, next.introduced) = (Status::InCirculation, Some(document)),
            Act::Withdraw(reason) => {
                (next.status, next.withdrawn) = (Status::Withdrawn, Some((document, Some(reason))));
            }
            Act::Return => (next.status, next.withdrawn) = (Status::InCirculation, None),
            Act::Annul => (next.status, next.withdrawn) = (Status::Annulled, Some((document, None))),
            Act::WriteOff(reason) => {
                (next.status, next.withdrawn) = (Status::WrittenOff, Some((document, Some(reason))));
            }
            Act::Block(reason) => next.blocked = Some((document, reason)),
            Act::Unblock => next.blocked = None,
            Act::Recall => next.recalled = Some(document),
            Act::LiftRecall => next.recalled = None,
            Act::Ship => next.transfer = Some(document),
            Act::Accept(owner) => (next.owner, next.transfer) = (Some(owner), None),
            Act::EndTransfer => next.transfer = None,
            Act::AwaitCustoms => next.customs = Some(document),
            Act::ClearCustoms => next.customs = None,
            Act::SellInner(count) => next.inner_sold = next.inner_sold.saturating_add(count),
            Act::Pack(package) => next.package = Some(package),
            Act::Unpack(owner) => (next.owner, next.package) = (Some(owner), None),
            Act::ReplacedBy(series, number) => next.replaced_by = Some((series, number)),
            Act::Replaces(series, number) => next.replaces = Some((series, number)),
            Act::Form(owner, level) => {
                next = Self { status: Status::Formed, owner: Some(owner), level: Some(level), ..Self::EMITTED };
            }
            Act::Dissolve => next.status = Status::Dissolved,
            Act::Register => {}
            Act::Recognise => next.status = Status::InCirculation,
            Act::Repack | Act::Undo => {}
        }
        next
    }
}

/// The events that stand: without corrections and what they took back.
pub fn standing(events: &[Event]) -> Vec<Event> {
    let mut standing: Vec<Event> = Vec::with_capacity(events.len());
    for event in events {
        if event.act == Act::Undo {
            standing.pop();
        } else {
            standing.push(*event);
        }
    }
    standing
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_correction_takes_back_the_latest_act_that_stands() {
        let events: Vec<Event> =
            [Act::Apply, Act::Introduce, Act::Withdraw(WithdrawalReason::RetailSale), Act::Undo, Act::Undo]
                .into_iter()
                .zip(1..)
                .map(|(act, number)| Event { document: DocumentNo(number), act })
                .collect();
        let statuses: Vec<Status> = (0..=5).map(|len| UnitState::of(&events[..len]).status).collect();
        use Status::{Applied, Emitted, InCirculation, Withdrawn};
        assert_eq!(statuses, [Emitted, Applied, InCirculation, Withdrawn, InCirculation, Applied]);
        assert_eq!(UnitState::of(&events).introduced, None);
    }
}
