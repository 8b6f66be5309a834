//! Which documents a day has, and the number of each.

use super::size::{PALLETS_ONE_IN, SHOPS_OF_GROUP, Size};
use super::{RETURNED_AFTER, RETURNED_ONE_IN, SALE, receipts};

/// A kind of documents of a day, in their order within the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    Order,
    Apply,
    WriteOff,
    Annul,
    Introduce,
    Aggregate,
    Ship,
    ShipLoose,
    Accept,
    AcceptLoose,
    OpenPallets,
    OpenBoxes,
    Receipt,
    Return,
    Expire,
}

pub(crate) const SECTIONS: [Section; 15] = {
    use Section::*;
    [
        Order,
        Apply,
        WriteOff,
        Annul,
        Introduce,
        Aggregate,
        Ship,
        ShipLoose,
        Accept,
        AcceptLoose,
        OpenPallets,
        OpenBoxes,
        Receipt,
        Return,
        Expire,
    ]
};

impl Section {
    /// Days from the order of a lot to its document in this section.
    pub(crate) fn delay(self, size: &Size) -> u64 {
        match self {
            Self::Order => 0,
            Self::Apply | Self::WriteOff | Self::Annul => 6,
            Self::Introduce | Self::Aggregate => 7,
            Self::Ship | Self::ShipLoose => 8,
            Self::Accept | Self::AcceptLoose => 10,
            // The same day as they are accepted.
            Self::OpenPallets | Self::OpenBoxes => SALE - 1,
            // They have no lot.
            Self::Receipt | Self::Return => 0,
            Self::Expire => SALE + size.window + 5,
        }
    }

    /// Documents of this section on a day.
    pub(crate) fn count(self, size: &Size, day: u64) -> u64 {
        match self {
            Self::Receipt => size.chains * receipts::count(size.sold_on(day)),
            Self::Return => day.checked_sub(RETURNED_AFTER).map_or(0, |sold| size.chains * returned(size, sold)),
            _ if day < self.delay(size) => 0,
            Self::OpenPallets => (size.shop_lots() / SHOPS_OF_GROUP).div_ceil(PALLETS_ONE_IN) * SHOPS_OF_GROUP,
            Self::OpenBoxes | Self::Expire => size.shop_lots(),
            _ => size.lots_a_day,
        }
    }
}

/// Units that a chain sold on a day and that come back: those at the middle of each hundred.
pub(crate) fn returned(size: &Size, day: u64) -> u64 {
    (size.sold_on(day) + RETURNED_ONE_IN / 2 - 1) / RETURNED_ONE_IN
}

/// First documents of the sections of a day, then of the next day.
pub(crate) struct Day([u64; SECTIONS.len() + 1]);

impl Day {
    pub(crate) fn first(&self) -> u64 {
        self.0[0]
    }

    pub(crate) fn start(&self, section: Section) -> u64 {
        self.0[section as usize]
    }

    pub(crate) fn end(&self) -> u64 {
        self.0[SECTIONS.len()]
    }
}

/// Documents before the first day: a card a product, and order, application and introduction of consecutive units.
pub(crate) fn before(size: &Size) -> u64 {
    size.series + 1 + 3
}

/// All days, and one behind them that has no documents.
pub(crate) fn days(size: &Size) -> Vec<Day> {
    let mut next = 1 + before(size);
    let mut days = Vec::with_capacity(size.days as usize + 1);
    for day in 0..size.days {
        let mut starts = [next; SECTIONS.len() + 1];
        for (at, section) in SECTIONS.into_iter().enumerate() {
            next += section.count(size, day);
            starts[at + 1] = next;
        }
        days.push(Day(starts));
    }
    days.push(Day([next; SECTIONS.len() + 1]));
    days
}
