//! Acts: what a document does to one unit or package. The state of a unit is the fold of its acts, and the ledger keeps
//! nothing else of it.

use crate::party::PartyId;
use crate::series::{PackageId, PackageLevel, Range, SeriesId};
use crate::state::{BlockReason, DocumentNo, WithdrawalReason};

/// What a document does to one unit or package. Each has a published number ([`Act::code`]) that is never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Act {
    /// The code was printed on a product.
    Apply,
    /// It enters circulation.
    Introduce,
    /// It leaves circulation.
    Withdraw(WithdrawalReason),
    /// It comes back into circulation.
    Return,
    /// The code was not applied in time, or its participant gave it up.
    Annul,
    /// A code that never was in circulation is given up: its label or its goods are gone.
    WriteOff(WithdrawalReason),
    /// A state body blocks it.
    Block(BlockReason),
    /// The block is lifted.
    Unblock,
    /// Its producer or a state body recalls it.
    Recall,
    /// The recall is lifted.
    LiftRecall,
    /// Shipped to another participant, who has not answered yet.
    Ship,
    /// Accepted by its new owner.
    Accept(PartyId),
    /// The shipment ended without a new owner.
    EndTransfer,
    /// Waits for release by customs.
    AwaitCustoms,
    /// Released by customs.
    ClearCustoms,
    /// So many of its inner units were sold.
    SellInner(u32),
    /// Put into a package.
    Pack(PackageId),
    /// Taken out of its package; the owner is that of the outermost package until then.
    Unpack(PartyId),
    /// Its label was damaged; the goods go on under another code.
    ReplacedBy(SeriesId, u64),
    /// It goes on for a code whose label was damaged.
    Replaces(SeriesId, u64),
    /// A package is made by this owner.
    Form(PartyId, PackageLevel),
    /// A package is taken apart.
    Dissolve,
    /// Contents of a package changed.
    Repack,
    /// A participant's own serial is registered, not yet applied.
    Register,
    /// Another state's code is recognised, in circulation there.
    Recognise,
    /// A correction: its latest act is as if it had not been.
    Undo,
}

/// Bits of a number of a series in an argument: numbers are below 2⁴⁰.
const NUMBER_BITS: u32 = 40;

impl Act {
    /// Its published number and its argument, 0 if it has none.
    pub fn code(self) -> (u8, u64) {
        match self {
            Self::Apply => (1, 0),
            Self::Introduce => (2, 0),
            Self::Withdraw(reason) => (3, u64::from(reason.code())),
            Self::Return => (4, 0),
            Self::Annul => (5, 0),
            Self::WriteOff(reason) => (6, u64::from(reason.code())),
            Self::Block(reason) => (7, u64::from(reason.code())),
            Self::Unblock => (8, 0),
            Self::Recall => (9, 0),
            Self::LiftRecall => (10, 0),
            Self::Ship => (11, 0),
            Self::Accept(owner) => (12, owner.0),
            Self::EndTransfer => (13, 0),
            Self::AwaitCustoms => (14, 0),
            Self::ClearCustoms => (15, 0),
            Self::SellInner(count) => (16, u64::from(count)),
            Self::Pack(package) => (17, package.digits()),
            Self::Unpack(owner) => (18, owner.0),
            Self::ReplacedBy(series, number) => (19, place(series, number)),
            Self::Replaces(series, number) => (20, place(series, number)),
            Self::Form(owner, level) => (21, owner.0 << 3 | level_code(level)),
            Self::Dissolve => (22, 0),
            Self::Repack => (23, 0),
            Self::Register => (24, 0),
            Self::Recognise => (25, 0),
            Self::Undo => (26, 0),
        }
    }

