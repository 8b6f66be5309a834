//! Everything that a store can be asked, compared with what the model knows.

use super::model::{Model, key};
use backend_ledger::Book as _;
use backend_store::{History, Store};
use shared::act::Effect;
use shared::document::{Items, ShipmentState};
use shared::party::PartyId;
use shared::series::{PackageId, SeriesId, SeriesKind};
use shared::state::{DocumentNo, Status};
use std::collections::{BTreeMap, BTreeSet};

/// Units of a series that are looked at one by one; of longer ones those at the borders of blocks and of events.
const ONE_BY_ONE: u64 = 300;

/// Compares everything. `place` says where in a failure.
pub fn all(store: &Store, model: &Model, place: &str) {
    assert_eq!(store.last_document().unwrap(), model.last(), "{place}");
    documents(store, model, place);
    series(store, model, place);
    units(store, model, place);
    packages(store, model, place);
    shipments(store, model, place);
}

/// Documents with what they did, and orders.
pub fn documents(store: &Store, model: &Model, place: &str) {
    for number in (1..=model.last().0).map(DocumentNo) {
        let place = format!("{place}: document {}", number.0);
        let taken = model.document(number).expect("within the model");
        let held = store.document(number).unwrap_or_else(|error| panic!("{place}: {error:?}"));
        let held = held.unwrap_or_else(|| panic!("{place} is missing"));
        let asked = &taken.asked;
        assert_eq!(held.document, number, "{place}");
        assert_eq!((held.kind, held.party, held.at), (asked.document.kind(), asked.by.id, asked.at), "{place}");
        assert_eq!((held.units, &held.body), (taken.units, &taken.body), "{place}");
        let effects = store.effects(number).unwrap().unwrap_or_else(|| panic!("{place}: no effects"));
        // Of several parts they come part by part; those of one series keep their order.
        assert_eq!(by_series(&effects), by_series(&taken.effects), "{place}");
        let order = store.order(number).unwrap();
        let order = order.map(|order| (order.order, order.party, order.range, order.profile, order.at));
        let expected = model.orders.get(&number).map(|own| (number, own.party, own.range, own.profile, own.at));
        assert_eq!(order, expected, "{place}");
    }
    let after = DocumentNo(model.last().0 + 1);
    assert_eq!(store.document(after).unwrap(), None, "{place}");
    assert_eq!(store.effects(after).unwrap(), None, "{place}");
    assert_eq!(store.document(DocumentNo(0)).unwrap(), None, "{place}");
}

fn by_series(effects: &[Effect]) -> BTreeMap<SeriesId, Vec<Effect>> {
    let mut all: BTreeMap<SeriesId, Vec<Effect>> = BTreeMap::new();
    for effect in effects {
        all.entry(effect.range.series).or_default().push(*effect);
    }
    all
}

/// Series, cards, counts, serials.
pub fn series(store: &Store, model: &Model, place: &str) {
    let mut model = model.clone();
    for id in (0..model.series.len() as u32).map(SeriesId) {
        let place = format!("{place}: series {}", id.0);
        let expected = model.series(id).unwrap().expect("within the model");
        assert_eq!(store.series_by_id(id).unwrap().as_ref(), Some(&expected), "{place}");
        assert_eq!(store.series_id(expected.kind, expected.key).unwrap(), Some(id), "{place}");
        if expected.kind != SeriesKind::Packages {
            counts(store, &model, id, &place);
        }
    }
    let none = SeriesId(model.series.len() as u32);
    assert_eq!(store.series_by_id(none).unwrap(), None, "{place}: a series too many");
    let cards = store.list_series(None, None, 1000).unwrap();
    let listed: Vec<_> = cards.iter().map(|card| card.product.clone()).collect();
    assert_eq!(listed, model.cards.values().cloned().collect::<Vec<_>>(), "{place}");
    for card in &cards {
        let (gtin, kind) = (card.product.gtin, SeriesKind::Issued);
        assert_eq!(store.series(gtin).unwrap().as_ref(), Some(card), "{place}");
        let series = &model.series[card.id.0 as usize];
        assert_eq!((kind, key(gtin), card.owner, card.issued), (series.kind, series.key, series.owner, series.issued));
        assert!(store.list_series(Some(card.owner), None, 1000).unwrap().contains(card), "{place}");
        assert_eq!(store.counts(gtin).unwrap(), store.counts_of(card.id).unwrap(), "{place}");
    }
    for ((id, serial), number) in &model.serials {
        let of = model.series[id.0 as usize].key;
        let gtin = format!("{of:014}").parse().expect("a series of serials has a GTIN");
        assert_eq!(store.serial(gtin, serial).unwrap(), Some((*id, *number)), "{place}: {serial}");
        assert_eq!(store.serial_of(*id, *number).unwrap().as_ref(), Some(serial), "{place}: {serial}");
    }
}

