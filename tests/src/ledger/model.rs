//! A plain model of the ledger: each unit with its events, each document with its effects, nothing folded or packed.

use backend_ledger::{Also, Asked, Book, Decision, Party, Plan, Series, Shipment, Undecided, registered};
use backend_store::Applied;
use shared::act::{Act, Effect, Event};
use shared::block::BLOCK_LEN;
use shared::date::{Date, Timestamp};
use shared::document::{Document, DocumentKind, Items, ShipmentState};
use shared::gs1::Gtin;
use shared::party::PartyId;
use shared::product::{Facts, Product};
use shared::refusal::Refusal;
use shared::region::Region;
use shared::seal::Profile;
use shared::series::{PackageId, Range, SeriesId, SeriesKind};
use shared::state::{DocumentNo, UnitState};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::convert::Infallible;
use std::sync::Arc;

/// A document that was taken.
#[derive(Clone, Debug)]
pub struct Taken {
    /// What it was.
    pub asked: Asked,
    /// How many units it spoke of.
    pub units: u64,
    /// What it did.
    pub effects: Vec<Effect>,
    /// Its body as it was sent.
    pub body: String,
}

impl Taken {
    /// Where it was sold, if that is public.
    pub fn region(&self) -> Option<Region> {
        match &self.asked.document {
            Document::Withdraw { region, .. } | Document::SellInner { region, .. } => *region,
            _ => None,
        }
    }
}

/// An order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// Who ordered.
    pub party: PartyId,
    /// Its numbers.
    pub range: Range,
    /// Tail of its codes.
    pub profile: Profile,
    /// When.
    pub at: Timestamp,
}

/// A shipment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sending {
    /// What the ledger asks of it.
    pub shipment: Shipment,
    /// How it stands.
    pub state: ShipmentState,
    /// The document that ended it.
    pub answer: Option<DocumentNo>,
}

/// The model.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// Series by number, without cards.
    pub series: Vec<Series>,
    /// Events of units and packages.
    pub events: HashMap<(SeriesId, u64), Vec<Event>>,
    /// Documents from number 1.
    pub documents: Vec<Taken>,
    /// Cards by GTIN.
    pub cards: BTreeMap<Gtin, Product>,
    /// Orders by document.
    pub orders: BTreeMap<DocumentNo, Order>,
    /// Shipments by document.
    pub shipments: BTreeMap<DocumentNo, Sending>,
    /// Registered serials.
    pub serials: BTreeMap<(SeriesId, String), u64>,
    /// Participants.
    pub parties: BTreeMap<PartyId, Party>,
    facts: HashMap<DocumentNo, Facts>,
    inside: HashMap<PackageId, BTreeSet<(SeriesId, u64)>>,
}

/// What never happens: the model is in memory.
fn never<T>(result: Result<T, Infallible>) -> T {
    match result {
        Ok(value) => value,
        Err(never) => match never {},
    }
}

/// A GTIN as the key of its series.
pub fn key(gtin: Gtin) -> u64 {
    gtin.as_str().parse().expect("a GTIN is digits")
}

impl Model {
    /// An empty ledger with participants.
    pub fn with(parties: impl IntoIterator<Item = Party>) -> Self {
        Self { parties: parties.into_iter().map(|party| (party.id, party)).collect(), ..Self::default() }
    }

    /// The number of the last document.
    pub fn last(&self) -> DocumentNo {
        DocumentNo(self.documents.len() as u64)
    }

    /// A document by number.
    pub fn document(&self, number: DocumentNo) -> Option<&Taken> {
        self.documents.get(usize::try_from(number.0.checked_sub(1)?).ok()?)
    }

    /// Decides a document and takes it in, or refuses it and stays as it was.
    ///
    /// # Errors
    /// The refusals of the ledger.
    pub fn submit(&mut self, plan: &Plan, body: &str) -> Result<Applied, Vec<Refusal>> {
        let number = DocumentNo(self.last().0 + 1);
        let series_before = self.series.len();
        let Decision { mut effects, units, also, rejected } = match plan.decide(number, self) {
            Ok(decision) => decision,
            Err(Undecided::Refused(refusals)) => {
                // Series of packages that were never formed.
                self.series.truncate(series_before);
                return Err(refusals);
            }
            Err(Undecided::Book(never)) => match never {},
        };
        let asked = plan.asked().clone();
        let range = self.beside(&asked, number, also, &mut effects);
        if let Document::Introduce { facts, .. } | Document::Transform { facts, .. } = &asked.document {
            self.facts.insert(number, facts.clone());
        }
        for effect in &effects {
            self.take(number, effect);
        }
        let (kind, at) = (asked.document.kind(), asked.at);
        self.documents.push(Taken { asked, units, effects, body: body.to_owned() });
        Ok(Applied { document: number, kind, at, units, rejected, range })
    }

