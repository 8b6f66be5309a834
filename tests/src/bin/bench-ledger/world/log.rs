//! The documents of a world in their order, with what each does.

use super::days::{SECTIONS, Section, before};
use super::{Lot, RETURNED_AFTER, RETURNED_ONE_IN, Shuffle, World, mix, pick, receipts};
use shared::act::{Act, Effect};
use shared::date::Timestamp;
use shared::document::DocumentKind;
use shared::party::PartyId;
use shared::region::Region;
use shared::series::{PackageLevel, Range, SeriesId};
use shared::state::{DocumentNo, WithdrawalReason};

/// What a document says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Paper {
    pub(crate) document: DocumentNo,
    pub(crate) kind: DocumentKind,
    pub(crate) party: PartyId,
    pub(crate) at: Timestamp,
    pub(crate) units: u64,
    pub(crate) region: Option<Region>,
    /// Cash register and number of a receipt.
    pub(crate) register: Option<(u64, u64)>,
    /// The numbers that it issues.
    pub(crate) issued: Option<Range>,
    /// The receiver, of a shipment; the shipment, of its acceptance.
    pub(crate) to: Option<PartyId>,
    pub(crate) answers: Option<DocumentNo>,
}

/// 2026-01-01T00:00:00Z.
const BEGIN: i64 = 1_767_225_600_000;
const DAY: i64 = 86_400_000;

/// Hears of each document with what it does.
pub(crate) type Each<'a> = dyn FnMut(&Paper, &[Effect]) + 'a;

impl World {
    /// The beginning of a day.
    pub(crate) fn midnight(day: u64) -> Timestamp {
        Timestamp(BEGIN + day as i64 * DAY)
    }

    /// Documents from before the first day: cards, and the consecutive units.
    pub(crate) fn first_documents(&self, each: &mut Each<'_>) {
        let owner = self.wholesaler(0);
        let all = Range { series: self.consecutive(), first: 0, count: self.size.consecutive };
        for at in 0..before(&self.size) {
            let party = if at < self.size.series { self.producer(at) } else { owner };
            let mut paper = self.paper(DocumentNo(1 + at), DocumentKind::RegisterProduct, party);
            paper.at = Timestamp(BEGIN - DAY);
            let effects = match at.checked_sub(self.size.series) {
                None | Some(0) => Vec::new(),
                Some(1) => {
                    (paper.kind, paper.issued) = (DocumentKind::OrderCodes, Some(all));
                    Vec::new()
                }
                Some(2) => {
                    paper.kind = DocumentKind::Apply;
                    vec![Effect { range: all, act: Act::Apply }]
                }
                Some(_) => {
                    paper.kind = DocumentKind::Introduce;
                    vec![Effect { range: all, act: Act::Introduce }]
                }
            };
            paper.units = if paper.kind == DocumentKind::RegisterProduct { 0 } else { all.count };
            each(&paper, &effects);
        }
    }

    /// Documents of a day.
    pub(crate) fn documents(&self, day: u64, each: &mut Each<'_>) {
        for section in SECTIONS {
            self.of_section(section, day, each);
        }
    }

    /// Documents of a section of a day.
    pub(crate) fn of_section(&self, section: Section, day: u64, each: &mut Each<'_>) {
        let range = &self.days[day as usize];
        let (first, documents) = (range.first(), range.end() - range.first());
        let mut dated = |paper: &mut Paper, effects: &[Effect]| {
            // Spread evenly from midnight to midnight.
            let within = (paper.document.0 - first) as i64 * DAY / documents.max(1) as i64;
            paper.at = Timestamp(BEGIN + day as i64 * DAY + within);
            each(paper, effects);
        };
        let count = section.count(&self.size, day);
        match section {
            Section::Receipt => self.receipts(day, count, &mut dated),
            Section::Return => self.returns(day, count, &mut dated),
            _ if count > 0 => self.of_lots(section, day, day - section.delay(&self.size), &mut dated),
            _ => {}
        }
    }

    /// The document that answers the shipment at this place of a section of a day, if one has.
    pub(crate) fn answer(&self, shipment: Section, answer: Section, day: u64, index: u64) -> Option<DocumentNo> {
        let answered = day + answer.delay(&self.size) - shipment.delay(&self.size);
        (answered < self.size.days).then(|| self.document(answer, answered, index))
    }

    fn paper(&self, document: DocumentNo, kind: DocumentKind, party: PartyId) -> Paper {
        Paper {
            document,
            kind,
            party,
            at: Timestamp(BEGIN),
            units: 0,
            region: None,
            register: None,
            issued: None,
            to: None,
            answers: None,
        }
    }

