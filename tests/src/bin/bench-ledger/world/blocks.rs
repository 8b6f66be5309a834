//! The histories of a world in the order of codes.

use super::days::Section;
use super::size::{PALLETS_ONE_IN, SHOPS_OF_GROUP};
use super::{Fate, Lot, RETURNED_AFTER, RETURNED_ONE_IN, SALE, World, receipts};
use shared::act::{Act, Event};
use shared::block::BLOCK_LEN;
use shared::series::{PackageLevel, Range, SeriesId};
use shared::state::{DocumentNo, WithdrawalReason};

/// Hears of each event of a block: the first unit, how many, and what happened. The events of each unit come in their
/// order.
pub(crate) type Push<'a> = dyn FnMut(u32, u32, Event) + 'a;

/// Takes what lies within a block.
struct Window<'a> {
    first: u64,
    push: &'a mut Push<'a>,
}

impl Window<'_> {
    fn add(&mut self, range: Range, document: Option<DocumentNo>, act: Act) {
        let (first, end) = (range.first.max(self.first), range.end().min(self.first + BLOCK_LEN));
        if let Some(document) = document
            && first < end
        {
            (self.push)((first - self.first) as u32, (end - first) as u32, Event { document, act });
        }
    }

    fn meets(&self, range: Range) -> bool {
        range.first < self.first + BLOCK_LEN && range.end() > self.first
    }
}

impl World {
    /// Blocks of a series.
    pub(crate) fn blocks_of(&self, series: SeriesId) -> u64 {
        let at = u64::from(series.0);
        let numbers = match at.checked_sub(self.size.series) {
            None => self.issued(at),
            Some(0) => self.size.consecutive,
            Some(_) => shared::series::PACKAGES_PER_SERIES,
        };
        numbers.div_ceil(BLOCK_LEN)
    }