    fn beside(&mut self, asked: &Asked, number: DocumentNo, also: Also, effects: &mut Vec<Effect>) -> Option<Range> {
        let by = asked.by.id;
        match also {
            Also::Nothing => None,
            Also::Product(product) => {
                let (kind, key) = (SeriesKind::Issued, key(product.gtin));
                self.series.push(Series { kind, key, owner: by, issued: 0, product: None });
                self.cards.insert(product.gtin, product);
                None
            }
            Also::Order { range, profile } => {
                self.orders.insert(number, Order { party: by, range, profile, at: asked.at });
                self.series[range.series.0 as usize].issued = range.end();
                Some(range)
            }
            Also::Serials { kind, gtin, serials } => {
                let id = never(self.series_of(kind, key(gtin))).unwrap_or_else(|| {
                    self.series.push(Series { kind, key: key(gtin), owner: by, issued: 0, product: None });
                    SeriesId(self.series.len() as u32 - 1)
                });
                let series = &mut self.series[id.0 as usize];
                let range = Range { series: id, first: series.issued, count: serials.len() as u64 };
                series.issued = range.end();
                effects.extend(registered(kind, range, series.owner, by));
                self.serials.extend(serials.into_iter().map(|serial| (id, serial)).zip(range.first..));
                Some(range)
            }
            Also::Shipment { to, due } => {
                let shipment = Shipment { sender: by, receiver: to, at: asked.at, due, open: true };
                self.shipments.insert(number, Sending { shipment, state: ShipmentState::Open, answer: None });
                None
            }
            Also::ShipmentEnded { shipment, how } => {
                let sending = self.shipments.get_mut(&shipment).expect("only a shipment is ended");
                (sending.shipment.open, sending.state, sending.answer) = (false, how, Some(number));
                None
            }
        }
    }

    fn take(&mut self, document: DocumentNo, effect: &Effect) {
        for number in effect.range.first..effect.range.end() {
            let unit = (effect.range.series, number);
            let before = self.state(unit).package;
            self.events.entry(unit).or_default().push(Event { document, act: effect.act });
            let after = self.state(unit).package;
            if before != after {
                if let Some(package) = before {
                    self.inside.entry(package).or_default().remove(&unit);
                }
                if let Some(package) = after {
                    self.inside.entry(package).or_default().insert(unit);
                }
            }
        }
    }

    /// Events of a unit.
    pub fn of(&self, unit: (SeriesId, u64)) -> &[Event] {
        self.events.get(&unit).map_or(&[], Vec::as_slice)
    }

    /// State of a unit.
    pub fn state(&self, unit: (SeriesId, u64)) -> UnitState {
        UnitState::of(self.of(unit))
    }

    /// Where a package is kept, if there is one of its prefix.
    pub fn place(&self, package: PackageId) -> Option<(SeriesId, u64)> {
        let at =
            self.series.iter().position(|series| series.kind == SeriesKind::Packages && series.key == package.prefix());
        at.map(|at| (SeriesId(at as u32), package.number()))
    }

    /// What is directly in a package.
    pub fn inside(&self, package: PackageId) -> impl Iterator<Item = (SeriesId, u64)> + '_ {
        self.inside.get(&package).into_iter().flatten().copied()
    }

    /// Every package that was ever formed.
    pub fn packages(&self) -> BTreeSet<PackageId> {
        let packages = self.events.keys().filter_map(|(series, number)| {
            let series = &self.series[series.0 as usize];
            (series.kind == SeriesKind::Packages).then(|| PackageId::at(series.key, *number)).flatten()
        });
        packages.collect()
    }

    /// The package that a unit was directly in before a document.
    fn package_before(&self, unit: (SeriesId, u64), document: DocumentNo) -> Option<PackageId> {
        let events: Vec<Event> = self.of(unit).iter().filter(|event| event.document < document).copied().collect();
        UnitState::of(&events).package
    }

    /// Every event of a unit, and of the packages around it while it was in them: what moved them moved it, until it was
    /// taken back.
    pub fn history(&self, unit: (SeriesId, u64)) -> Vec<(Event, Option<PackageId>)> {
        let mut all = Vec::new();
        let mut told = BTreeSet::new();
        for number in (1..=self.last().0).map(DocumentNo) {
            let of_document =
                |unit| self.of(unit).iter().enumerate().filter(move |(_, event)| event.document == number);
            all.extend(of_document(unit).map(|(_, event)| (*event, None)));
            let mut inner = unit;
            while let Some(package) = self.package_before(inner, number) {
                inner = self.place(package).expect("a package around something was formed");
                for (at, event) in of_document(inner) {
                    let undone = self.undone(inner, at);
                    if is_move(event.act) || undone.is_some_and(|undone| told.contains(&(inner, undone))) {
                        told.insert((inner, at));
                        all.push((*event, Some(package)));
                    }
                }
            }
        }
        all
    }

    /// The event that one of a unit takes back.
    fn undone(&self, unit: (SeriesId, u64), at: usize) -> Option<usize> {
        let mut standing = Vec::new();
        let mut undone = None;
        for (at, event) in self.of(unit).iter().enumerate().take(at + 1) {
            undone = None;
            match event.act {
                Act::Undo => undone = standing.pop(),
                _ => standing.push(at),
            }
        }
        undone
    }
}

