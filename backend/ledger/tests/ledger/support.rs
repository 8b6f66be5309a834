//! A plain book: every unit has its events in a map, and nothing is clever. What a store does must equal this.

use backend_ledger::{Also, Asked, Book, Decision, Party, Place, Plan, Series, Shipment, Undecided, transition};
use shared::act::{Act, Effect, Event};
use shared::date::{Date, Timestamp};
use shared::document::{Document, DocumentKind, Items, Packing, Range};
use shared::group::ProductGroup;
use shared::gs1::Gtin;
use shared::party::{PartyId, Role};
use shared::product::{Facts, Names, Paper, Product};
use shared::refusal::{Refusal, RefusalCode};
use shared::seal::Profile;
use shared::series::{PackageId, PackageLevel, SeriesId, SeriesKind};
use shared::state::{DocumentNo, UnitState, WithdrawalReason, standing};
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::Arc;

pub(crate) const MAKER: Party = Party { id: PartyId(1), role: Role::Producer };
pub(crate) const IMPORTER: Party = Party { id: PartyId(2), role: Role::Importer };
pub(crate) const SELLER: Party = Party { id: PartyId(3), role: Role::Seller };
pub(crate) const INSPECTOR: Party = Party { id: PartyId(4), role: Role::Inspector };
pub(crate) const OTHER_SELLER: Party = Party { id: PartyId(5), role: Role::Seller };
pub(crate) const PARTIES: [Party; 5] = [MAKER, IMPORTER, SELLER, INSPECTOR, OTHER_SELLER];

/// Shoes made here by MAKER.
pub(crate) const SHOES: &str = "04870001234560";
/// Imported pills of IMPORTER.
pub(crate) const PILLS: &str = "04870001234577";
/// Beer made here by MAKER; it expires.
pub(crate) const BEER: &str = "04600000000008";

type Document3 = (DocumentKind, PartyId, Vec<Effect>);

/// The plain book.
#[derive(Clone, Default, PartialEq, Debug)]
pub(crate) struct Memory {
    pub(crate) series: Vec<Series>,
    pub(crate) events: BTreeMap<(SeriesId, u64), Vec<Event>>,
    pub(crate) documents: Vec<Document3>,
    pub(crate) shipments: BTreeMap<DocumentNo, Shipment>,
    pub(crate) orders: Vec<(Timestamp, Range)>,
    pub(crate) serials: BTreeMap<(SeriesId, String), u64>,
    pub(crate) expires: BTreeMap<DocumentNo, Date>,
    pub(crate) at: Option<Timestamp>,
}

pub(crate) fn gtin(text: &str) -> Gtin {
    text.parse().unwrap()
}

pub(crate) fn key(gtin: Gtin) -> u64 {
    gtin.as_str().parse().unwrap()
}

pub(crate) fn date(text: &str) -> Date {
    text.parse().unwrap()
}