/// Issued = in stock + in circulation + withdrawn + written off + annulled.
fn counts(store: &Store, model: &Model, id: SeriesId, place: &str) {
    let issued = model.series[id.0 as usize].issued;
    let counts = store.counts_of(id).unwrap().unwrap_or_else(|| panic!("{place}: no counts"));
    assert_eq!(counts.issued, issued, "{place}");
    assert_eq!(counts.by_status.iter().sum::<u64>(), issued, "{place}: the statuses do not make up what is issued");
    let mut expected = BTreeMap::from([(Status::Emitted, issued)]);
    let mut blocked = 0;
    for state in model.events.keys().filter(|unit| unit.0 == id).map(|unit| model.state(*unit)) {
        *expected.entry(Status::Emitted).or_default() -= 1;
        *expected.entry(state.status).or_default() += 1;
        blocked += u64::from(state.blocked.is_some());
    }
    for status in Status::ALL {
        assert_eq!(counts.of(*status), expected.get(status).copied().unwrap_or(0), "{place}: {status}");
    }
    assert_eq!(counts.blocked, blocked, "{place}");
}

/// Units that are worth a look: all of short series, of long ones those at borders.
fn looked_at(model: &Model, id: SeriesId) -> BTreeSet<u64> {
    let issued = model.series[id.0 as usize].issued;
    if issued <= ONE_BY_ONE {
        return (0..issued).collect();
    }
    let ends = model.documents.iter().flat_map(|taken| &taken.effects).filter(|effect| effect.range.series == id);
    let ends = ends.flat_map(|effect| [effect.range.first, effect.range.end()]);
    let ends = ends.chain((0..=issued).step_by(4096)).chain([issued]);
    ends.flat_map(|end| [end.saturating_sub(1), end]).filter(|number| *number < issued).collect()
}

/// States, owners, histories of units.
pub fn units(store: &Store, model: &Model, place: &str) {
    for id in (0..model.series.len() as u32).map(SeriesId) {
        let series = &model.series[id.0 as usize];
        if series.kind == SeriesKind::Packages {
            continue;
        }
        let numbers = looked_at(model, id);
        let asked: Vec<_> = numbers.iter().map(|number| (id, *number)).chain([(id, series.issued)]).collect();
        let told = store.units(&asked).unwrap_or_else(|error| panic!("{place}: {error:?}"));
        assert_eq!(told.len(), asked.len(), "{place}");
        for (unit, told) in asked.iter().zip(&told) {
            let place = format!("{place}: unit {} of series {}", unit.1, id.0);
            if unit.1 == series.issued {
                assert_eq!(told, &None, "{place} was never issued");
                assert_eq!(store.history(id, unit.1).unwrap(), None, "{place} was never issued");
                continue;
            }
            let told = told.unwrap_or_else(|| panic!("{place} is missing"));
            let (owner, outermost) = around(model, *unit);
            assert_eq!(told.state, model.state(*unit), "{place}");
            assert_eq!((told.owner, told.outermost), (owner, outermost), "{place}");
            if series.kind == SeriesKind::Issued {
                let gtin = format!("{:014}", series.key).parse().expect("a GTIN");
                assert_eq!(store.unit(gtin, unit.1).unwrap(), Some(told), "{place}");
            }
            let history = store.history(id, unit.1).unwrap_or_else(|error| panic!("{place}: {error:?}"));
            let history = history.unwrap_or_else(|| panic!("{place} has no history"));
            self::history(&history, model, *unit, &place);
            let order = model.orders.iter().find(|(_, order)| {
                order.range.series == id && (order.range.first..order.range.end()).contains(&unit.1)
            });
            assert_eq!(history.order.map(|order| order.order), order.map(|(number, _)| *number), "{place}");
        }
    }
}

/// The owner of a unit, and the outermost package that it is in.
fn around(model: &Model, unit: (SeriesId, u64)) -> (PartyId, Option<PackageId>) {
    let (mut outermost, mut at) = (None, unit);
    while let Some(package) = model.state(at).package {
        outermost = Some(package);
        at = model.place(package).expect("it was formed");
    }
    let series = &model.series[at.0.0 as usize];
    (model.state(at).owner.unwrap_or(series.owner), outermost)
}

fn history(told: &History, model: &Model, unit: (SeriesId, u64), place: &str) {
    let expected = model.history(unit);
    let events: Vec<_> = told.entries.iter().map(|entry| (entry.event, entry.through)).collect();
    assert_eq!(events, expected, "{place}");
    for entry in &told.entries {
        let taken = model.document(entry.event.document).expect("an event has a document");
        let asked = &taken.asked;
        assert_eq!((entry.kind, entry.party, entry.at), (asked.document.kind(), asked.by.id, asked.at), "{place}");
        assert_eq!(entry.region, taken.region(), "{place}");
    }
}

