//! What may follow what in the life of a unit or package, told a second time: the fold of section 8 of
//! docs/internals/ledger.md, and of the rules of the steps those that goods and packages cannot exist without. Who may take
//! a step, and what a block, a recall or customs hold back, is not looked at again.

use std::fmt;

/// Main status, as it is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    Emitted,
    Applied,
    InCirculation,
    Withdrawn,
    WrittenOff,
    Annulled,
    Formed,
    Dissolved,
}

/// Kinds of series, as the rules tell them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Codes that are ordered.
    Issued,
    /// Serials that are registered or recognised first.
    Serials,
    /// Packages, which are formed first.
    Packages,
}

/// Number of an act that takes back the latest that stands.
pub(crate) const UNDO: u8 = 26;

/// Not in a package.
const NOWHERE: u64 = u64::MAX;

const BLOCKED: u8 = 1;
const RECALLED: u8 = 2;
const UNDER_WAY: u8 = 4;
const AT_CUSTOMS: u8 = 8;
/// Registered or recognised, and nothing since.
const JUST_BEGUN: u8 = 16;

/// What of a state the rules ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct State {
    /// Document of the first event, and of the last.
    pub(crate) first: u64,
    pub(crate) document: u64,
    /// The package that it is in.
    package: u64,
    /// The shipment by which it is, or was last, under way.
    shipment: u64,
    /// Events before the last by the same document.
    pub(crate) earlier: u32,
    pub(crate) status: Status,
    flags: u8,
}

/// Why a step may not follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Its document is before the one before it.
    Order,
    /// The act has no such number or argument, or is not for this kind of series.
    NoSuchAct,
    /// Something happened to a serial or package before it was registered or formed, or that happened a second time.
    NotFirst,
    /// Applied what is not just issued.
    NotEmitted,
    /// Introduced what is not applied, as what was introduced before.
    NotApplied,
    /// Sold, shipped or packed what is not in circulation.
    NotInCirculation,
    /// Returned what had not left.
    NotWithdrawn,
    /// Lifted what did not stand.
    NotStanding,
    /// Put into a second package.
    InAPackage,
    /// Taken out of no package.
    NotInAPackage,
    /// Accepted what is not under way, or shipped what is.
    UnderWay,
    /// Something happened to a package that was taken apart or withdrawn.
    NotWhole,
    /// Nothing stands that could be taken back.
    NothingToUndo,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Order => "its document is before the one before it",
            Self::NoSuchAct => "there is no such act in this series",
            Self::NotFirst => "it is first in every history, and once",
            Self::NotEmitted => "the code is not just issued",
            Self::NotApplied => "the code is not applied",
            Self::NotInCirculation => "the code is not in circulation",
            Self::NotWithdrawn => "the code has not left circulation",
            Self::NotStanding => "what it lifts does not stand",
            Self::InAPackage => "it is in a package",
            Self::NotInAPackage => "it is in no package",
            Self::UnderWay => "it is under way already, or not at all",
            Self::NotWhole => "the package is not whole",
            Self::NothingToUndo => "nothing stands before it",
        })
    }
}

impl State {
    /// A code that was just issued.
    pub(crate) const EMITTED: Self =
        Self { first: 0, document: 0, package: NOWHERE, shipment: 0, earlier: 0, status: Status::Emitted, flags: 0 };

    const fn has(&self, flag: u8) -> bool {
        self.flags & flag != 0
    }

    /// The shipment that it is under way by.
    pub(crate) const fn under_way(&self) -> Option<u64> {
        if self.has(UNDER_WAY) { Some(self.shipment) } else { None }
    }

    /// Folds an act of a document, other than [`UNDO`], allowed or not.
    #[inline]
    pub(crate) const fn follow(&mut self, document: u64, act: u8, arg: u64) {
        self.flags &= !JUST_BEGUN;
        match act {
            1 => self.status = Status::Applied,
            2 | 4 => self.status = Status::InCirculation,
            3 => self.status = Status::Withdrawn,
            5 => self.status = Status::Annulled,
            6 => self.status = Status::WrittenOff,
            7 => self.flags |= BLOCKED,
            8 => self.flags &= !BLOCKED,
            9 => self.flags |= RECALLED,
            10 => self.flags &= !RECALLED,
            11 => (self.flags, self.shipment) = (self.flags | UNDER_WAY, document),
            12 | 13 => self.flags &= !UNDER_WAY,
            14 => self.flags |= AT_CUSTOMS,
            15 => self.flags &= !AT_CUSTOMS,
            17 => self.package = arg,
            18 => self.package = NOWHERE,
            21 => (self.status, self.package, self.flags) = (Status::Formed, NOWHERE, 0),
            22 => self.status = Status::Dissolved,
            24 => self.flags |= JUST_BEGUN,
            25 => (self.status, self.flags) = (Status::InCirculation, self.flags | JUST_BEGUN),
            _ => {}
        }
    }
}