    fn of_lots(&self, section: Section, day: u64, lots: u64, each: &mut dyn FnMut(&mut Paper, &[Effect])) {
        let mut effects = Vec::new();
        let mut one = |index: u64, lot: &Lot| {
            effects.clear();
            let mut paper =
                self.paper(self.document(section, day, index), DocumentKind::Apply, self.producer(lot.series.0.into()));
            self.of_one_lot(section, lot, &mut paper, &mut effects);
            paper.units = match section {
                Section::Order => self.size.lot(),
                _ => effects.iter().map(|effect| effect.range.count).sum(),
            };
            each(&mut paper, &effects);
        };
        match section {
            Section::OpenPallets => {
                for (index, at) in (0..).zip(Self::pallet_places(&self.size)) {
                    one(index, &self.shop_lot(lots, at));
                }
            }
            Section::OpenBoxes | Section::Expire => {
                for at in 0..self.size.shop_lots() {
                    one(at, &self.shop_lot(lots, at));
                }
            }
            _ => {
                for index in 0..self.size.lots_a_day {
                    one(index, &self.lot(lots * self.size.lots_a_day + index));
                }
            }
        }
    }

    fn of_one_lot(&self, section: Section, lot: &Lot, paper: &mut Paper, effects: &mut Vec<Effect>) {
        let size = &self.size;
        let (packed, boxes) = (size.packed(), size.boxes_of_lot());
        let in_trade = packed + size.loose;
        let (producer, receiver) = (paper.party, self.receiver(lot));
        let moved = self.moved(lot);
        let mut push = |range, act| effects.push(Effect { range, act });
        paper.kind = match section {
            Section::Order => {
                paper.issued = Some(lot.part(0, size.lot()));
                DocumentKind::OrderCodes
            }
            Section::Apply => {
                push(lot.part(0, in_trade + size.spoilt), Act::Apply);
                DocumentKind::Apply
            }
            Section::WriteOff => {
                push(lot.part(in_trade, in_trade + size.spoilt), Act::WriteOff(WithdrawalReason::Damage));
                DocumentKind::WriteOff
            }
            Section::Annul => {
                push(lot.part(in_trade + size.spoilt, size.lot()), Act::Annul);
                DocumentKind::Annul
            }
            Section::Introduce => {
                push(lot.part(0, in_trade), Act::Introduce);
                DocumentKind::Introduce
            }
            Section::Aggregate => {
                push(lot.packages(0, boxes), Act::Form(producer, PackageLevel::Transport));
                if lot.on_pallets {
                    push(lot.packages(boxes, boxes + size.pallets), Act::Form(producer, PackageLevel::Pallet));
                }
                for at in 0..boxes {
                    let package = self.package(lot.packages, lot.first_package + at);
                    push(lot.part(at * size.units, (at + 1) * size.units), Act::Pack(package));
                }
                for at in (0..size.pallets).filter(|_| lot.on_pallets) {
                    let package = self.package(lot.packages, lot.first_package + boxes + at);
                    push(lot.packages(at * size.boxes, (at + 1) * size.boxes), Act::Pack(package));
                }
                DocumentKind::Aggregate
            }
            Section::Ship => {
                paper.to = Some(receiver);
                push(moved, Act::Ship);
                DocumentKind::Ship
            }
            Section::ShipLoose => {
                paper.to = Some(self.wholesaler(0));
                push(lot.part(packed, in_trade), Act::Ship);
                DocumentKind::Ship
            }
            Section::Accept => {
                paper.party = receiver;
                paper.answers = self.of_lot(Section::Ship, lot, lot.index);
                push(moved, Act::Accept(receiver));
                DocumentKind::Accept
            }
            Section::AcceptLoose => {
                paper.party = self.wholesaler(0);
                paper.answers = self.of_lot(Section::ShipLoose, lot, lot.index);
                push(lot.part(packed, in_trade), Act::Accept(paper.party));
                DocumentKind::Accept
            }
            Section::OpenPallets => {
                paper.party = receiver;
                push(lot.packages(0, boxes), Act::Unpack(receiver));
                push(moved, Act::Dissolve);
                DocumentKind::Disaggregate
            }
            Section::OpenBoxes => {
                paper.party = receiver;
                push(lot.part(0, packed), Act::Unpack(receiver));
                push(lot.packages(0, boxes), Act::Dissolve);
                DocumentKind::Disaggregate
            }
            Section::Expire => {
                paper.party = receiver;
                for offset in (0..packed).filter(|offset| self.sale(lot, *offset).is_none()) {
                    push(lot.part(offset, offset + 1), Act::Withdraw(WithdrawalReason::Expiry));
                }
                DocumentKind::Withdraw
            }
            Section::Receipt | Section::Return => unreachable!("they have no lot"),
        };
    }

    /// Receipts of a day, of all chains in turn.
    fn receipts(&self, day: u64, count: u64, each: &mut dyn FnMut(&mut Paper, &[Effect])) {
        let mut effects = Vec::with_capacity(10);
        for index in 0..count {
            let (chain, receipt) = (index % self.size.chains, index / self.size.chains);
            effects.clear();
            let act = Act::Withdraw(WithdrawalReason::RetailSale);
            effects.extend(self.receipt(day, chain, receipt).map(|range| Effect { range, act }));
            // As the ledger does it.
            effects.sort_unstable_by_key(|effect| effect.range);
            let mut paper =
                self.paper(self.document(Section::Receipt, day, index), DocumentKind::Withdraw, self.chain(chain));
            let (register, number) = self.register(day, chain, receipt);
            (paper.units, paper.register) = (effects.len() as u64, Some((register, number)));
            paper.region = Region::ALL.get(pick(register, Region::ALL.len() as u64) as usize).copied();
            each(&mut paper, &effects);
        }
    }