fn is_move(act: Act) -> bool {
    matches!(
        act,
        Act::Ship
            | Act::Accept(_)
            | Act::EndTransfer
            | Act::AwaitCustoms
            | Act::ClearCustoms
            | Act::Pack(_)
            | Act::Unpack(_)
    )
}

impl Book for Model {
    type Error = Infallible;

    fn series(&mut self, id: SeriesId) -> Result<Option<Series>, Infallible> {
        let series = self.series.get(id.0 as usize).cloned();
        Ok(series.map(|series| {
            let card = self.cards.values().find(|card| key(card.gtin) == series.key);
            let product = card.filter(|_| series.kind != SeriesKind::Packages).cloned().map(Arc::new);
            Series { product, ..series }
        }))
    }

    fn series_of(&mut self, kind: SeriesKind, key: u64) -> Result<Option<SeriesId>, Infallible> {
        let at = self.series.iter().position(|series| series.kind == kind && series.key == key);
        Ok(at.map(|at| SeriesId(at as u32)))
    }

    fn states(&mut self, range: Range, each: &mut dyn FnMut(Range, &UnitState)) -> Result<(), Infallible> {
        let mut at = range.first;
        while at < range.end() {
            // Neighbours of equal history within a block are spoken of together, as refusals tell.
            let border = range.end().min((at / BLOCK_LEN + 1) * BLOCK_LEN);
            let own = self.of((range.series, at));
            let equal = (at..border).take_while(|number| self.of((range.series, *number)) == own).count() as u64;
            each(Range { first: at, count: equal, ..range }, &UnitState::of(own));
            at += equal;
        }
        Ok(())
    }

    fn package(&mut self, id: PackageId) -> Result<Option<UnitState>, Infallible> {
        Ok(self.place(id).map(|place| self.state(place)).filter(UnitState::is_package))
    }

    fn contents(&mut self, id: PackageId) -> Result<Items, Infallible> {
        let mut items = Items::default();
        for (series, number) in self.inside(id) {
            match &self.series[series.0 as usize] {
                of if of.kind == SeriesKind::Packages => items.packages.extend(PackageId::at(of.key, number)),
                _ => items.units.push(Range::one(series, number)),
            }
        }
        Ok(items)
    }

    fn events(&mut self, series: SeriesId, number: u64) -> Result<Vec<Event>, Infallible> {
        Ok(self.of((series, number)).to_vec())
    }

    fn effects(&mut self, document: DocumentNo) -> Result<Option<(DocumentKind, PartyId, Vec<Effect>)>, Infallible> {
        let taken = self.document(document);
        Ok(taken.map(|taken| (taken.asked.document.kind(), taken.asked.by.id, taken.effects.clone())))
    }

    fn shipment(&mut self, document: DocumentNo) -> Result<Option<Shipment>, Infallible> {
        Ok(self.shipments.get(&document).map(|sending| sending.shipment))
    }

    fn ordered(&mut self, series: SeriesId, number: u64) -> Result<Option<(Timestamp, Range)>, Infallible> {
        let is_it =
            |order: &&Order| order.range.series == series && (order.range.first..order.range.end()).contains(&number);
        Ok(self.orders.values().find(is_it).map(|order| (order.at, order.range)))
    }

    fn party(&mut self, id: PartyId) -> Result<Option<Party>, Infallible> {
        Ok(self.parties.get(&id).copied())
    }

    fn serial(&mut self, kind: SeriesKind, gtin: Gtin, serial: &str) -> Result<Option<u64>, Infallible> {
        let id = self.series_of(kind, key(gtin))?;
        Ok(id.and_then(|id| self.serials.get(&(id, serial.to_owned())).copied()))
    }

    fn package_series(&mut self, prefix: u64) -> Result<SeriesId, Infallible> {
        if let Some(id) = self.series_of(SeriesKind::Packages, prefix)? {
            return Ok(id);
        }
        let (kind, owner) = (SeriesKind::Packages, PartyId(0));
        self.series.push(Series { kind, key: prefix, owner, issued: 0, product: None });
        Ok(SeriesId(self.series.len() as u32 - 1))
    }

    fn expires(&mut self, introduced: DocumentNo) -> Result<Option<Date>, Infallible> {
        Ok(self.facts.get(&introduced).and_then(|facts| facts.expires))
    }
}
