//! The state of a country after some months, as a function: every document and every history is computed from its place,
//! so that the log can be written in the order of documents and the blocks in the order of codes, each without the other,
//! and agree.
//!
//! Lots are the unit of production: so many are ordered each day, in turn over all products. A lot is applied and
//! introduced, a part of it packed in boxes with consecutive SSCCs, a fifth of the lots on pallets, the rest loose; it is
//! shipped and accepted. Eleven lots of twenty go to shops, which open the boxes and sell unit by unit over the next sixty
//! days, in receipts that draw at random from all that is on the shelves of their chain; one in a hundred comes back, one
//! in twenty is never sold and expires. The other nine stay packed with wholesalers.

mod blocks;
mod days;
mod log;
mod lot;
mod receipts;
mod shuffle;
mod size;
#[cfg(test)]
mod tests;

pub(crate) use days::Section;
pub(crate) use log::Paper;
pub(crate) use lot::{Fate, Lot};
pub(crate) use shuffle::{Shuffle, mix, pick};
pub(crate) use size::Size;

use shared::party::PartyId;
use shared::series::{PACKAGES_PER_SERIES, PackageId, SeriesId};
use shared::state::DocumentNo;

/// Days from the order of a lot to the eve of its first sale.
pub(crate) const SALE: u64 = 11;

/// Days after the last whose sales are known: a measured day makes them. On the third some would be of lots that are not
/// on the shelves by then.
pub(crate) const AHEAD: u64 = 3;

/// Of the units in shops so many in a hundred are sold within the window; the rest expires.
const SOLD_IN_HUNDRED: u64 = 95;

/// One sold unit of so many comes back, so many days later.
const RETURNED_ONE_IN: u64 = 100;
const RETURNED_AFTER: u64 = 3;

/// First ten digits of the SSCCs of the first series of packages.
const FIRST_PREFIX: u64 = 487_000_000;

/// The state of a country.
pub(crate) struct World {
    size: Size,
    /// First document of each section of each day, and behind the last day the first document that is free.
    days: Vec<days::Day>,
    /// For each day and chain: how its units are drawn for sale, and in which order a day sells them.
    drawn: Vec<Shuffle>,
    sold: Vec<Shuffle>,
}

impl World {
    pub(crate) fn new(size: Size) -> Self {
        size.check();
        let days = days::days(&size);
        let each = |key: u64, len: &dyn Fn(u64) -> u64| {
            (0..size.days + AHEAD)
                .flat_map(|day| (0..size.chains).map(move |chain| (day, chain)))
                .map(|(day, chain)| Shuffle::new(len(day), key << 40 | day << 16 | chain))
                .collect()
        };
        let drawn = each(1, &|_| size.shelved());
        let sold = each(2, &|day| size.sold_on(day).max(1));
        Self { size, days, drawn, sold }
    }

    pub(crate) fn size(&self) -> &Size {
        &self.size
    }

    /// The last document.
    pub(crate) fn last(&self) -> DocumentNo {
        DocumentNo(self.days.last().map_or(0, |day| day.first()) - 1)
    }

    /// The document at this place of a section of a day.
    fn document(&self, section: Section, day: u64, index: u64) -> DocumentNo {
        DocumentNo(self.days[day as usize].start(section) + index)
    }

    /// The document that does this to a lot, if it has happened yet.
    fn of_lot(&self, section: Section, lot: &Lot, index: u64) -> Option<DocumentNo> {
        let day = lot.day + section.delay(&self.size);
        (day < self.size.days).then(|| self.document(section, day, index))
    }

    fn drawn(&self, day: u64, chain: u64) -> &Shuffle {
        &self.drawn[(day * self.size.chains + chain) as usize]
    }

    fn sold(&self, day: u64, chain: u64) -> &Shuffle {
        &self.sold[(day * self.size.chains + chain) as usize]
    }

    /// Series of units with lots; behind them the series of consecutive units, then those of packages.
    pub(crate) fn unit_series(&self) -> u64 {
        self.size.series
    }

    /// The series whose units were never packed nor parted: what a document may name as one range.
    pub(crate) fn consecutive(&self) -> SeriesId {
        SeriesId(self.size.series as u32)
    }

    /// Series of packages.
    pub(crate) fn package_series(&self) -> u64 {
        self.size.lots().div_ceil(self.size.lots_a_package_series())
    }

    pub(crate) fn package_series_id(&self, at: u64) -> SeriesId {
        SeriesId((self.size.series + 1 + at) as u32)
    }

    /// First ten digits of the SSCCs of a series of packages.
    pub(crate) fn prefix(at: u64) -> u64 {
        FIRST_PREFIX + at
    }

    /// A package by its series and number.
    fn package(&self, series: SeriesId, number: u64) -> PackageId {
        let at = u64::from(series.0) - self.size.series - 1;
        // Seventeen digits by the prefix.
        PackageId::new(Self::prefix(at) * PACKAGES_PER_SERIES + number).unwrap_or_else(|| unreachable!("{number}"))
    }

    pub(crate) fn producer(&self, series: u64) -> PartyId {
        PartyId(1 + series * self.size.producers / self.size.series)
    }

    pub(crate) fn chain(&self, chain: u64) -> PartyId {
        PartyId(1 + self.size.producers + chain)
    }

    /// Wholesalers; the first has all that is loose, and the consecutive units.
    pub(crate) fn wholesaler(&self, at: u64) -> PartyId {
        PartyId(1 + self.size.producers + self.size.chains + at)
    }

    /// Units issued of a series with lots.
    pub(crate) fn issued(&self, series: u64) -> u64 {
        let turns = (self.size.lots() + self.size.series - 1 - series) / self.size.series;
        turns * self.size.lot()
    }
}