    /// The act with this number and argument; nothing if there is none, such as from a newer program.
    pub fn from_code(code: u8, arg: u64) -> Option<Self> {
        let small = || u8::try_from(arg).ok();
        let plain = |act| if arg == 0 { Some(act) } else { None };
        match code {
            1 => plain(Self::Apply),
            2 => plain(Self::Introduce),
            3 => small().and_then(WithdrawalReason::from_code).map(Self::Withdraw),
            4 => plain(Self::Return),
            5 => plain(Self::Annul),
            6 => small().and_then(WithdrawalReason::from_code).map(Self::WriteOff),
            7 => small().and_then(BlockReason::from_code).map(Self::Block),
            8 => plain(Self::Unblock),
            9 => plain(Self::Recall),
            10 => plain(Self::LiftRecall),
            11 => plain(Self::Ship),
            12 => Some(Self::Accept(PartyId(arg))),
            13 => plain(Self::EndTransfer),
            14 => plain(Self::AwaitCustoms),
            15 => plain(Self::ClearCustoms),
            16 => u32::try_from(arg).ok().map(Self::SellInner),
            17 => PackageId::new(arg).map(Self::Pack),
            18 => Some(Self::Unpack(PartyId(arg))),
            19 => unplace(arg).map(|(series, number)| Self::ReplacedBy(series, number)),
            20 => unplace(arg).map(|(series, number)| Self::Replaces(series, number)),
            21 => level_from(arg & 7).map(|level| Self::Form(PartyId(arg >> 3), level)),
            22 => plain(Self::Dissolve),
            23 => plain(Self::Repack),
            24 => plain(Self::Register),
            25 => plain(Self::Recognise),
            26 => plain(Self::Undo),
            _ => None,
        }
    }

    /// Its published name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Apply => "apply",
            Self::Introduce => "introduce",
            Self::Withdraw(_) => "withdraw",
            Self::Return => "return",
            Self::Annul => "annul",
            Self::WriteOff(_) => "write_off",
            Self::Block(_) => "block",
            Self::Unblock => "unblock",
            Self::Recall => "recall",
            Self::LiftRecall => "lift_recall",
            Self::Ship => "ship",
            Self::Accept(_) => "accept",
            Self::EndTransfer => "end_transfer",
            Self::AwaitCustoms => "await_customs",
            Self::ClearCustoms => "clear_customs",
            Self::SellInner(_) => "sell_inner",
            Self::Pack(_) => "pack",
            Self::Unpack(_) => "unpack",
            Self::ReplacedBy(..) => "replaced_by",
            Self::Replaces(..) => "replaces",
            Self::Form(..) => "form",
            Self::Dissolve => "dissolve",
            Self::Repack => "repack",
            Self::Register => "register",
            Self::Recognise => "recognise",
            Self::Undo => "undo",
        }
    }
}

fn place(series: SeriesId, number: u64) -> u64 {
    // 24 bits of series: sixteen million of them; the store gives out no more.
    u64::from(series.0) << NUMBER_BITS | number & ((1 << NUMBER_BITS) - 1)
}

fn unplace(arg: u64) -> Option<(SeriesId, u64)> {
    let series = u32::try_from(arg >> NUMBER_BITS).ok()?;
    Some((SeriesId(series), arg & ((1 << NUMBER_BITS) - 1)))
}

fn level_code(level: PackageLevel) -> u64 {
    match level {
        PackageLevel::Set => 0,
        PackageLevel::Group => 1,
        PackageLevel::Transport => 2,
        PackageLevel::Pallet => 3,
        PackageLevel::Container => 4,
    }
}

fn level_from(code: u64) -> Option<PackageLevel> {
    usize::try_from(code).ok().and_then(|code| PackageLevel::ALL.get(code)).copied()
}

/// An act with the document that did it: an entry in the history of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Event {
    /// The document.
    pub document: DocumentNo,
    /// What it did.
    pub act: Act,
}

/// What a document does to consecutive numbers of a series. A document is applied as the list of its effects, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Effect {
    /// The numbers.
    pub range: Range,
    /// What is done to each.
    pub act: Act,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_come_back_and_are_used_once() {
        let mut seen = std::collections::BTreeSet::new();
        for code in 0..=u8::MAX {
            for arg in [0, 1, 2, 3, 7, 1 << 40 | 5, 99_999_999_999_999_999] {
                if let Some(act) = Act::from_code(code, arg) {
                    assert_eq!(act.code(), (code, arg), "{act:?}");
                    seen.insert((code, act.name()));
                }
            }
        }
        assert_eq!(seen.len(), 26, "{seen:?}");
    }
}