/// Packages with what is in them.
pub fn packages(store: &Store, model: &Model, place: &str) {
    let mut own = model.clone();
    for package in model.packages() {
        let place = format!("{place}: package {}", package.digits());
        let unit = model.place(package).expect("it was formed");
        let told = store.package(package).unwrap_or_else(|error| panic!("{place}: {error:?}"));
        let history = store.package_history(package).unwrap().unwrap_or_else(|| panic!("{place} has no history"));
        self::history(&history, model, unit, &place);
        if !model.state(unit).is_package() {
            assert_eq!((told, store.units(&[unit]).unwrap()), (None, vec![None]), "{place}: its forming is taken back");
            continue;
        }
        let told = told.unwrap_or_else(|| panic!("{place} is missing"));
        let (owner, outermost) = around(model, unit);
        assert_eq!(told.unit.state, model.state(unit), "{place}");
        assert_eq!((told.unit.owner, told.unit.outermost), (owner, outermost), "{place}");
        assert_eq!(spread(&told.contents), spread(&own.contents(package).unwrap()), "{place}");
        let told_by_history = history.entries.iter().fold((BTreeSet::new(), BTreeSet::new()), |mut inside, entry| {
            let (came, went) = (spread(&entry.packed), spread(&entry.unpacked));
            inside.0.retain(|unit| !went.0.contains(unit));
            inside.1.retain(|inner| !went.1.contains(inner));
            inside.0.extend(came.0);
            inside.1.extend(came.1);
            inside
        });
        assert_eq!(told_by_history, spread(&told.contents), "{place}: what its history says is in it");
        assert_eq!(store.units(&[unit]).unwrap(), [Some(told.unit)], "{place}");
    }
    let none = PackageId::new(99_999_999_999_999_999).expect("seventeen digits");
    assert_eq!(store.package(none).unwrap(), None, "{place}");
    assert_eq!(store.package_history(none).unwrap(), None, "{place}");
}

/// Single units and packages of goods; fails if one stands twice.
fn spread(items: &Items) -> (BTreeSet<(SeriesId, u64)>, BTreeSet<PackageId>) {
    let numbers = |range: &shared::series::Range| {
        let series = range.series;
        (range.first..range.end()).map(move |number| (series, number))
    };
    let units: Vec<_> = items.units.iter().flat_map(numbers).collect();
    let set = (units.iter().copied().collect::<BTreeSet<_>>(), items.packages.iter().copied().collect::<BTreeSet<_>>());
    assert_eq!((set.0.len(), set.1.len()), (units.len(), items.packages.len()), "{items:?} names something twice");
    set
}

/// Shipments by number and by participant.
pub fn shipments(store: &Store, model: &Model, place: &str) {
    for number in (1..=model.last().0).map(DocumentNo) {
        let told = store.shipment(number).unwrap();
        let expected = model.shipments.get(&number);
        assert_eq!(told.is_some(), expected.is_some(), "{place}: shipment {}", number.0);
        if let (Some(told), Some(expected)) = (told, expected) {
            let shipment = &expected.shipment;
            assert_eq!(told.document, number, "{place}");
            assert_eq!((told.sender, told.receiver), (shipment.sender, shipment.receiver), "{place}");
            assert_eq!((told.at, told.due), (shipment.at, shipment.due), "{place}");
            assert_eq!((told.state, told.answer), (expected.state, expected.answer), "{place}");
        }
    }
    for party in model.parties.keys() {
        for sent in [true, false] {
            for state in [None, Some(ShipmentState::Open), Some(ShipmentState::Accepted)] {
                listed(store, model, *party, sent, state, place);
            }
        }
    }
}

/// The list of a participant, page by page.
fn listed(store: &Store, model: &Model, party: PartyId, sent: bool, state: Option<ShipmentState>, place: &str) {
    let of = |shipment: &backend_ledger::Shipment| if sent { shipment.sender } else { shipment.receiver };
    let expected = model
        .shipments
        .iter()
        .rev()
        .filter(|(_, sending)| of(&sending.shipment) == party && state.is_none_or(|state| state == sending.state));
    let expected: Vec<DocumentNo> = expected.map(|(number, _)| *number).collect();
    let mut told = Vec::new();
    loop {
        let page = store.shipments(party, sent, state, told.last().copied(), 2).unwrap();
        if page.is_empty() {
            break;
        }
        told.extend(page.iter().map(|record| record.document));
    }
    assert_eq!(told, expected, "{place}: shipments of {}, sent: {sent}, {state:?}", party.0);
}

/// State of every unit and package to which anything has happened, for a look that is quick.
pub fn states(store: &Store, model: &Model, place: &str) {
    let units: Vec<_> = model.events.keys().copied().collect();
    let is_packages = |series: SeriesId| model.series[series.0 as usize].kind == SeriesKind::Packages;
    for (unit, told) in units.iter().zip(store.units(&units).unwrap()) {
        let told = told.map(|told| told.state);
        // A package that was formed by mistake is none.
        let expected = Some(model.state(*unit)).filter(|state| !is_packages(unit.0) || state.is_package());
        assert_eq!(told, expected, "{place}: unit {} of series {}", unit.1, unit.0.0);
    }
}