/// The state of all events but corrections and what they took back, given from the last to the first; nothing if a
/// correction found nothing.
pub(crate) fn standing(backwards: &mut Vec<(u64, u8, u64)>) -> Option<State> {
    let mut standing: Vec<(u64, u8, u64)> = Vec::new();
    for event in backwards.drain(..).rev() {
        if event.1 == UNDO {
            standing.pop()?;
        } else {
            standing.push(event);
        }
    }
    let mut state = State::EMITTED;
    for (document, act, arg) in standing {
        state.follow(document, act, arg);
    }
    Some(state)
}

/// Why an act may not follow; nothing if it may. `is_first`: nothing happened before.
#[inline]
pub(crate) fn allowed(state: &State, kind: Kind, is_first: bool, act: u8, arg: u64) -> Option<Fault> {
    if !is_known(act, arg) {
        return Some(Fault::NoSuchAct);
    }
    // A package whose forming was taken back may be formed again.
    let (begins, is_first) = match kind {
        Kind::Issued => (false, false),
        Kind::Serials => (act == 24 || act == 25, is_first),
        Kind::Packages => (act == 21, state.status == Status::Emitted),
    };
    if is_first != begins {
        return Some(Fault::NotFirst);
    }
    match kind {
        Kind::Packages => of_package(state, act),
        Kind::Serials if begins => None,
        Kind::Serials | Kind::Issued => of_unit(state, act),
    }
}

fn unless(so: bool, fault: Fault) -> Option<Fault> {
    if so { None } else { Some(fault) }
}

#[inline]
fn of_unit(state: &State, act: u8) -> Option<Fault> {
    let status = state.status;
    let is_out = state.package == NOWHERE;
    let is_before = matches!(status, Status::Emitted | Status::Applied);
    let is_on_goods = matches!(status, Status::Applied | Status::InCirculation);
    match act {
        1 | 5 => unless(status == Status::Emitted, Fault::NotEmitted),
        2 => unless(status == Status::Applied, Fault::NotApplied),
        3 | 16 => unless(status == Status::InCirculation, Fault::NotInCirculation),
        4 => unless(status == Status::Withdrawn, Fault::NotWithdrawn),
        6 | 14 | 20 => unless(is_before, Fault::NotApplied),
        8 => unless(state.has(BLOCKED), Fault::NotStanding),
        10 => unless(state.has(RECALLED), Fault::NotStanding),
        11 if status != Status::InCirculation => Some(Fault::NotInCirculation),
        11 if state.has(UNDER_WAY) => Some(Fault::UnderWay),
        11 => unless(is_out, Fault::InAPackage),
        // Another than the holder of the card registers, and has it from the first.
        12 if state.has(JUST_BEGUN) => None,
        12 | 13 => unless(state.has(UNDER_WAY), Fault::UnderWay),
        15 => unless(state.has(AT_CUSTOMS), Fault::NotStanding),
        17 if !is_on_goods => Some(Fault::NotInCirculation),
        17 => unless(is_out, Fault::InAPackage),
        18 => unless(!is_out, Fault::NotInAPackage),
        19 => unless(is_on_goods, Fault::NotApplied),
        21..=25 => Some(Fault::NoSuchAct),
        _ => None,
    }
}

fn of_package(state: &State, act: u8) -> Option<Fault> {
    let is_out = state.package == NOWHERE;
    let is_whole = matches!(state.status, Status::Formed | Status::Applied | Status::InCirculation);
    match act {
        1 => unless(state.status == Status::Formed, Fault::NotEmitted),
        2 => unless(state.status == Status::Applied, Fault::NotApplied),
        3 => unless(is_whole && state.status != Status::Applied, Fault::NotWhole),
        8 => unless(state.has(BLOCKED), Fault::NotStanding),
        11 if !is_whole || state.status == Status::Applied => Some(Fault::NotWhole),
        11 if state.has(UNDER_WAY) => Some(Fault::UnderWay),
        11 => unless(is_out, Fault::InAPackage),
        12 | 13 => unless(state.has(UNDER_WAY), Fault::UnderWay),
        17 | 22 if !is_whole => Some(Fault::NotWhole),
        17 | 22 => unless(is_out, Fault::InAPackage),
        18 => unless(!is_out, Fault::NotInAPackage),
        23 => unless(state.status != Status::Dissolved, Fault::NotWhole),
        7 | 21 | UNDO => None,
        _ => Some(Fault::NoSuchAct),
    }
}

/// Whether there is such an act with such an argument (section 7).
#[inline]
fn is_known(act: u8, arg: u64) -> bool {
    match act {
        3 | 6 => arg < 20,
        7 => arg < 3,
        12 | 18..=20 => true,
        16 => arg <= u64::from(u32::MAX),
        17 => arg < 100_000_000_000_000_000,
        21 => arg & 7 < 5,
        1..=26 => arg == 0,
        _ => false,
    }
}