    /// The units on a receipt of a chain on a day, in the order they were scanned.
    pub(crate) fn receipt(&self, day: u64, chain: u64, receipt: u64) -> impl Iterator<Item = Range> + '_ {
        let (first, end) = receipts::positions(receipt, self.size.sold_on(day));
        let all = (first..end).map(move |position| self.sold_at(day, chain, position));
        // What is sold on a day behind the last may have to be delivered first.
        all.filter(move |unit| day < self.size.days || self.is_on_shelf(*unit))
    }

    fn is_on_shelf(&self, unit: Range) -> bool {
        let lot = unit.first / self.size.lot() * self.size.series + u64::from(unit.series.0);
        lot / self.size.lots_a_day + Section::OpenBoxes.delay(&self.size) < self.size.days
    }

    /// Receipts of a chain on a day.
    pub(crate) fn receipts_of_chain(&self, day: u64) -> u64 {
        receipts::count(self.size.sold_on(day))
    }

    /// The register of a receipt, and the number that it gave: every register prints one after the other, in an order
    /// that chance makes.
    pub(crate) fn register(&self, day: u64, chain: u64, receipt: u64) -> (u64, u64) {
        let registers = self.size.registers;
        let (round, at) = (receipt / registers, receipt % registers);
        let order = Shuffle::new(registers, 3 << 40 | day << 16 | chain);
        let register = chain * registers + order.place((at + round * 7919) % registers);
        (register, mix(register) % 100_000 + day * 1_000 + round)
    }

    /// The same for receipts behind the last day, one after the other: the next of a register comes when all others of its
    /// chain have printed one.
    pub(crate) fn next_register(&self, chain: u64, receipt: u64) -> (u64, u64) {
        let registers = self.size.registers;
        let (round, at) = (receipt / registers, receipt % registers);
        let register = chain * registers + Shuffle::new(registers, 3 << 40 | chain).place(at);
        (register, mix(register) % 100_000 + 1_000_000 + round)
    }

    /// How many units on the shelves no receipt will name.
    pub(crate) fn left_overs(&self) -> u64 {
        let size = &self.size;
        size.chains * size.window * (size.shelved() - size.window * size.quota())
    }

    /// A unit on a shelf that no receipt will name, in the last days before it expires or before, with its chain.
    pub(crate) fn left_over(&self, at: u64) -> (u64, Range) {
        let size = &self.size;
        let (chain, rest) = (at % size.chains, at / size.chains);
        let (day, rest) = (size.days - super::SALE - rest % size.window, rest / size.window);
        let unit = self.drawn(day, chain).number(size.window * size.quota() + rest);
        let offset = unit % size.packed();
        (chain, self.shop_lot(day, unit / size.packed() * size.chains + chain).part(offset, offset + 1))
    }

    /// Registers of the receipts of a day, their numbers and documents.
    pub(crate) fn registers(&self, day: u64, each: &mut dyn FnMut(u64, u64, DocumentNo)) {
        for index in 0..Section::Receipt.count(&self.size, day) {
            let (register, number) = self.register(day, index % self.size.chains, index / self.size.chains);
            each(register, number, self.document(Section::Receipt, day, index));
        }
    }

    fn sold_at(&self, day: u64, chain: u64, position: u64) -> Range {
        let slot = self.sold(day, chain).number(position);
        let (age, place) = (slot / self.size.quota(), slot % self.size.quota());
        let produced = day - super::SALE - age - 1;
        let unit = self.drawn(produced, chain).number(age * self.size.quota() + place);
        let at = unit / self.size.packed() * self.size.chains + chain;
        let offset = unit % self.size.packed();
        self.shop_lot(produced, at).part(offset, offset + 1)
    }

    fn returns(&self, day: u64, count: u64, each: &mut dyn FnMut(&mut Paper, &[Effect])) {
        let Some(sold) = day.checked_sub(RETURNED_AFTER) else { return };
        for index in 0..count {
            let (chain, at) = (index % self.size.chains, index / self.size.chains);
            let range = self.sold_at(sold, chain, at * RETURNED_ONE_IN + RETURNED_ONE_IN / 2);
            let mut paper =
                self.paper(self.document(Section::Return, day, index), DocumentKind::Return, self.chain(chain));
            paper.units = 1;
            each(&mut paper, &[Effect { range, act: Act::Return }]);
        }
    }

    /// Which series the units of a document are of is told by its effects; the registration's own by its number.
    pub(crate) fn registered(&self, series: SeriesId) -> DocumentNo {
        DocumentNo(1 + u64::from(series.0))
    }
}
