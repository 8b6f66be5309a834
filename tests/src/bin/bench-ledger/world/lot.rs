//! A lot: where it comes from and where it goes.

use super::size::{GROUP, PALLETS_ONE_IN, SHOPS_OF_GROUP};
use super::{World, pick};
use shared::party::PartyId;
use shared::series::{PackageId, Range, SeriesId};

/// Where a lot goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// To the shops of a chain: which of the lots of its day, of those for shops.
    Shops(u64),
    /// To a wholesaler, packed.
    Wholesale(u64),
}

/// Consecutive units of a series, produced together.
#[derive(Clone, Debug)]
pub(crate) struct Lot {
    /// The day it was ordered, and its place among the lots of that day.
    pub(crate) day: u64,
    pub(crate) index: u64,
    pub(crate) series: SeriesId,
    /// Its first number in the series.
    pub(crate) first: u64,
    pub(crate) packages: SeriesId,
    /// The number of its first box.
    pub(crate) first_package: u64,
    pub(crate) on_pallets: bool,
    pub(crate) fate: Fate,
}

/// Places within the groups of a day turn with each round over the series, so that a product goes now to shops, now to
/// wholesalers.
const TURN: u64 = 7;

impl World {
    pub(crate) fn lot(&self, number: u64) -> Lot {
        let size = &self.size;
        let (series, round) = (number % size.series, number / size.series);
        let index = number % size.lots_a_day;
        let (group, place) = (index / GROUP, (index % GROUP + round * TURN) % GROUP);
        let fate = if place < SHOPS_OF_GROUP {
            Fate::Shops(group * SHOPS_OF_GROUP + place)
        } else {
            Fate::Wholesale(pick(number, size.wholesalers))
        };
        Lot {
            day: number / size.lots_a_day,
            index,
            series: SeriesId(series as u32),
            first: round * size.lot(),
            packages: self.package_series_id(number / size.lots_a_package_series()),
            first_package: size.first_package(number),
            on_pallets: group.is_multiple_of(PALLETS_ONE_IN),
            fate,
        }
    }

    /// The lot of a day that is at this place of those for shops.
    pub(crate) fn shop_lot(&self, day: u64, at: u64) -> Lot {
        let first = day * self.size.lots_a_day;
        let (group, place) = (at / SHOPS_OF_GROUP, at % SHOPS_OF_GROUP);
        let turned = first / self.size.series * TURN % GROUP;
        self.lot(first + group * GROUP + (place + GROUP - turned) % GROUP)
    }

    /// Shop lots of a day that are on pallets.
    pub(crate) fn pallet_places(size: &super::Size) -> impl Iterator<Item = u64> + use<> {
        let groups = size.lots_a_day / GROUP;
        (0..groups)
            .step_by(PALLETS_ONE_IN as usize)
            .flat_map(|group| (0..SHOPS_OF_GROUP).map(move |place| group * SHOPS_OF_GROUP + place))
    }

    /// What of a lot travels: its pallets, or the boxes themselves.
    pub(crate) fn moved(&self, lot: &Lot) -> Range {
        let boxes = self.size.boxes_of_lot();
        if lot.on_pallets { lot.packages(boxes, boxes + self.size.pallets) } else { lot.packages(0, boxes) }
    }

    /// The same, by their SSCCs.
    pub(crate) fn moved_packages(&self, lot: &Lot) -> Vec<PackageId> {
        let range = self.moved(lot);
        (range.first..range.end()).map(|number| self.package(range.series, number)).collect()
    }

    /// Who gets a lot.
    pub(crate) fn receiver(&self, lot: &Lot) -> PartyId {
        match lot.fate {
            Fate::Shops(at) => self.chain(at % self.size.chains),
            Fate::Wholesale(at) => self.wholesaler(at),
        }
    }
}

impl Lot {
    /// Units of it, from the place `from` to `to`.
    pub(crate) fn part(&self, from: u64, to: u64) -> Range {
        Range { series: self.series, first: self.first + from, count: to - from }
    }

    /// Packages of it.
    pub(crate) fn packages(&self, from: u64, to: u64) -> Range {
        Range { series: self.packages, first: self.first_package + from, count: to - from }
    }
}
