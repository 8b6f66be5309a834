//! Everything that a store can be asked, as text: what two stores that hold the same must both say.

use super::model::Model;
use super::world::{NOW, World};
use backend_store::{Idempotency, Store};
use shared::date::Timestamp;
use shared::series::SeriesId;
use shared::state::DocumentNo;
use std::fmt::Write as _;

/// All of it. `model` names what there is to ask for.
pub fn look(store: &Store, model: &Model) -> String {
    let mut text = String::new();
    let mut say = |what: &dyn std::fmt::Debug| writeln!(text, "{what:?}").expect("text can be written");
    for number in (1..=model.last().0).map(DocumentNo) {
        say(&store.document(number).unwrap());
        say(&store.order(number).unwrap());
        say(&store.shipment(number).unwrap());
    }
    say(&store.unswept_orders(Timestamp(i64::MAX), 1000).unwrap());
    for id in (0..model.series.len() as u32).map(SeriesId) {
        say(&store.series_by_id(id).unwrap());
        say(&store.counts_of(id).unwrap());
    }
    for card in store.list_series(None, None, 1000).unwrap() {
        say(&card);
        for block in 0..=card.issued / 4096 + 1 {
            say(&store.projection(card.product.gtin, block, NOW).unwrap());
        }
    }
    let mut units: Vec<_> = model.events.keys().copied().collect();
    units.sort_unstable();
    for unit in units.into_iter().step_by(7) {
        say(&store.history(unit.0, unit.1).unwrap());
    }
    for package in model.packages() {
        say(&store.package(package).unwrap());
        say(&store.package_history(package).unwrap());
    }
    for party in model.parties.keys() {
        say(&store.party(*party).unwrap());
    }
    text
}

impl World {
    /// Everything that the store can be asked, with every answer that it gave.
    pub fn transcript(&self) -> String {
        let mut text = self.answers.join("\n");
        for (number, answer) in (1..).zip(&self.answers) {
            let key = Idempotency::of(format!("key-{number}"), "/route", b"{}");
            for party in self.parties.all() {
                if let Some(receipt) = self.store().replay(party.id, &key).unwrap() {
                    assert!(receipt.replayed && receipt.response.body == *answer, "{}: {receipt:?}", self.variant);
                }
            }
        }
        text.push_str(&look(self.store(), &self.model));
        text
    }
}