pub(crate) fn instant(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(crate) fn product(of: &str, group: ProductGroup, country: &str) -> Product {
    Product {
        gtin: gtin(of),
        group,
        name: Names { kk: "Тауар".into(), ru: "Товар".into(), en: None },
        manufacturer: "Maker".into(),
        importer: (country != "KZ").then(|| "Bringer".into()),
        country: country.into(),
    }
}

pub(crate) fn facts() -> Facts {
    let paper = |number: &str| Paper { number: number.into(), date: date("2026-11-01") };
    Facts {
        place: "Almaty".into(),
        produced: date("2026-11-02"),
        expires: None,
        conformity: paper("C-1"),
        test: paper("T-1"),
        customs: Some(paper("D-1")),
        price_tiyn: 100_000,
    }
}

pub(crate) fn shoes(first: u64, count: u64) -> Range {
    Range { series: SeriesId(0), first, count }
}

pub(crate) fn pills(first: u64, count: u64) -> Range {
    Range { series: SeriesId(1), first, count }
}

pub(crate) fn beer(first: u64, count: u64) -> Range {
    Range { series: SeriesId(2), first, count }
}

/// Package number `n` of a series of packages.
pub(crate) fn package(n: u64) -> PackageId {
    PackageId::new(14_870_001_230_000_000 + n).unwrap()
}

pub(crate) fn units(ranges: impl IntoIterator<Item = Range>) -> Items {
    Items { units: ranges.into_iter().collect(), packages: vec![] }
}

pub(crate) fn packages(ids: impl IntoIterator<Item = u64>) -> Items {
    Items { units: vec![], packages: ids.into_iter().map(package).collect() }
}

pub(crate) fn packing(n: u64, level: PackageLevel, contents: Items) -> Packing {
    Packing { package: package(n), level, contents }
}

pub(crate) fn withdraw(items: Items, reason: WithdrawalReason) -> Document {
    Document::Withdraw { items, reason, region: None }
}

/// Places that tell the order of appearance: `/named/<index>`.
pub(crate) fn places() -> Vec<Place> {
    (0..200).map(|index| Place::Listed { list: "/named", outer: 0, index }).collect()
}

impl Memory {
    /// Shoes (series 0) and beer (2) of MAKER, pills (1) of IMPORTER: 1 000 each issued.
    pub(crate) fn new() -> Self {
        let mut book = Self { at: Some(instant("2026-11-23T05:00:00Z")), ..Self::default() };
        for (by, of, group, country) in [
            (MAKER, SHOES, ProductGroup::Footwear, "KZ"),
            (IMPORTER, PILLS, ProductGroup::Medicine, "IN"),
            (MAKER, BEER, ProductGroup::Beer, "KZ"),
        ] {
            book.ok(by, Document::RegisterProduct(product(of, group, country)));
            book.ok(by, Document::OrderCodes { gtin: gtin(of), quantity: 1_000, profile: Profile::Signed });
        }
        book
    }

    /// Applies and introduces units of their owner.
    pub(crate) fn circulate(&mut self, by: Party, range: Range) {
        self.ok(by, Document::Apply { units: vec![range] });
        let expires = Some(date("2027-01-01"));
        self.ok(by, Document::Introduce { units: vec![range], facts: Facts { expires, ..facts() } });
    }

    pub(crate) fn ask(&self, by: Party, document: Document, partial: bool) -> Asked {
        Asked { document, places: places(), by, at: self.at.unwrap(), partial }
    }

    /// Decides and applies.
    pub(crate) fn submit(&mut self, asked: Asked) -> Result<(DocumentNo, Decision), Vec<Refusal>> {
        let plan = Plan::new(asked).map_err(|refusal| vec![refusal])?;
        let number = DocumentNo(self.documents.len() as u64 + 1);
        let before = self.clone();
        match plan.decide(number, self) {
            Ok(decision) => {
                self.apply(number, plan.asked(), &decision);
                Ok((number, decision))
            }
            Err(Undecided::Refused(refusals)) => {
                // Series of packages made for the decision go with it; all else is as it was.
                self.series.truncate(before.series.len());
                assert_eq!(*self, before, "refused leaves no trace");
                assert!(!refusals.is_empty() && refusals.len() <= backend_ledger::REFUSALS_LIMIT);
                Err(refusals)
            }
            Err(Undecided::Book(never)) => match never {},
        }
    }

    #[track_caller]
    pub(crate) fn ok(&mut self, by: Party, document: Document) -> (DocumentNo, Decision) {
        let asked = self.ask(by, document.clone(), false);
        self.submit(asked).unwrap_or_else(|refusals| panic!("{document:?}: {refusals:?}"))
    }

    /// The refusals as `number-in-the-order-of-names code`.
    #[track_caller]
    pub(crate) fn refusals(&mut self, by: Party, document: Document) -> Vec<(RefusalCode, String)> {
        let asked = self.ask(by, document.clone(), false);
        match self.submit(asked) {
            Ok((_, decision)) => panic!("{document:?}: {decision:?}"),
            Err(refusals) => refusals.into_iter().map(|one| (one.code, one.at.unwrap_or_default())).collect(),
        }
    }

    #[track_caller]
    pub(crate) fn refused(&mut self, by: Party, document: Document) -> RefusalCode {
        self.refusals(by, document)[0].0
    }

    /// Every effect passes the one state machine, unit by unit.
    fn apply(&mut self, number: DocumentNo, asked: &Asked, decision: &Decision) {
        for effect in &decision.effects {
            for unit in effect.range.first..effect.range.end() {
                let events = self.events.entry((effect.range.series, unit)).or_default();
                let state = UnitState::of(events);
                if effect.act != Act::Undo {
                    let next = transition(&state, &effect.act);
                    assert!(next.is_ok(), "{:?} on {state:?}: {next:?} in {asked:?}", effect.act);
                }
                events.push(Event { document: number, act: effect.act });
            }
        }
        let by = asked.by.id;
        self.documents.push((asked.document.kind(), by, decision.effects.clone()));
        match &decision.also {
            Also::Nothing => {}
            Also::Product(product) => {
                let product = Some(Arc::new(product.clone()));
                let key = product.as_ref().map(|product| key(product.gtin)).unwrap();
                self.series.push(Series { kind: SeriesKind::Issued, key, owner: by, issued: 0, product });
            }
            Also::Order { range, .. } => {
                self.orders.push((asked.at, *range));
                let series = &mut self.series[range.series.0 as usize];
                assert_eq!(range.first, series.issued);
                series.issued = range.end();
            }
            Also::Serials { kind, gtin, serials } => {
                let id = match self.series_of(*kind, key(*gtin)).unwrap() {
                    Some(id) => id,
                    None => {
                        let id = SeriesId(self.series.len() as u32);
                        let key = key(*gtin);
                        self.series.push(Series { kind: *kind, key, owner: by, issued: 0, product: None });
                        id
                    }
                };
                let series = &mut self.series[id.0 as usize];
                let range = Range { series: id, first: series.issued, count: serials.len() as u64 };
                series.issued = range.end();
                let owner = series.owner;
                for (number, serial) in (range.first..).zip(serials) {
                    assert!(self.serials.insert((id, serial.clone()), number).is_none());
                }
                for effect in backend_ledger::registered(*kind, range, owner, by) {
                    for unit in range.first..range.end() {
                        let event = Event { document: number, act: effect.act };
                        self.events.entry((id, unit)).or_default().push(event);
                    }
                }
            }
            Also::Shipment { to, due } => {
                let shipment = Shipment { sender: by, receiver: *to, at: asked.at, due: *due, open: true };
                self.shipments.insert(number, shipment);
            }
            Also::ShipmentEnded { shipment, .. } => self.shipments.get_mut(shipment).unwrap().open = false,
        }
        if let Document::Introduce { facts, .. } | Document::Transform { facts, .. } = &asked.document
            && let Some(expires) = facts.expires
        {
            self.expires.insert(number, expires);
        }
    }

    pub(crate) fn state(&self, range: Range) -> UnitState {
        self.events.get(&(range.series, range.first)).map_or(UnitState::EMITTED, |events| UnitState::of(events))
    }

    pub(crate) fn package_state(&mut self, n: u64) -> UnitState {
        self.package(package(n)).unwrap().expect("a package that was formed")
    }

    /// What the documents named by a package's own history put into it and took out: how a store finds contents.
    pub(crate) fn folded_contents(&self, id: PackageId) -> Vec<(SeriesId, u64)> {
        let at = self.series.iter().position(|series| series.kind == SeriesKind::Packages && series.key == id.prefix());
        let Some(at) = at else { return vec![] };
        let events = self.events.get(&(SeriesId(at as u32), id.number())).cloned().unwrap_or_default();
        let events = standing(&events);
        let mut documents: Vec<DocumentNo> = events
            .iter()
            .filter(|event| matches!(event.act, Act::Form(..) | Act::Repack | Act::Dissolve))
            .map(|event| event.document)
            .collect();
        documents.dedup();
        let mut held = std::collections::BTreeSet::new();
        for document in documents {
            for effect in &self.documents[document.0 as usize - 1].2 {
                for number in effect.range.first..effect.range.end() {
                    match effect.act {
                        Act::Pack(into) if into == id => drop(held.insert((effect.range.series, number))),
                        Act::Unpack(_) => drop(held.remove(&(effect.range.series, number))),
                        _ => {}
                    }
                }
            }
        }
        held.into_iter().collect()
    }

    /// Everything whose state says that it is directly in the package.
    pub(crate) fn members(&self, id: PackageId) -> Vec<(SeriesId, u64)> {
        let of = |events: &Vec<Event>| UnitState::of(events).package == Some(id);
        self.events.iter().filter(|(_, events)| of(events)).map(|(at, _)| *at).collect()
    }

    /// The owner: that of the outermost package, found from below.
    pub(crate) fn owner(&mut self, range: Range) -> PartyId {
        let mut state = self.state(range);
        let mut owner = state.owner.unwrap_or(self.series[range.series.0 as usize].owner);
        while let Some(id) = state.package {
            state = self.package(id).unwrap().unwrap();
            owner = state.owner.unwrap();
        }
        owner
    }
}

impl Book for Memory {
    type Error = Infallible;

    fn series(&mut self, id: SeriesId) -> Result<Option<Series>, Infallible> {
        Ok(self.series.get(id.0 as usize).cloned())
    }

    fn series_of(&mut self, kind: SeriesKind, key: u64) -> Result<Option<SeriesId>, Infallible> {
        let at = self.series.iter().position(|series| series.kind == kind && series.key == key);
        Ok(at.map(|at| SeriesId(at as u32)))
    }

    fn states(&mut self, range: Range, each: &mut dyn FnMut(Range, &UnitState)) -> Result<(), Infallible> {
        for number in range.first..range.end() {
            let one = Range::one(range.series, number);
            each(one, &self.state(one));
        }
        Ok(())
    }

    fn package(&mut self, id: PackageId) -> Result<Option<UnitState>, Infallible> {
        let Some(series) = self.series_of(SeriesKind::Packages, id.prefix())? else { return Ok(None) };
        Ok(self.events.get(&(series, id.number())).map(|events| UnitState::of(events)).filter(UnitState::is_package))
    }

    fn contents(&mut self, id: PackageId) -> Result<Items, Infallible> {
        let mut items = Items::default();
        for (series, number) in self.members(id) {
            let of = &self.series[series.0 as usize];
            if of.kind == SeriesKind::Packages {
                items.packages.push(PackageId::at(of.key, number).unwrap());
            } else {
                items.units.push(Range::one(series, number));
            }
        }
        Ok(items)
    }

    fn events(&mut self, series: SeriesId, number: u64) -> Result<Vec<Event>, Infallible> {
        Ok(self.events.get(&(series, number)).cloned().unwrap_or_default())
    }

    fn effects(&mut self, document: DocumentNo) -> Result<Option<Document3>, Infallible> {
        Ok(document.0.checked_sub(1).and_then(|at| self.documents.get(at as usize)).cloned())
    }

    fn shipment(&mut self, document: DocumentNo) -> Result<Option<Shipment>, Infallible> {
        Ok(self.shipments.get(&document).copied())
    }

    fn ordered(&mut self, series: SeriesId, number: u64) -> Result<Option<(Timestamp, Range)>, Infallible> {
        let holds = |range: &Range| range.series == series && (range.first..range.end()).contains(&number);
        Ok(self.orders.iter().find(|(_, range)| holds(range)).copied())
    }

    fn party(&mut self, id: PartyId) -> Result<Option<Party>, Infallible> {
        Ok(PARTIES.into_iter().find(|party| party.id == id))
    }

    fn serial(&mut self, kind: SeriesKind, gtin: Gtin, serial: &str) -> Result<Option<u64>, Infallible> {
        let Some(series) = self.series_of(kind, key(gtin))? else { return Ok(None) };
        Ok(self.serials.get(&(series, serial.to_owned())).copied())
    }

    fn package_series(&mut self, prefix: u64) -> Result<SeriesId, Infallible> {
        if let Some(id) = self.series_of(SeriesKind::Packages, prefix)? {
            return Ok(id);
        }
        let kind = SeriesKind::Packages;
        self.series.push(Series { kind, key: prefix, owner: PartyId(0), issued: 0, product: None });
        Ok(SeriesId(self.series.len() as u32 - 1))
    }

    fn expires(&mut self, introduced: DocumentNo) -> Result<Option<Date>, Infallible> {
        Ok(self.expires.get(&introduced).copied())
    }
}

/// Compares with a file of the repository; `UPDATE=1` writes it.
#[track_caller]
pub(crate) fn golden(path: &str, text: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    let held = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(held == text, "{} is out of date: write it with UPDATE=1", path.display());
}
