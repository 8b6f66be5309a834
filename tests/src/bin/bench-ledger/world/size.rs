//! How large a world is.

use super::{SALE, SOLD_IN_HUNDRED};
use shared::series::PACKAGES_PER_SERIES;

/// Lots in a group: eleven of them go to shops.
pub(crate) const GROUP: u64 = 20;
pub(crate) const SHOPS_OF_GROUP: u64 = 11;

/// One group in so many is put on pallets.
pub(crate) const PALLETS_ONE_IN: u64 = 5;

/// The measures of a world.
#[derive(Clone, Debug)]
pub(crate) struct Size {
    pub(crate) series: u64,
    pub(crate) days: u64,
    pub(crate) lots_a_day: u64,
    /// Pallets that the packed part of a lot fills, boxes on a pallet, units in a box.
    pub(crate) pallets: u64,
    pub(crate) boxes: u64,
    pub(crate) units: u64,
    /// Units of a lot that are never packed.
    pub(crate) loose: u64,
    /// Units of a lot that are written off, and as many that are annulled.
    pub(crate) spoilt: u64,
    /// Days over which a lot is sold.
    pub(crate) window: u64,
    pub(crate) producers: u64,
    pub(crate) chains: u64,
    pub(crate) wholesalers: u64,
    /// Cash registers of a chain.
    pub(crate) registers: u64,
    /// Units of the series that was never parted.
    pub(crate) consecutive: u64,
}

impl Size {
    /// A country with 1.155 billion codes for each pallet in a lot.
    pub(crate) fn country(pallets: u64) -> Self {
        Self {
            series: 100_000,
            days: 220,
            lots_a_day: 5_000,
            pallets,
            boxes: 50,
            units: 20,
            loose: 40 * pallets,
            spoilt: 5 * pallets,
            window: 60,
            producers: 2_000,
            chains: 25,
            wholesalers: 20,
            registers: 40_000,
            consecutive: 2_000_000,
        }
    }

    /// A tenth of it.
    pub(crate) fn region(pallets: u64) -> Self {
        Self { series: 10_000, lots_a_day: 500, ..Self::country(pallets) }
    }

    /// The one of these sizes that has so many series.
    pub(crate) fn with_series(pallets: u64, series: u64) -> Self {
        let sizes = [Self::country(pallets), Self::region(pallets)];
        sizes.into_iter().find(|size| size.series == series).unwrap_or_else(Self::small)
    }

    /// The same life in small, with series of so many lots.
    pub(crate) fn small() -> Self {
        Self {
            series: 300,
            days: 50,
            lots_a_day: 100,
            pallets: 2,
            boxes: 5,
            units: 6,
            loose: 7,
            spoilt: 2,
            window: 12,
            producers: 10,
            chains: 5,
            wholesalers: 3,
            registers: 700,
            consecutive: 10_000,
        }
    }

    pub(crate) fn check(&self) {
        assert!(self.lots_a_day.is_multiple_of(GROUP) && self.series.is_multiple_of(self.lots_a_day), "{self:?}");
        assert!(self.shop_lots().is_multiple_of(self.chains), "{self:?}");
    }

    /// Units of a lot in boxes.
    pub(crate) fn packed(&self) -> u64 {
        self.pallets * self.boxes * self.units
    }

    /// Units of a lot.
    pub(crate) fn lot(&self) -> u64 {
        self.packed() + self.loose + 2 * self.spoilt
    }

    pub(crate) fn lots(&self) -> u64 {
        self.days * self.lots_a_day
    }

    /// All units.
    pub(crate) fn codes(&self) -> u64 {
        self.lots() * self.lot() + self.consecutive
    }

    /// Boxes of a lot; behind them the numbers of its pallets.
    pub(crate) fn boxes_of_lot(&self) -> u64 {
        self.pallets * self.boxes
    }

    fn packages(&self) -> u64 {
        self.boxes_of_lot() + self.pallets
    }

    pub(crate) fn lots_a_package_series(&self) -> u64 {
        PACKAGES_PER_SERIES / self.packages()
    }

    /// First number of the packages of a lot in their series.
    pub(crate) fn first_package(&self, lot: u64) -> u64 {
        lot % self.lots_a_package_series() * self.packages()
    }

    /// Lots and places within a lot of which numbers of a series of packages are.
    pub(crate) fn lot_of_package(&self, series: u64, number: u64) -> (u64, u64) {
        (series * self.lots_a_package_series() + number / self.packages(), number % self.packages())
    }

    /// Lots of a day that go to shops.
    pub(crate) fn shop_lots(&self) -> u64 {
        self.lots_a_day / GROUP * SHOPS_OF_GROUP
    }

    /// Units that a chain gets of the lots of a day.
    pub(crate) fn shelved(&self) -> u64 {
        self.shop_lots() / self.chains * self.packed()
    }

    /// Units that a chain sells in a day of the lots of one day.
    pub(crate) fn quota(&self) -> u64 {
        self.shelved() * SOLD_IN_HUNDRED / 100 / self.window
    }

    /// Units that a chain sells on a day.
    pub(crate) fn sold_on(&self, day: u64) -> u64 {
        day.saturating_sub(SALE).min(self.window) * self.quota()
    }
}