    /// All events of a block.
    pub(crate) fn block<'a>(&self, series: SeriesId, block: u64, push: &'a mut Push<'a>) {
        let first = block * BLOCK_LEN;
        let mut window = Window { first, push };
        let at = u64::from(series.0);
        match at.checked_sub(self.size.series) {
            None => {
                let last = (first + BLOCK_LEN).min(self.issued(at));
                for round in first / self.size.lot()..last.div_ceil(self.size.lot()) {
                    self.units_of(&self.lot(round * self.size.series + at), &mut window);
                }
            }
            Some(0) => {
                let all = Range { series, first: 0, count: self.size.consecutive };
                let last = super::days::before(&self.size);
                window.add(all, Some(DocumentNo(last - 1)), Act::Apply);
                window.add(all, Some(DocumentNo(last)), Act::Introduce);
            }
            Some(_) => {
                let (lot, _) = self.size.lot_of_package(at - self.size.series - 1, first);
                let (end, _) = self.size.lot_of_package(at - self.size.series - 1, first + BLOCK_LEN - 1);
                // Behind the last lot of a series of packages its numbers are not used.
                let behind = (at - self.size.series) * self.size.lots_a_package_series();
                for lot in lot..(end + 1).min(behind).min(self.size.lots()) {
                    self.packages_of(&self.lot(lot), &mut window);
                }
            }
        }
    }

    fn units_of(&self, lot: &Lot, window: &mut Window<'_>) {
        let size = &self.size;
        let (packed, in_trade) = (size.packed(), size.packed() + size.loose);
        let done = |section| self.of_lot(section, lot, lot.index);
        window.add(lot.part(0, in_trade + size.spoilt), done(Section::Apply), Act::Apply);
        let written_off = Act::WriteOff(WithdrawalReason::Damage);
        window.add(lot.part(in_trade, in_trade + size.spoilt), done(Section::WriteOff), written_off);
        window.add(lot.part(in_trade + size.spoilt, size.lot()), done(Section::Annul), Act::Annul);
        window.add(lot.part(0, in_trade), done(Section::Introduce), Act::Introduce);
        let loose = lot.part(packed, in_trade);
        window.add(loose, done(Section::ShipLoose), Act::Ship);
        window.add(loose, done(Section::AcceptLoose), Act::Accept(self.wholesaler(0)));
        let aggregated = done(Section::Aggregate);
        if aggregated.is_none() || !window.meets(lot.part(0, packed)) {
            return;
        }
        for at in 0..size.boxes_of_lot() {
            let range = lot.part(at * size.units, (at + 1) * size.units);
            if window.meets(range) {
                window.add(range, aggregated, Act::Pack(self.package(lot.packages, lot.first_package + at)));
            }
        }
        let Fate::Shops(at) = lot.fate else { return };
        let opened = self.of_lot(Section::OpenBoxes, lot, at);
        window.add(lot.part(0, packed), opened, Act::Unpack(self.receiver(lot)));
        if opened.is_none() {
            return;
        }
        let first = window.first.max(lot.first) - lot.first;
        let end = (window.first + BLOCK_LEN).min(lot.first + packed) - lot.first;
        let expired = self.of_lot(Section::Expire, lot, at);
        for offset in first..end {
            self.sales_of(lot, at, offset, expired, window);
        }
    }

    /// When a unit of a shop lot is sold, and at which place of those that its chain sells of that lot's day then; nothing
    /// if it never is.
    pub(crate) fn sale(&self, lot: &Lot, offset: u64) -> Option<(u64, u64)> {
        let Fate::Shops(at) = lot.fate else { return None };
        let unit = at / self.size.chains * self.size.packed() + offset;
        let place = self.drawn(lot.day, at % self.size.chains).place(unit);
        let (age, _) = (place / self.size.quota(), place % self.size.quota());
        (age < self.size.window).then(|| (lot.day + SALE + age + 1, place))
    }

    fn sales_of(&self, lot: &Lot, at: u64, offset: u64, expired: Option<DocumentNo>, window: &mut Window<'_>) {
        let one = lot.part(offset, offset + 1);
        let Some((day, slot)) = self.sale(lot, offset) else {
            window.add(one, expired, Act::Withdraw(WithdrawalReason::Expiry));
            return;
        };
        if day >= self.size.days {
            return;
        }
        let (chains, chain) = (self.size.chains, at % self.size.chains);
        let position = self.sold(day, chain).place(slot);
        let receipt = self.document(Section::Receipt, day, receipts::of(position) * chains + chain);
        window.add(one, Some(receipt), Act::Withdraw(WithdrawalReason::RetailSale));
        let returned = day + RETURNED_AFTER;
        if position % RETURNED_ONE_IN == RETURNED_ONE_IN / 2 && returned < self.size.days {
            let document = self.document(Section::Return, returned, position / RETURNED_ONE_IN * chains + chain);
            window.add(one, Some(document), Act::Return);
        }
    }

    fn packages_of(&self, lot: &Lot, window: &mut Window<'_>) {
        let size = &self.size;
        let (count, producer) = (size.boxes_of_lot(), self.producer(lot.series.0.into()));
        let (boxes, pallets) = (lot.packages(0, count), lot.packages(count, count + size.pallets));
        let receiver = self.receiver(lot);
        let done = |section| self.of_lot(section, lot, lot.index);
        let formed = done(Section::Aggregate);
        window.add(boxes, formed, Act::Form(producer, PackageLevel::Transport));
        let mut moved = boxes;
        if lot.on_pallets {
            window.add(pallets, formed, Act::Form(producer, PackageLevel::Pallet));
            for at in 0..size.pallets {
                let package = self.package(lot.packages, pallets.first + at);
                window.add(lot.packages(at * size.boxes, (at + 1) * size.boxes), formed, Act::Pack(package));
            }
            moved = pallets;
        }
        window.add(moved, done(Section::Ship), Act::Ship);
        window.add(moved, done(Section::Accept), Act::Accept(receiver));
        let Fate::Shops(at) = lot.fate else { return };
        if lot.on_pallets {
            let index = at / SHOPS_OF_GROUP / PALLETS_ONE_IN * SHOPS_OF_GROUP + at % SHOPS_OF_GROUP;
            let opened = self.of_lot(Section::OpenPallets, lot, index);
            window.add(boxes, opened, Act::Unpack(receiver));
            window.add(pallets, opened, Act::Dissolve);
        }
        window.add(boxes, self.of_lot(Section::OpenBoxes, lot, at), Act::Dissolve);
    }
}
